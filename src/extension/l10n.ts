import * as vscode from 'vscode';
import { useWords } from '../language/workerWords';
import type { PageLanguage } from './panels/pageHtml';

/**
 * Gives the editor's language to every module: all say `l10n.t('…')` of `@vscode/l10n`, which works outside of the editor too and
 * says the English text where no bundle has another one. Call it before anything speaks.
 */
export function useEditorLanguage(): void {
  const { bundle } = vscode.l10n;
  if (bundle !== undefined) {
    useWords(bundle);
  }
}

/** The editor's language for pages, which run apart; undefined where there are no words of it. */
export function editorLanguage(): PageLanguage | undefined {
  const { bundle } = vscode.l10n;
  return bundle === undefined ? undefined : { tag: vscode.env.language, words: bundle };
}
