import * as vscode from 'vscode';
import { PERIOD_PRESETS, type PeriodChoice } from '../../reports/period';
import type { ReportDefinition } from '../../reports/reportDefinition';
import type { ReportModel, ReportScope } from '../../reports/reportModel';
import { REPORT_PROTOCOL, type ToExtension, type ToPage } from '../../webview/report/protocol';
import { Disposables } from '../disposables';
import { detailOf } from '../errors';
import type { Services } from '../services';
import { throttle } from '../throttle';
import { reportFailure } from '../commands/registry';
import { parseReportMessage } from './reportMessages';
import { ReportSession } from './reportSession';
import { webviewHtml, type MessageHandlers } from './webviewHtml';

/** View type in the manifest's `onWebviewPanel` event. */
export const REPORT_VIEW = 'openwebuiSync.report';

/** Least time between two refreshes by new data. */
const REFRESH_MS = 1000;

/** What a panel shows first. */
export interface ReportStart {
  readonly definition: ReportDefinition;
  readonly scope: ReportScope;
  readonly period: PeriodChoice;
}

/** A report in an editor tab: passes the session's state to the page and the page's wishes to the session. */
export class ReportPanel implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #services: Services;
  readonly #session: ReportSession;
  readonly #exportModel: (model: ReportModel) => Promise<unknown>;
  readonly #owned = new Disposables();
  /** Newer data came while the page was hidden. */
  #isOutdated = true;

  readonly #handlers: MessageHandlers<ToExtension> = {
    ready: () => this.#refreshOrSend(),
    select: ({ scope, period }) => this.#session.select(scope, period),
    refresh: () => this.#session.refresh(),
    export: () => this.#export(),
    sync: () => this.#sync(),
    showLog: () => this.#services.log.show(),
    openQuery: ({ queryId }) => this.#openQuery(queryId),
  };

  constructor(
    panel: vscode.WebviewPanel,
    services: Services,
    { definition, scope, period }: ReportStart,
    exportModel: (model: ReportModel) => Promise<unknown>,
  ) {
    this.#panel = panel;
    this.#services = services;
    this.#exportModel = exportModel;
    this.#session = new ReportSession(
      {
        definition,
        reader: services.reader,
        now: () => Date.now(),
        zone: () => services.instances.zone(),
        locale: vscode.env.language,
        onChange: () => this.#send(),
        onError: (error) => services.log.error(`Report: ${detailOf(error)}`),
      },
      scope,
      period,
    );
    const onData = throttle(() => this.#refreshIfVisible(), REFRESH_MS);
    this.#owned.add({ dispose: () => onData.cancel() });
    this.#owned.add(
      services.mirror.onDidPublish(() => {
        this.#isOutdated = true;
        onData();
      }),
    );
    this.#owned.add(services.instances.onDidChange(() => this.#send()));
    this.#owned.add(panel.onDidChangeViewState(() => this.#refreshIfVisible()));
    this.#owned.add(panel.webview.onDidReceiveMessage((message: unknown) => void this.#receive(message)));
    panel.onDidDispose(() => this.dispose());
    const icon = (theme: string) =>
      vscode.Uri.joinPath(services.context.extensionUri, 'media', `report-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    this.#load();
  }

  get scope(): ReportScope {
    return this.#session.selection.scope;
  }

  get period(): PeriodChoice {
    return this.#session.selection.period;
  }

  get isActive(): boolean {
    return this.#panel.active;
  }

  /** Called once when the tab is closed. */
  onDidDispose(listener: () => void): void {
    this.#panel.onDidDispose(listener);
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    this.#owned.dispose();
    this.#panel.dispose();
  }

  #load(): void {
    const { extensionUri } = this.#services.context;
    this.#panel.webview.html = webviewHtml({
      webview: this.#panel.webview,
      extensionUri,
      title: 'Report',
      scripts: ['toolbar.js', 'report.js'],
      styles: ['report.css'],
    });
  }

  /** A hidden page receives nothing, so nothing is built for it. */
  #refreshIfVisible(): void {
    if (this.#isOutdated && this.#panel.visible) {
      this.#refresh();
    }
  }

  #refreshOrSend(): void {
    if (this.#isOutdated) {
      this.#refresh();
    } else {
      this.#send();
    }
  }

  #refresh(): void {
    this.#isOutdated = false;
    void this.#session.refresh();
  }

  #send(): void {
    const { selection, state } = this.#session;
    const instances = this.#services.instances.list().map(({ id, name }) => ({ id, name }));
    const { scope } = selection;
    const name =
      scope.kind === 'all' ? 'All Instances' : instances.find(({ id }) => id === scope.instanceId)?.name;
    this.#panel.title = `Usage: ${name ?? this.#session.model?.subtitle ?? 'removed instance'}`;
    this.#post({
      type: 'state',
      version: REPORT_PROTOCOL,
      selection,
      choices: { instances, presets: PERIOD_PRESETS },
      state,
    });
  }

  async #export(): Promise<void> {
    const { model } = this.#session;
    if (model !== undefined) {
      await this.#exportModel(model);
      this.#post({ type: 'said', message: 'Report exported.' });
    }
  }

  async #sync(): Promise<void> {
    const { scope } = this.#session.selection;
    await (scope.kind === 'all'
      ? vscode.commands.executeCommand('openwebuiSync.syncAll')
      : vscode.commands.executeCommand('openwebuiSync.sync', scope.instanceId));
  }

  async #openQuery(queryId: string): Promise<void> {
    const query = this.#session.model?.queries.find(({ id }) => id === queryId);
    if (query !== undefined) {
      const document = await vscode.workspace.openTextDocument({
        language: 'openwebui-sql',
        content: `${query.sql};\n`,
      });
      await vscode.window.showTextDocument(document);
    }
  }

  async #receive(message: unknown): Promise<void> {
    const parsed = parseReportMessage(message);
    if (parsed === undefined) {
      this.#services.log.warn('A report page sent a message that is not understood.');
      return;
    }
    try {
      // The table has a handler for each type; the compiler cannot relate the two by itself.
      await (this.#handlers[parsed.type] as (message: ToExtension) => unknown)(parsed);
    } catch (error) {
      reportFailure(this.#services.log, 'Report', error);
    }
  }

  #post(message: ToPage): void {
    void this.#panel.webview.postMessage(message);
  }
}
