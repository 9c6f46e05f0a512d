import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import { config } from '@vscode/l10n';

const KEY = 'openwebuiSync.words';

/** What stands for each text of the sources in one language. */
export type Words = Readonly<Record<string, string>>;

/** Gives the words of a language to this thread and to every worker that starts from now on. */
export function useWords(words: Words): void {
  config({ contents: { ...words } });
  setEnvironmentData(KEY, { ...words });
}

/** Takes the words of the thread that started this worker; English where it has none. */
export function takeWords(): void {
  const words = getEnvironmentData(KEY);
  if (typeof words === 'object') {
    config({ contents: words as Record<string, string> });
  }
}
