import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

const goneText = (): string => l10n.t('This text is no longer kept. Run the command again.\n');

/** A text to show. */
export interface ShownText {
  /** Becomes the tab's title. */
  readonly title: string;
  readonly text: string;
  /** Default: plain text. */
  readonly language?: string | undefined;
}

/** Shows texts in read-only documents; a text is dropped when its document closes. */
export class TextDocuments implements vscode.Disposable {
  readonly #texts = new Map<string, string>();
  #count = 0;
  readonly #subscriptions: vscode.Disposable;

  /** @param scheme of the documents' addresses, of nobody else */
  constructor(private readonly scheme: string) {
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(scheme, {
        provideTextDocumentContent: (uri) => this.#texts.get(uri.path) ?? goneText(),
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === scheme) {
          this.#texts.delete(uri.path);
        }
      }),
    );
  }

  async open({ title, text, language = 'plaintext' }: ShownText): Promise<void> {
    this.#count += 1;
    const uri = vscode.Uri.from({
      scheme: this.scheme,
      path: `/${this.#count}/${title.replaceAll('/', '∕')}`,
    });
    this.#texts.set(uri.path, text);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, language);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
