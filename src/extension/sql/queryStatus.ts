import * as vscode from 'vscode';
import type { CommandId } from '../commands/commandIds';
import { setContextKey } from '../contextKeys';
import { QUERY_LANGUAGE } from './newQuery';

const CANCEL: CommandId = 'openwebuiSync.cancelQuery';
const COPY_PATH: CommandId = 'openwebuiSync.copyDatabasePath';

/** Says that a query runs, with the way to cancel it, and which file queries read. */
export class QueryStatus implements vscode.Disposable {
  readonly #running = vscode.window.createStatusBarItem(
    'openwebuiSync.query',
    vscode.StatusBarAlignment.Left,
    -1,
  );
  readonly #database = vscode.languages.createLanguageStatusItem('openwebuiSync.database', {
    language: QUERY_LANGUAGE,
  });

  constructor(databaseName: string) {
    this.#running.name = 'Query';
    this.#running.text = '$(sync~spin) Running… Cancel';
    this.#running.tooltip = 'A query is running. Click to cancel it.';
    this.#running.command = CANCEL;
    this.#database.text = databaseName;
    this.#database.detail = 'Queries run on a read-only copy';
    this.#database.command = { command: COPY_PATH, title: 'Copy Path' };
  }

  set isRunning(isRunning: boolean) {
    setContextKey('isQueryRunning', isRunning);
    if (isRunning) {
      this.#running.show();
    } else {
      this.#running.hide();
    }
  }

  dispose(): void {
    this.#running.dispose();
    this.#database.dispose();
  }
}
