import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { formatSql } from './formatSql';

const SHOWN_MS = 5000;

/** Lays out query documents and parts of them; a part is laid out as if it stood alone. */
export const queryFormatter: vscode.DocumentFormattingEditProvider &
  vscode.DocumentRangeFormattingEditProvider = {
  provideDocumentFormattingEdits(document, options) {
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    return formatted(document, document.validateRange(all), options);
  },
  provideDocumentRangeFormattingEdits: (document, range, options) => formatted(document, range, options),
};

async function formatted(
  document: vscode.TextDocument,
  range: vscode.Range,
  { tabSize, insertSpaces }: vscode.FormattingOptions,
): Promise<vscode.TextEdit[]> {
  const before = document.getText(range);
  const { layOut } = await import('./formatter');
  const after = formatSql(before, { tabSize, insertSpaces }, layOut);
  if (after === undefined) {
    vscode.window.setStatusBarMessage(
      `$(warning) ${l10n.t('This text cannot be laid out and stays as it is.')}`,
      SHOWN_MS,
    );
    return [];
  }
  return after === before ? [] : [vscode.TextEdit.replace(range, after)];
}
