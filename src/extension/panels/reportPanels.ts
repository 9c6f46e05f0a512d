import * as vscode from 'vscode';
import { DEFAULT_REPORT } from '../../reports/catalogue';
import { isOwnReportId } from '../../reports/own/ownReport';
import { DEFAULT_SETTINGS, parseReportSettings, type ReportSettings } from '../../reports/reportSettings';
import type { Services } from '../services';
import { REPORT_VIEW, ReportPanel, type ReportPanelHost } from './reportPanel';
import { webviewOptions } from './webviewHtml';

/** The open report panels, at most one per report and scope unless the user picks another one in a tab. */
export class ReportPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #services: Services;
  readonly #host: ReportPanelHost;
  readonly #panels = new Set<ReportPanel>();

  constructor(services: Services, host: ReportPanelHost) {
    this.#services = services;
    this.#host = host;
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
    const panel = vscode.window.createWebviewPanel(REPORT_VIEW, 'Report', vscode.ViewColumn.Active, {
      ...webviewOptions(this.#services.context.extensionUri),
      enableFindWidget: true,
    });
    this.#add(panel, settings);
  }

  /** Called by VS Code for a tab of an earlier session. State that cannot be read becomes the first report of all. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    panel.webview.options = webviewOptions(this.#services.context.extensionUri);
    this.#add(panel, parseReportSettings(state) ?? { ...DEFAULT_SETTINGS, reportId: DEFAULT_REPORT.id });
    return Promise.resolve();
  }

  /** The panel that has the focus. */
  active(): ReportPanel | undefined {
    return [...this.#panels].find(({ isActive }) => isActive);
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
    for (const panel of this.#panels) {
      panel.dispose();
    }
  }

  #find({ reportId, scope }: ReportSettings): ReportPanel | undefined {
    return [...this.#panels].find(
      ({ settings }) =>
        settings.reportId === reportId && JSON.stringify(settings.scope) === JSON.stringify(scope),
    );
  }

  #add(panel: vscode.WebviewPanel, settings: ReportSettings): void {
    const report = new ReportPanel(panel, this.#services, this.#host, settings);
    this.#panels.add(report);
    report.onDidDispose(() => this.#panels.delete(report));
  }
}
