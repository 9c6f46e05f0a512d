import { readAnalysis } from '../store/analysis/analysisFile';
import { analysisHash } from '../store/analysis/analysisText';
import type { Analysis } from '../store/analysis/analysisTypes';
import { applyingAnalysis } from '../store/analysis/changingAnalysis';
import { AnalysisError, StorageError } from '../store/errors';
import { loadInstances } from '../store/instances/instancesFile';
import { SyncBusyError } from '../sync/engine/coordinatorTypes';
import { changeMirror } from './lockedWriter';
import { mirrorStatus } from './mirrorStatus';
import type { Terminal } from './terminal';

/**
 * Before numbers are read: makes the database follow an analysis.json that somebody has changed by hand. Where that cannot
 * be, a warning says that the numbers are those of before.
 */
export async function followAnalysis(folder: string, terminal: Pick<Terminal, 'err'>): Promise<void> {
  try {
    const analysis = await readAnalysis(folder);
    if (analysis !== undefined && !(await isApplied(folder, analysis))) {
      const { zone } = await loadInstances(folder);
      await changeMirror(folder, zone, terminal, applyingAnalysis(folder));
    }
  } catch (error) {
    if (error instanceof AnalysisError) {
      terminal.err(`${error.message}\n`);
    } else if (error instanceof SyncBusyError || error instanceof StorageError) {
      terminal.err(
        `analysis.json was changed, and these numbers do not know it yet: ${error.message} To try again: analysis apply\n`,
      );
    } else {
      throw error;
    }
  }
}

/** Whether the database says what the file says; where there is none, nothing has to be done. */
export async function isApplied(folder: string, analysis: Analysis): Promise<boolean> {
  const status = await mirrorStatus(folder);
  return status.generation === 0 || status.analysis === analysisHash(analysis);
}
