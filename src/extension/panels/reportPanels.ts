import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { DEFAULT_REPORT } from '../../reports/catalogue';
import { isOwnReportId } from '../../reports/own/ownReport';
import { openingSettings } from '../../reports/reportDefinition';
import { parseReportSettings, type ReportSettings } from '../../reports/reportSettings';
import { showDemoGone } from '../demo/goneTab';
import type { Services } from '../services';
import { servicesOf } from '../sources/servicesOf';
import { REPORT_VIEW, ReportPanel } from './reportPanel';
import type { ReportPanelHost } from './reportPanelHost';
import { webviewOptions } from './webviewHtml';

/** The open report panels, at most one per report and scope unless the user picks another one in a tab. */
export class ReportPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #services: Services;
  readonly #host: ReportPanelHost;
  readonly #panels = new Set<ReportPanel>();
  readonly #subscription: vscode.Disposable;

  constructor(services: Services, host: ReportPanelHost) {
    this.#services = services;
    this.#host = host;
    this.#subscription = services.sources.onDidChange(() => this.#closeWithoutSource());
  }

  /** Shows a report, in its open tab if there is one. A tab that shows it otherwise follows the new settings. */
  open(settings: ReportSettings): void {
    const open = this.#find(settings);
    if (open !== undefined) {
      open.reveal();
      if (JSON.stringify(open.settings) !== JSON.stringify(settings)) {
        void open.change(settings);
      }
      return;
    }
    const panel = vscode.window.createWebviewPanel(REPORT_VIEW, l10n.t('Report'), vscode.ViewColumn.Active, {
      ...webviewOptions(this.#services.context.extensionUri),
      enableFindWidget: true,
    });
    this.#add(panel, settings);
  }

  /** Called by VS Code for a tab of an earlier session. State that cannot be read becomes the first report of all. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const settings: ReportSettings = parseReportSettings(state) ?? openingSettings(DEFAULT_REPORT);
    if (settings.source !== undefined) {
      await this.#services.sources.known;
    }
    panel.webview.options = webviewOptions(this.#services.context.extensionUri);
    this.#add(panel, settings);
  }

  /** The panel that has the focus. */
  active(): ReportPanel | undefined {
    return [...this.#panels].find(({ isActive }) => isActive);
  }

  /** Shows a report in that tab, or as {@link open} does when it was closed meanwhile. */
  change(tab: ReportPanel | undefined, settings: ReportSettings): void {
    if (tab !== undefined && this.#panels.has(tab)) {
      void tab.change(settings);
    } else {
      this.open(settings);
    }
  }

  /** Builds people's own reports anew, whose files changed. */
  refreshOwn(): void {
    for (const panel of this.#panels) {
      if (isOwnReportId(panel.settings.reportId)) {
        void panel.refresh();
      }
    }
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const panel of this.#panels) {
      panel.dispose();
    }
  }

  #find({ reportId, source, scope }: ReportSettings): ReportPanel | undefined {
    return [...this.#panels].find(
      ({ settings }) =>
        settings.reportId === reportId &&
        settings.source === source &&
        JSON.stringify(settings.scope) === JSON.stringify(scope),
    );
  }

  /** Tabs of a demo go with it. */
  #closeWithoutSource(): void {
    for (const panel of this.#panels) {
      if (servicesOf(this.#services, panel.settings) === undefined) {
        panel.dispose();
      }
    }
  }

  #add(panel: vscode.WebviewPanel, settings: ReportSettings): void {
    const services = servicesOf(this.#services, settings);
    if (services === undefined) {
      showDemoGone(panel, this.#services.sources, () => this.#add(panel, settings));
      return;
    }
    const report = new ReportPanel(panel, services, this.#host, settings);
    this.#panels.add(report);
    report.onDidDispose(() => this.#panels.delete(report));
  }
}
