import { config } from '@vscode/l10n';
import * as vscode from 'vscode';

/**
 * Gives the editor's language to every module: all say `l10n.t('…')` of `@vscode/l10n`, which works outside of the editor too and
 * says the English text where no bundle has another one. Call it before anything speaks.
 */
export function useEditorLanguage(): void {
  const { bundle } = vscode.l10n;
  if (bundle !== undefined) {
    config({ contents: bundle });
  }
}
