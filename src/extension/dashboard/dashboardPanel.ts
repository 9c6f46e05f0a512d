import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { DEFAULT_REPORT } from '../../reports/catalogue';
import { openingSettings } from '../../reports/reportDefinition';
import { warehouseOf } from '../../reports/reportSource';
import { NoReportDataError } from '../../reports/sources';
import { localTimeIn } from '../../store/localTime';
import { NoDatabaseError } from '../../store/errors';
import {
  DASHBOARD_PROTOCOL,
  type SavedDashboard,
  type ToExtension,
  type ToPage,
} from '../../webview/dashboard/protocol';
import { reportFailure } from '../commands/registry';
import type { Core } from '../core';
import { Disposables } from '../disposables';
import { detailOf } from '../errors';
import { takeMessages, type MessageHandlers } from '../panels/pageMessages';
import { queryOfSettings, REPORT_PATH } from '../panels/reportLinks';
import { tabTitle } from '../panels/scopeName';
import { TabReading } from '../panels/tabReading';
import { tabIcon, webviewHtml } from '../panels/webviewHtml';
import { throttle } from '../throttle';
import { parseDashboardMessage } from './dashboardMessages';
import { DashboardSession } from './dashboardSession';
import { dashboardState } from './dashboardState';

/** View type in the manifest's `onWebviewPanel` event. */
export const DASHBOARD_VIEW = 'openwebuiSync.dashboard';

/** Least time between two readings by new data. */
const READ_MS = 1000;

/** How often times in words ("12 minutes ago") and the day are looked at. */
const CLOCK_MS = 60_000;

/** All instances at a glance, in an editor tab; follows syncs, or pushes to the warehouse that it reads, while it is visible. */
export class DashboardPanel implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #core: Core;
  readonly #owned = new Disposables();
  readonly #session: DashboardSession;
  /** Newer data came while the page was hidden, or while an older file was read. */
  #isOutdated = true;

  readonly #handlers: MessageHandlers<ToExtension> = {
    ready: () => this.#show(),
    source: ({ source }) => this.#read(() => this.#session.choose(source)),
    refresh: () => this.#read(() => this.#session.refresh()),
    sync: ({ instanceId }) => runFor('openwebuiSync.sync', 'openwebuiSync.syncAll', instanceId),
    cancel: ({ instanceId }) => this.#core.syncs.cancel(instanceId),
    openReport: ({ instanceId }) => this.#openReport(instanceId),
    signIn: ({ instanceId }) => vscode.commands.executeCommand('openwebuiSync.signIn', instanceId),
    addInstance: () => vscode.commands.executeCommand('openwebuiSync.addInstance'),
    showLog: () => this.#core.log.show(),
  };

  constructor(panel: vscode.WebviewPanel, core: Core, saved: SavedDashboard) {
    this.#panel = panel;
    this.#core = core;
    const reading = this.#owned.add(new TabReading(core.reader, (name) => core.warehouses.reading(name)));
    this.#session = this.#owned.add(
      new DashboardSession(
        {
          readingOf: (source) => reading.of(source),
          now: () => Date.now(),
          zone: () => core.instances.zone(),
          locale: vscode.env.language,
          onChange: () => this.#show(),
          onError: (error) => this.#log(error),
        },
        saved.source,
      ),
    );
    const onData = throttle(() => this.#show(), READ_MS);
    const clock = setInterval(() => this.#show(), CLOCK_MS);
    this.#owned.add({ dispose: () => onData.cancel() });
    this.#owned.add({ dispose: () => clearInterval(clock) });
    this.#owned.add(core.model.onDidChange(() => this.#send()));
    const onNews = (): void => {
      this.#isOutdated = true;
      onData();
    };
    this.#owned.add(
      core.mirror.onDidPublish(() => (this.#session.source === undefined ? onNews() : undefined)),
    );
    this.#owned.add(
      core.warehouses.onDidChange((changed) => {
        this.#send();
        const name = warehouseOf(this.#session.source);
        if (name !== undefined && changed.has(name.toLowerCase())) {
          onNews();
        }
      }),
    );
    this.#owned.add(panel.onDidChangeViewState(() => this.#show()));
    this.#owned.add(
      takeMessages(panel.webview, {
        parse: parseDashboardMessage,
        handlers: this.#handlers,
        onUnknown: () => core.log.warn('The dashboard sent a message that is not understood.'),
        onError: (error) => reportFailure(core.log, 'Dashboard', error),
      }),
    );
    panel.onDidDispose(() => this.dispose());
    const { extensionUri } = core.context;
    panel.iconPath = tabIcon(extensionUri, 'report');
    panel.webview.html = webviewHtml({
      webview: panel.webview,
      extensionUri,
      title: l10n.t('Dashboard'),
      scripts: ['toolbar.js', 'dashboard.js'],
      styles: ['dashboard.css'],
    });
  }

  reveal(): void {
    this.#panel.reveal();
  }

  /** Called once when the tab is closed. */
  onDidDispose(listener: () => void): void {
    this.#panel.onDidDispose(listener);
  }

  dispose(): void {
    this.#owned.dispose();
    this.#panel.dispose();
  }

  /** A hidden page receives nothing, so nothing is read for it. */
  #show(): void {
    this.#send();
    if (this.#panel.visible && !this.#session.isReading && (this.#isOutdated || this.#isOfAnotherDay())) {
      void this.#read(() => this.#session.refresh());
    }
  }

  /** Whether "today" is over since the numbers were read. */
  #isOfAnotherDay(): boolean {
    const { reading } = this.#session;
    return (
      reading.phase === 'ready' &&
      localTimeIn(reading.numbers.zone)(Math.floor(Date.now() / 1000)).day !== reading.numbers.day
    );
  }

  #read(read: () => Promise<void>): Promise<void> {
    this.#isOutdated = false;
    return read();
  }

  #send(): void {
    const { source, reading } = this.#session;
    this.#panel.title = tabTitle(l10n.t('Dashboard'), source);
    if (this.#panel.visible) {
      const warehouses = this.#core.warehouses.known.map(({ name }) => name);
      const sources = { source, warehouses, reading };
      const state = dashboardState(this.#core.model.view(), sources, vscode.env.language);
      const message: ToPage = { type: 'state', version: DASHBOARD_PROTOCOL, state };
      void this.#panel.webview.postMessage(message);
    }
  }

  /** Opens the overview of what is shown here: of the same database. */
  async #openReport(instanceId: number | undefined): Promise<void> {
    const { source } = this.#session;
    if (source === undefined) {
      await runFor('openwebuiSync.openReport', 'openwebuiSync.openReportAll', instanceId);
      return;
    }
    const scope = instanceId === undefined ? undefined : ({ kind: 'instance', instanceId } as const);
    const settings = { ...openingSettings(DEFAULT_REPORT, scope), source };
    this.#core.links.follow({ path: REPORT_PATH, query: queryOfSettings(settings) });
  }

  #log(error: unknown): void {
    if (!(error instanceof NoReportDataError || error instanceof NoDatabaseError)) {
      this.#core.log.error(`Dashboard: ${detailOf(error)}`);
    }
  }
}

/** Runs a command about one instance, or the one about all. */
function runFor(one: string, all: string, instanceId: number | undefined): Thenable<unknown> {
  return instanceId === undefined
    ? vscode.commands.executeCommand(all)
    : vscode.commands.executeCommand(one, instanceId);
}
