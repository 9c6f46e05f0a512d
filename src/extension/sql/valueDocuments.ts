import * as vscode from 'vscode';
import type { Cell } from '../../store/resultSet';
import { openedValue } from './resultPages';

const SCHEME = 'openwebui-sync-value';

/** Shows one whole value of a result in a read-only document; its text is dropped when the document closes. */
export class ValueDocuments implements vscode.Disposable {
  readonly #texts = new Map<string, string>();
  #count = 0;
  readonly #subscriptions = [
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: (uri) => this.#texts.get(uri.path),
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === SCHEME) {
        this.#texts.delete(uri.path);
      }
    }),
  ];

  /** `name` is the column's: it becomes the tab's title. */
  async open(name: string, cell: Cell): Promise<void> {
    const { text, language } = openedValue(cell);
    this.#count += 1;
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${this.#count}/${name.replaceAll('/', '∕')}` });
    this.#texts.set(uri.path, text);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, language);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
  }
}
