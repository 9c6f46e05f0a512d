import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { tabIcon, webviewOptions } from '../panels/webviewHtml';
import type { Services } from '../services';
import type { HeldResult } from './heldResult';
import type { QuerySession } from './querySession';
import { parseRestorable, type Restorable } from './restorable';
import { ResultsChannel, type ResultActions } from './resultsChannel';

/** View type of the tabs in the manifest. */
export const RESULT_TAB = 'openwebuiSync.resultTab';

export interface ResultTabsDeps {
  readonly services: Services;
  readonly actions: ResultActions;
  readonly createSession: (onChange: () => void) => QuerySession;
}

/** Results in tabs of the editor, each with a session of its own: a later run does not touch them. */
export class ResultTabs implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #deps: ResultTabsDeps;
  readonly #tabs = new Map<vscode.WebviewPanel, ResultsChannel>();

  constructor(deps: ResultTabsDeps) {
    this.#deps = deps;
  }

  open(held: HeldResult): void {
    const panel = vscode.window.createWebviewPanel(
      RESULT_TAB,
      held.title,
      vscode.ViewColumn.Active,
      webviewOptions(this.#deps.actions.extensionUri),
    );
    this.#add(panel, undefined).adopt({ ...held, isPinned: false });
  }

  /** Called by VS Code for a tab of an earlier session. Nothing is run by itself. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const restorable = parseRestorable(state);
    const session = this.#add(panel, restorable);
    panel.title = restorable?.title ?? l10n.t('Query Result');
    offerToRestore(session, restorable);
    return Promise.resolve();
  }

  /** The page of the tab that has the focus. */
  get active(): ResultsChannel | undefined {
    return [...this.#tabs].find(([{ active }]) => active)?.[1];
  }

  dispose(): void {
    for (const panel of this.#tabs.keys()) {
      panel.dispose();
    }
  }

  #add(panel: vscode.WebviewPanel, restorable: Restorable | undefined): QuerySession {
    const { services, actions, createSession } = this.#deps;
    const session = createSession(() => this.#tabs.get(panel)?.sendState());
    panel.iconPath = tabIcon(actions.extensionUri, 'report');
    const channel = new ResultsChannel(panel.webview, session, actions, {
      ...restoring({ services, session, actions, restorable: () => restorable }),
      runWithoutTimeLimit: () => session.runAgain({ timeoutMs: 0 }),
    });
    this.#tabs.set(panel, channel);
    panel.onDidChangeViewState(() => actions.onShown());
    panel.onDidDispose(() => {
      this.#tabs.delete(panel);
      channel.dispose();
      session.dispose();
      actions.onShown();
    });
    actions.onShown();
    return session;
  }
}

export interface Restoring {
  readonly services: Services;
  readonly session: QuerySession;
  readonly actions: Pick<ResultActions, 'showStatement'>;
  /** What an earlier session left. */
  readonly restorable: () => Restorable | undefined;
}

/** What "Run Again" and "Show Statement" do: with what an earlier session left, or with the last run of this one. */
export function restoring({ services, session, actions, restorable }: Restoring): {
  readonly runAgain: () => Promise<unknown>;
  readonly showStatement: () => Promise<void>;
} {
  return {
    runAgain: () => {
      const left = session.state.phase === 'restored' ? restorable() : undefined;
      const source = left === undefined ? undefined : services.sources.find(left.sourceId);
      return left === undefined
        ? session.runAgain()
        : session.restore(left, source ?? services.sources.current);
    },
    showStatement: async () => {
      const left = restorable();
      if (left !== undefined) {
        await actions.showStatement(left.statement);
      }
    },
  };
}

/** Says what was here before, and how it comes back. Values of parameters are not kept: such a statement is run from a query. */
export function offerToRestore(session: QuerySession, restorable: Restorable | undefined): void {
  if (restorable === undefined) {
    session.offerToRestore(l10n.t('The result of the last session is gone. Run its query again.'), []);
    return;
  }
  session.offerToRestore(
    restorable.hasParameters
      ? l10n.t(
          '"{0}" was closed with the window, and the values of its parameters are not kept.',
          restorable.title,
        )
      : l10n.t('"{0}" was closed with the window. Its rows are not kept.', restorable.title),
    restorable.hasParameters ? ['showStatement'] : ['runAgain', 'showStatement'],
  );
}
