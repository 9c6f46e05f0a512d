import type { Analysis } from '../store/analysis/analysisTypes';
import { changingAnalysis } from '../store/analysis/changingAnalysis';
import type { StoreWriter } from '../store/mirrorWriter';
import type { WriterPurpose } from '../store/openWriter';
import { createFolderLocker } from '../sync/engine/folderLocker';
import { withLockedWriter } from '../sync/engine/lockedWriter';
import type { Terminal } from './terminal';
import { VERSION } from './version';
import { writerOf } from './workers';

/** One change of a data folder's database outside a sync. @throws SyncBusyError while a sync runs */
export function changeMirror<T>(
  folder: string,
  zone: string,
  { err }: Pick<Terminal, 'err'>,
  change: (writer: StoreWriter) => Promise<T>,
  purpose: WriterPurpose = {},
): Promise<T> {
  const openWriter = writerOf(folder, zone, (sentence) => err(`${sentence}\n`), purpose);
  return withLockedWriter(createFolderLocker(folder, VERSION), openWriter, change);
}

/** One change of analysis.json, which counts at once. @throws AnalysisError, CostEntryError; SyncBusyError while a sync runs */
export async function changeAnalysis(
  folder: string,
  zone: string,
  terminal: Pick<Terminal, 'err'>,
  change: (analysis: Analysis) => Analysis,
): Promise<void> {
  await changeMirror(folder, zone, terminal, changingAnalysis(folder, change));
}
