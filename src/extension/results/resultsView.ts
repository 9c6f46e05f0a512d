import * as vscode from 'vscode';
import { RESULTS_PROTOCOL, type ToExtension, type ToPage } from '../../webview/results/protocol';
import type { QuerySession } from './querySession';
import { clipboardText, copiedInWords, isWithin, pageOf } from './resultPages';
import type { ValueDocuments } from './valueDocuments';
import { parseResultsMessage } from './resultsMessages';
import { takeMessages, type MessageHandlers } from '../panels/pageMessages';
import { webviewHtml, webviewOptions } from '../panels/webviewHtml';

/** Id of the view in the manifest. */
export const RESULTS_VIEW = 'openwebuiSync.results';

/** What the view shows and what its page may ask for. */
export interface ResultsViewDeps {
  readonly extensionUri: vscode.Uri;
  readonly session: QuerySession;
  readonly values: ValueDocuments;
  /** Tells a failure that a message of the page led to. */
  readonly onError: (error: unknown) => void;
}

/** The panel's view of query results: the page draws, the rows stay here and are sent by the window. */
export class ResultsView implements vscode.WebviewViewProvider {
  readonly #deps: ResultsViewDeps;
  #view: vscode.WebviewView | undefined;

  readonly #handlers: MessageHandlers<ToExtension> = {
    ready: () => this.sendState(),
    cancel: () => this.#deps.session.cancel(),
    rows: ({ resultId, offset, limit }) => {
      const result = this.#deps.session.result(resultId);
      if (result !== undefined) {
        this.#post({ type: 'rows', resultId, offset, columns: pageOf(result, offset, limit) });
      }
    },
    copy: async ({ resultId, range, withHeaders }) => {
      const result = this.#deps.session.result(resultId);
      if (result !== undefined && isWithin(result, range)) {
        await vscode.env.clipboard.writeText(await clipboardText(result, range, withHeaders));
        this.#post({ type: 'copied', message: copiedInWords(range) });
      }
    },
    openValue: async ({ resultId, row, column }) => {
      const found = this.#deps.session.result(resultId)?.columns[column];
      if (found !== undefined && row < found.length) {
        await this.#deps.values.open(found.name, found.at(row));
      }
    },
  };

  constructor(deps: ResultsViewDeps) {
    this.#deps = deps;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#view = view;
    const { webview } = view;
    webview.options = webviewOptions(this.#deps.extensionUri);
    takeMessages(webview, {
      parse: parseResultsMessage,
      handlers: this.#handlers,
      onError: (error) => this.#deps.onError(error),
    });
    view.onDidDispose(() => {
      this.#view = undefined;
    });
    webview.html = webviewHtml({
      webview,
      extensionUri: this.#deps.extensionUri,
      title: 'Query Results',
      scripts: ['results.js'],
      styles: ['results.css'],
    });
  }

  /** Sends the session's state to the page. A hidden page receives nothing: it says `ready` when it is back. */
  sendState(): void {
    this.#post({ type: 'state', version: RESULTS_PROTOCOL, state: this.#deps.session.state });
  }

  /** Brings the view to the front and leaves the cursor in the editor. */
  async reveal(): Promise<void> {
    if (this.#view === undefined) {
      await vscode.commands.executeCommand(`${RESULTS_VIEW}.focus`, { preserveFocus: true });
    } else {
      this.#view.show(true);
    }
  }

  #post(message: ToPage): void {
    void this.#view?.webview.postMessage(message);
  }
}
