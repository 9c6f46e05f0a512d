import * as vscode from 'vscode';

/** Documents in which people edit the specs of charts; each edit is told. They are untitled: only their owner saves them. */
export class SpecDocuments implements vscode.Disposable {
  readonly #listeners = new Map<string, (text: string) => void>();
  readonly #subscriptions = vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) {
        this.#listeners.get(document.uri.toString())?.(document.getText());
      }
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#listeners.delete(uri.toString())),
  );

  /** Opens a document with the spec beside what has the focus. */
  async open(text: string, onEdit: (text: string) => void): Promise<void> {
    const document = await vscode.workspace.openTextDocument({ language: 'json', content: text });
    this.#listeners.set(document.uri.toString(), onEdit);
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside });
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#listeners.clear();
  }
}
