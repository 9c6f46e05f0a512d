import * as vscode from 'vscode';

const SHOWN_MS = 400;

/** Shows briefly which text was run. */
export class StatementHighlight implements vscode.Disposable {
  readonly #decoration = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
    border: '1px solid',
    borderColor: new vscode.ThemeColor('editor.rangeHighlightBorder'),
  });
  #timer: NodeJS.Timeout | undefined;

  /** Replaces what is highlighted in this editor. */
  show(editor: vscode.TextEditor, ranges: readonly vscode.Range[]): void {
    clearTimeout(this.#timer);
    editor.setDecorations(this.#decoration, ranges);
    this.#timer = setTimeout(() => editor.setDecorations(this.#decoration, []), SHOWN_MS);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#decoration.dispose();
  }
}
