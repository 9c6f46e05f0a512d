import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ReportLink, ReportModel } from '../../reports/reportModel';
import { OWN_ROW_LIMIT } from '../../reports/own/ownReport';
import type { ReportSettings } from '../../reports/reportSettings';
import { warehouseOf } from '../../reports/reportSource';
import { REPORT_PROTOCOL, type ToExtension, type ToPage } from '../../webview/report/protocol';
import { reportFailure } from '../commands/registry';
import { Disposables } from '../disposables';
import { detailOf } from '../errors';
import type { Services } from '../services';
import { throttle } from '../throttle';
import { settingsAfter } from './followLink';
import { PictureRequests } from './pictureRequests';
import { openCostLine, openReportQuery } from './openReportQuery';
import { choicesOf, reportsOf } from './reportChoices';
import { editFilter, pickInstances } from './reportFilters';
import { parseReportMessage } from './reportMessages';
import type { ReportPanelHost } from './reportPanelHost';
import { ReportSession } from './reportSession';
import { scopeName, tabTitle } from './scopeName';
import { TabReading } from './tabReading';
import { takeMessages, type MessageHandlers } from './pageMessages';
import { tabIcon, webviewHtml } from './webviewHtml';

/** View type in the manifest's `onWebviewPanel` event. */
export const REPORT_VIEW = 'openwebuiSync.report';

/** Least time between two refreshes by new data. */
const REFRESH_MS = 1000;

