import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CommandId } from '../commands/commandIds';
import { setContextKey } from '../contextKeys';
import type { DataSources } from '../sources/dataSources';
import { QUERY_LANGUAGE } from './newQuery';

const CANCEL: CommandId = 'openwebuiSync.cancelQuery';
const COPY_PATH: CommandId = 'openwebuiSync.copyDatabasePath';
const CHOOSE: CommandId = 'openwebuiSync.chooseQueryData';
const FIXED_DATABASE_NAME = 'openwebui_sync.db';

/** Says that a query runs, with the way to cancel it, and which data queries read. */
export class QueryStatus implements vscode.Disposable {
  readonly #running = vscode.window.createStatusBarItem(
    'openwebuiSync.query',
    vscode.StatusBarAlignment.Left,
    -1,
  );
  readonly #data = vscode.languages.createLanguageStatusItem('openwebuiSync.database', {
    language: QUERY_LANGUAGE,
  });
  readonly #sources: DataSources;
  readonly #changes: vscode.Disposable;

  constructor(sources: DataSources) {
    this.#sources = sources;
    this.#running.name = l10n.t('Query');
    this.#running.text = `$(sync~spin) ${l10n.t('Running… Cancel')}`;
    this.#running.tooltip = l10n.t('A query is running. Click to cancel it.');
    this.#running.command = CANCEL;
    this.#changes = vscode.Disposable.from(
      sources.onDidChange(() => this.#showData()),
      sources.mirror.mirror.onDidChange(() => this.#showData()),
    );
    this.#showData();
  }

  set isRunning(isRunning: boolean) {
    setContextKey('isQueryRunning', isRunning);
    if (isRunning) {
      this.#running.show();
    } else {
      this.#running.hide();
    }
  }

  #showData(): void {
    const { current, demo } = this.#sources;
    const hasData = current.mirror.status.generation > 0;
    const name = current.sourceId === 'demo' ? l10n.t('Demo data') : FIXED_DATABASE_NAME;
    this.#data.text = hasData ? name : l10n.t('No data yet');
    this.#data.detail = hasData
      ? l10n.t('Queries run on a read-only copy')
      : l10n.t('Sync an instance, or add demo data, to check and run queries');
    this.#data.command =
      demo === undefined
        ? { command: COPY_PATH, title: l10n.t('Copy Path') }
        : { command: CHOOSE, title: l10n.t('Choose Data') };
  }

  dispose(): void {
    this.#changes.dispose();
    this.#running.dispose();
    this.#data.dispose();
  }
}
