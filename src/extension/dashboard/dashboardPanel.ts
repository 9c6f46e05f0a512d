import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { readDashboard, type DashboardNumbers } from '../../reports/dashboard/dashboardFigures';
import { NoReportDataError } from '../../reports/sources';
import { NoDatabaseError } from '../../store/errors';
import { DASHBOARD_PROTOCOL, type ToExtension, type ToPage } from '../../webview/dashboard/protocol';
import { reportFailure } from '../commands/registry';
import type { Core } from '../core';
import { Disposables } from '../disposables';
import { detailOf, sentenceOf } from '../errors';
import { takeMessages, type MessageHandlers } from '../panels/pageMessages';
import { tabIcon, webviewHtml } from '../panels/webviewHtml';
import { throttle } from '../throttle';
import { parseDashboardMessage } from './dashboardMessages';
import { dashboardState } from './dashboardState';

/** View type in the manifest's `onWebviewPanel` event. */
export const DASHBOARD_VIEW = 'openwebuiSync.dashboard';

/** Least time between two readings by new data. */
const READ_MS = 1000;

/** How often times in words ("12 minutes ago") and the day are looked at. */
const CLOCK_MS = 60_000;

/** All instances at a glance, in an editor tab; follows syncs while it is visible. */
export class DashboardPanel implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #core: Core;
  readonly #owned = new Disposables();
  #numbers: DashboardNumbers | undefined;
  #failure: string | undefined;
  #isReading = false;
  /** Newer data came while the page was hidden, or while an older file was read. */
  #isOutdated = true;

  readonly #handlers: MessageHandlers<ToExtension> = {
    ready: () => this.#show(),
    sync: ({ instanceId }) => runFor('openwebuiSync.sync', 'openwebuiSync.syncAll', instanceId),
    cancel: ({ instanceId }) => this.#core.syncs.cancel(instanceId),
    openReport: ({ instanceId }) =>
      runFor('openwebuiSync.openReport', 'openwebuiSync.openReportAll', instanceId),
    signIn: ({ instanceId }) => vscode.commands.executeCommand('openwebuiSync.signIn', instanceId),
    addInstance: () => vscode.commands.executeCommand('openwebuiSync.addInstance'),
    showLog: () => this.#core.log.show(),
  };

  constructor(panel: vscode.WebviewPanel, core: Core) {
    this.#panel = panel;
    this.#core = core;
    const onData = throttle(() => this.#show(), READ_MS);
    const clock = setInterval(() => this.#send(), CLOCK_MS);
    this.#owned.add({ dispose: () => onData.cancel() });
    this.#owned.add({ dispose: () => clearInterval(clock) });
    this.#owned.add(core.model.onDidChange(() => this.#send()));
    this.#owned.add(core.warehouses.onDidChange(() => this.#send()));
    this.#owned.add(
      core.mirror.onDidPublish(() => {
        this.#isOutdated = true;
        onData();
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
      scripts: ['dashboard.js'],
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
    if (!this.#panel.visible) {
      return;
    }
    this.#send();
    if (this.#isOutdated && !this.#isReading) {
      void this.#read();
    }
  }

  async #read(): Promise<void> {
    this.#isOutdated = false;
    this.#isReading = true;
    try {
      this.#numbers = await readDashboard(this.#core.reader, {
        now: Math.floor(Date.now() / 1000),
        zone: this.#core.instances.zone(),
        locale: vscode.env.language,
      });
      this.#failure = undefined;
    } catch (error) {
      this.#failure = sentenceOf(error);
      if (!(error instanceof NoReportDataError || error instanceof NoDatabaseError)) {
        this.#core.log.error(`Dashboard: ${detailOf(error)}`);
      }
    }
    this.#isReading = false;
    this.#show();
  }

  #send(): void {
    if (this.#panel.visible) {
      const reading = {
        ...{ numbers: this.#numbers, isReading: this.#isReading, failure: this.#failure },
        hasWarehouses: this.#core.warehouses.known.length > 0,
      };
      const state = dashboardState(this.#core.model.view(), reading, vscode.env.language);
      const message: ToPage = { type: 'state', version: DASHBOARD_PROTOCOL, state };
      void this.#panel.webview.postMessage(message);
    }
  }
}

/** Runs a command about one instance, or the one about all. */
function runFor(one: string, all: string, instanceId: number | undefined): Thenable<unknown> {
  return instanceId === undefined
    ? vscode.commands.executeCommand(all)
    : vscode.commands.executeCommand(one, instanceId);
}
