import * as vscode from 'vscode';
import type { ToPage } from '../../webview/results/protocol';
import type { HeldResult } from './heldResult';
import type { QuerySession } from './querySession';
import { ResultsChannel, type OfferHandlers, type ResultActions, type ShownPage } from './resultsChannel';

/** Id of the view in the manifest. */
export const RESULTS_VIEW = 'openwebuiSync.results';

export interface ResultsViewDeps {
  readonly session: QuerySession;
  readonly actions: ResultActions;
  readonly offers: OfferHandlers;
  /** Gets what the page kept in an earlier session, before it is shown. */
  readonly onKept: (state: unknown) => void;
}

/** The panel's view of query results. */
export class ResultsView implements ShownPage, vscode.WebviewViewProvider {
  readonly #deps: ResultsViewDeps;
  #view: vscode.WebviewView | undefined;
  #channel: ResultsChannel | undefined;

  constructor(deps: ResultsViewDeps) {
    this.#deps = deps;
  }

  resolveWebviewView(view: vscode.WebviewView, { state }: vscode.WebviewViewResolveContext): void {
    const { session, actions, offers, onKept } = this.#deps;
    this.#view = view;
    onKept(state);
    const channel = new ResultsChannel(view.webview, session, actions, offers);
    this.#channel = channel;
    view.onDidDispose(() => {
      channel.dispose();
      this.#view = undefined;
      this.#channel = undefined;
    });
  }

  get session(): QuerySession {
    return this.#deps.session;
  }

  get shown(): HeldResult | undefined {
    return this.#channel === undefined ? this.session.front : this.#channel.shown;
  }

  post(message: ToPage): void {
    this.#channel?.post(message);
  }

  sendState(): void {
    this.#channel?.sendState();
  }

  /** Brings the view to the front and leaves the cursor in the editor. */
  async reveal(): Promise<void> {
    if (this.#view === undefined) {
      await vscode.commands.executeCommand(`${RESULTS_VIEW}.focus`, { preserveFocus: true });
    } else {
      this.#view.show(true);
    }
  }
}
