import * as vscode from 'vscode';
import { reportFailure } from '../../../commands/registry';
import { readSettings } from '../../../readSettings';
import type { Services } from '../../../services';
import { parseCheckWhileTyping, SETTINGS_SECTION } from '../../../settings';
import { QUERY_LANGUAGE } from '../../newQuery';
import type { QueryDiagnostics } from '../../queryDiagnostics';
import { ScriptChecker } from './scriptChecker';

/** Marks what is wrong in query documents while they are typed. */
export class LiveChecks implements vscode.Disposable {
  readonly #checker: ScriptChecker;
  readonly #diagnostics: QueryDiagnostics;
  readonly #subscriptions: vscode.Disposable;

  /** @param isBusy whether a person's query runs */
  constructor(services: Services, diagnostics: QueryDiagnostics, isBusy: () => boolean) {
    const { sources, log } = services;
    this.#diagnostics = diagnostics;
    this.#checker = new ScriptChecker({
      check: (sql) => sources.current.queries.check(sql),
      isBusy,
      after: (ms, work) => {
        const timer = setTimeout(work, ms);
        return () => clearTimeout(timer);
      },
      onFindings: (script, findings) => {
        const document = documentOf(script);
        if (document !== undefined) {
          diagnostics.show(document, findings);
        }
      },
      onError: (error) => reportFailure(log, 'Query check', error),
    });
    const recheck = (): void => this.#lookAgain();
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument((document) => this.#look(document)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) {
          this.#look(document);
        }
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#checker.closed(uri.toString())),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(`${SETTINGS_SECTION}.query.checkWhileTyping`)) {
          recheck();
        }
      }),
      sources.onDidChange(recheck),
      sources.mirror.mirror.onDidPublish(recheck),
    );
    recheck();
  }

  /** Call it when a query has ended. */
  resume(): void {
    this.#checker.resume();
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#checker.dispose();
  }

  #lookAgain(): void {
    for (const document of vscode.workspace.textDocuments) {
      this.#look(document);
    }
  }

  /** Without checks, a change leaves no mark: it might stand at the wrong place. */
  #look(document: vscode.TextDocument): void {
    if (document.languageId !== QUERY_LANGUAGE) {
      if (document.languageId === 'sql') {
        this.#diagnostics.clear(document);
      }
    } else if (parseCheckWhileTyping(readSettings())) {
      this.#checker.changed(document.uri.toString(), document.getText());
    } else {
      this.#checker.closed(document.uri.toString());
      this.#diagnostics.clear(document);
    }
  }
}

function documentOf(script: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(
    ({ uri, languageId }) => languageId === QUERY_LANGUAGE && uri.toString() === script,
  );
}
