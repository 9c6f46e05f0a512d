import { readFile } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import { utcDayAt } from '../costs/costEntries';
import { AnalysisError, codeOf } from '../errors';
import { dataFolderAt, ensureDataFolder } from '../files/dataFolder';
import { putFile } from '../files/durableFiles';
import { withFileMutex } from '../locks/fileMutex';
import { analysisText, checkAnalysis, parseAnalysis } from './analysisText';
import { NO_ANALYSIS, type Analysis } from './analysisTypes';

/**
 * Reads `analysis.json`; a missing one says nothing.
 * @throws AnalysisError when the file is damaged or from a newer version; it stays as it is
 */
export async function loadAnalysis(root: string): Promise<Analysis> {
  return (await readAnalysis(root)) ?? NO_ANALYSIS;
}

/** {@link loadAnalysis}; undefined where there is no file. @throws AnalysisError */
export async function readAnalysis(root: string): Promise<Analysis | undefined> {
  const path = dataFolderAt(root).analysis;
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return undefined;
    }
    throw new AnalysisError(l10n.t('{0} cannot be read: {1}.', path, String(codeOf(error))));
  }
  return parseAnalysis(text, path, today());
}

/**
 * Changes the file while nobody else does. Where the database holds prices and there is no file yet, opening a writer
 * makes it: edit inside of one ({@link changingAnalysis}), so that they are not forgotten.
 * @param change of what the file says now; the same object: nothing is written
 * @returns what the file says then
 * @throws AnalysisError when the file is damaged or the change is not allowed; the file stays as it is. StorageError
 */
export function editAnalysis(root: string, change: (analysis: Analysis) => Analysis): Promise<Analysis> {
  return edit(root, async () => {
    const before = await loadAnalysis(root);
    const changed = change(before);
    return changed === before ? before : put(root, changed);
  });
}

/** Makes the file where there is none. @returns what the file says then @throws AnalysisError, StorageError */
export function createAnalysis(root: string, content: Analysis): Promise<Analysis> {
  return edit(root, async () => (await readAnalysis(root)) ?? put(root, content));
}

/** As the file would be read again: what could not be read must not be written. */
async function put(root: string, analysis: Analysis): Promise<Analysis> {
  const written = checkAnalysis(analysis, today());
  await putFile(dataFolderAt(root).analysis, analysisText(written), true);
  return written;
}

function edit<T>(root: string, work: () => Promise<T>): Promise<T> {
  const { analysis } = ensureDataFolder(root);
  return withFileMutex(`${analysis}.lock`, work);
}

function today(): number {
  return utcDayAt(Date.now() / 1000);
}
