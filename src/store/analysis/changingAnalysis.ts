import type { StoreWriter } from '../mirrorWriter';
import type { PublishResult } from '../writeResults';
import { editAnalysis, loadAnalysis } from './analysisFile';
import type { Analysis } from './analysisTypes';

/**
 * A change of analysis.json that counts at once: what an open writer is asked to do, whose opening has made sure that the
 * file says all that the database knows.
 * @param root the data folder
 * @throws AnalysisError when the file is damaged or the change is not allowed: nothing has changed then
 */
export function changingAnalysis(
  root: string,
  change: (analysis: Analysis) => Analysis,
): (writer: Pick<StoreWriter, 'applyAnalysis'>) => Promise<PublishResult> {
  return async (writer) => writer.applyAnalysis(await editAnalysis(root, change));
}

/** Makes the database say what the file says. @throws AnalysisError when it cannot be used */
export function applyingAnalysis(
  root: string,
): (writer: Pick<StoreWriter, 'applyAnalysis'>) => Promise<PublishResult> {
  return async (writer) => writer.applyAnalysis(await loadAnalysis(root));
}
