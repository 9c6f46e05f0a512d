import type { InstancesFile } from '../store/instances/instance';
import { loadInstances } from '../store/instances/instancesFile';
import { createQueryRunner } from '../store/queryRunner';
import { createReader, type StoreReader } from '../store/reader';
import type { QueryRunner } from '../store/resultSet';
import type { MirrorStatus } from '../store/runs';
import { loadStatus } from '../store/status';
import type { ServerOptions } from './serversModule';

/** A thread ends when nothing was asked for so long, in ms: its copies are large. */
const IDLE_MS = 60_000;

/** A data folder as servers read it: each question sees what was published last. Nothing of it writes. */
export interface Mirror {
  readonly reader: StoreReader;
  readonly queries: QueryRunner;
  /** @throws InstancesFileError */
  instances(): Promise<InstancesFile>;
  status(): Promise<MirrorStatus>;
  close(): void;
}

/** Starts no thread before the first question. */
export function openMirror({ folder, workers }: Pick<ServerOptions, 'folder' | 'workers'>): Mirror {
  const reader = createReader({ folder, workerPath: workers.reader, idleMs: IDLE_MS });
  const queries = createQueryRunner({ folder, workerPath: workers.query, idleMs: IDLE_MS });
  return {
    reader,
    queries,
    instances: () => loadInstances(folder),
    status: () => loadStatus(folder, reader),
    close: () => {
      reader.dispose();
      queries.dispose();
    },
  };
}