/** A report in an editor tab: passes the session's state to the page and the page's wishes to the session. */
export class ReportPanel implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #services: Services;
  readonly #host: ReportPanelHost;
  readonly #session: ReportSession;
  readonly #reading: TabReading;
  readonly #pictures = new PictureRequests((blockId, format) =>
    this.#post({ type: 'picture', blockId, format }),
  );
  readonly #owned = new Disposables();
  /** Newer data came while the page was hidden. */
  #isOutdated = true;

  readonly #handlers: MessageHandlers<ToExtension> = {
    ready: () => this.#refreshOrSend(),
    change: ({ settings }) => this.change(settings),
    editFilter: ({ kind }) => this.#editFilter(kind),
    pickInstances: () => this.#pickInstances(),
    follow: ({ link }) => this.#follow(link),
    refresh: () => this.#session.refresh(),
    export: () => this.#export(),
    saveBlock: ({ blockId }) => this.#saveBlock(blockId),
    picture: (answer) => this.#pictures.answer(answer),
    more: () => this.#more(),
    sync: () => this.#sync(),
    showLog: () => this.#services.log.show(),
    openQuery: ({ queryId }) => openReportQuery(this.#services, this.#session.model, queryId),
  };

  constructor(
    panel: vscode.WebviewPanel,
    services: Services,
    host: ReportPanelHost,
    settings: ReportSettings,
  ) {
    this.#panel = panel;
    this.#services = services;
    this.#host = host;
    this.#reading = this.#owned.add(new TabReading(services.reader, (name) => host.warehouses.reading(name)));
    this.#session = new ReportSession(
      {
        readingOf: (source) => this.#reading.of(source),
        runOwn: (sql, parameters = {}) => services.queries.run(sql, { limit: OWN_ROW_LIMIT, parameters }),
        findReport: (id) => reportsOf(this.settings, host).find((report) => report.id === id),
        now: () => Date.now(),
        zone: () => services.instances.zone(),
        locale: vscode.env.language,
        onState: () => this.#send(),
        onPart: (part) => this.#post({ type: 'part', part }),
        onEnd: (end) => this.#post({ type: 'end', end }),
        onError: (error) => services.log.error(`Report: ${detailOf(error)}`),
      },
      settings,
    );
    this.#owned.add(this.#session);
    this.#owned.add(this.#pictures);
    const onData = throttle(() => this.#refreshIfVisible(), REFRESH_MS);
    this.#owned.add({ dispose: () => onData.cancel() });
    const onNews = (): void => {
      this.#isOutdated = true;
      onData();
    };
    this.#owned.add(
      services.mirror.onDidPublish(() =>
        warehouseOf(this.settings.source) === undefined ? onNews() : undefined,
      ),
    );
    this.#owned.add(
      host.warehouses.onDidChange((changed) => {
        this.#send();
        const name = warehouseOf(this.settings.source);
        if (name !== undefined && changed.has(name.toLowerCase())) {
          onNews();
        }
      }),
    );
    this.#owned.add(services.instances.onDidChange(() => this.#send()));
    this.#owned.add(panel.onDidChangeViewState(() => this.#refreshIfVisible()));
    this.#owned.add(
      takeMessages(panel.webview, {
        parse: parseReportMessage,
        handlers: this.#handlers,
        onUnknown: () => services.log.warn('A report page sent a message that is not understood.'),
        onError: (error) => reportFailure(services.log, 'Report', error),
      }),
    );
    panel.onDidDispose(() => this.dispose());
    panel.iconPath = tabIcon(services.context.extensionUri, 'report');
    this.#nameTab();
    this.#load();
  }

  get settings(): ReportSettings {
    return this.#session.settings;
  }

  get isActive(): boolean {
    return this.#panel.active;
  }

  /** The report as it is shown, if it is. */
  get model(): ReportModel | undefined {
    return this.#session.model;
  }

  /** Builds the report that these settings ask for: in this tab, unless one of demo and mirror is asked for in the other's. */
  async change(settings: ReportSettings): Promise<void> {
    if ((settings.source === 'demo') === (this.settings.source === 'demo')) {
      await this.#session.change(settings);
    } else {
      this.#host.open(settings);
    }
  }

  /** Builds the shown report anew if a file of it changed. */
  refresh(): Promise<void> {
    return this.#session.refresh();
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
      title: l10n.t('Report'),
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
    // A page that is loaded anew has missed the parts that were sent before.
    if (this.#isOutdated || this.#session.isBuilding) {
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
    const { settings, state } = this.#session;
    this.#nameTab();
    this.#post({
      type: 'state',
      version: REPORT_PROTOCOL,
      settings,
      choices: choicesOf(settings, this.#host, this.#services),
      // The page keeps the older report by itself until the parts of the newer one come.
      state: this.#session.isBuilding ? { phase: 'loading' } : state,
    });
  }

  /** Also of a page that is hidden before it says anything. */
  #nameTab(): void {
    const { reportId, scope, source } = this.#session.settings;
    const title = this.#host.findReport(reportId)?.title ?? reportId;
    this.#panel.title = tabTitle(`${title}: ${scopeName(scope, this.#services.instances.list())}`, source);
  }

  async #editFilter(kind?: keyof ReportSettings['filter']): Promise<void> {
    const { source, filter: before } = this.settings;
    const filter = await editFilter(this.#reading.of(source).reader, before, kind);
    // Something else may have been changed while the question was open.
    await this.#session.change({ ...this.settings, filter });
  }

  async #pickInstances(): Promise<void> {
    const scope = await pickInstances(this.#services.instances.list(), this.settings.scope);
    await this.#session.change({ ...this.settings, scope });
  }

  async #follow(link: ReportLink): Promise<void> {
    if (link.kind === 'chat') {
      await vscode.commands.executeCommand('openwebuiSync.openChat', link.chatId, this.#services.sourceId);
      return;
    }
    if (link.kind === 'costLine') {
      await openCostLine(this.#services, link.line);
      return;
    }
    const settings = settingsAfter(link, this.#session.settings);
    if (settings !== undefined) {
      await this.#session.change(settings);
    }
  }

  async #more(): Promise<void> {
    const { settings, model } = this.#session;
    const title = model === undefined ? settings.reportId : `${model.title}: ${model.subtitle}`;
    const chosen = await this.#host.more(settings, title);
    if (chosen !== undefined) {
      await this.change(chosen);
    }
  }

  async #export(): Promise<void> {
    const { model } = this.#session;
    if (model !== undefined) {
      await this.#host.exportReport(model);
      this.#post({ type: 'said', message: l10n.t('Report exported.') });
    }
  }

  async #saveBlock(blockId: string): Promise<void> {
    const { model } = this.#session;
    if (model !== undefined) {
      await this.#host.saveBlock(model, blockId, (format) => this.#pictures.request(blockId, format));
    }
  }

  async #sync(): Promise<void> {
    const { scope } = this.#session.settings;
    await (scope.kind === 'instance'
      ? vscode.commands.executeCommand('openwebuiSync.sync', scope.instanceId)
      : vscode.commands.executeCommand('openwebuiSync.syncAll'));
  }

  #post(message: ToPage): void {
    void this.#panel.webview.postMessage(message);
  }
}
