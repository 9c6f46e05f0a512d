import * as vscode from 'vscode';

/** Shows a message that nobody asked for, beside the work: it takes no focus. Resolves with the pressed label. */
export function showMessage(
  severity: 'information' | 'warning',
  text: string,
  ...labels: readonly string[]
): Thenable<string | undefined> {
  return severity === 'warning'
    ? vscode.window.showWarningMessage(text, ...labels)
    : vscode.window.showInformationMessage(text, ...labels);
}
