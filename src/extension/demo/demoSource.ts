import * as vscode from 'vscode';
import { dataFolderAt } from '../../store/files/dataFolder';
import { createQueryRunner } from '../../store/queryRunner';
import { createReader } from '../../store/reader';
import { loadStatus } from '../../store/status';
import type { Ownable } from '../disposables';
import { InstanceList } from '../instances/instanceList';
import type { DataSource } from '../sources/dataSource';

/** The demo as a source; disposing it drops its threads. */
export interface DemoSource extends DataSource, Ownable {
  readonly sourceId: 'demo';
}

/** A demo never changes: another one is another source. */
const NEVER: vscode.Event<void> = () => new vscode.Disposable(() => undefined);

/**
 * Reads what trees show of a demo. No thread starts: its instances and counts lie in files.
 * @param root the demo's folder
 * @param workerPath path of a bundle by its name
 */
export async function openDemo(root: string, workerPath: (name: string) => string): Promise<DemoSource> {
  const instances = new InstanceList(root);
  const reader = createReader({ folder: root, workerPath: workerPath('reader') });
  const queries = createQueryRunner({ folder: root, workerPath: workerPath('query') });
  const [status] = await Promise.all([loadStatus(root, reader), instances.reload()]);
  return {
    sourceId: 'demo',
    folder: dataFolderAt(root),
    instances,
    reader,
    queries,
    mirror: { status, running: [], onDidChange: NEVER, onDidPublish: NEVER },
    dispose: () => {
      reader.dispose();
      queries.dispose();
      instances.dispose();
    },
  };
}
