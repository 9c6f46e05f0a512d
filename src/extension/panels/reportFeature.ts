import * as vscode from 'vscode';
import { buildReport } from '../../reports/buildReport';
import { findReport } from '../../reports/catalogue';
import { DEFAULT_PERIOD, type PeriodChoice } from '../../reports/period';
import type { ReportModel, ReportScope } from '../../reports/reportModel';
import { usageReport } from '../../reports/usage/usageReport';
import { CancelledError } from '../errors';
import { chooseInstance } from '../instances/chooseInstance';
import { instancesFromArguments } from '../instances/selection';
import type { Feature, Services } from '../services';
import { exportReport } from './reportExport';
import { parseReportSelection } from './reportMessages';
import { REPORT_VIEW, ReportPanel, type ReportStart } from './reportPanel';
import { webviewOptions } from './webviewHtml';

/** Report panels, their restoring after a restart, and the export command. */
export const reportFeature: Feature = (services) => {
  const panels = new ReportPanels(services);
  const { instances } = services;
  services.registerCommand('openwebuiSync.openReport', async (...args) => {
    const instance = await chooseInstance(args, instances.list(), 'Open Usage Report');
    panels.open({ kind: 'instance', instanceId: instance.id });
  });
  services.registerCommand('openwebuiSync.openReportAll', () => {
    panels.open({ kind: 'all' });
  });
  services.registerCommand('openwebuiSync.exportReport', async (...args) => {
    const { scope, period } = await chooseExport(services, panels, args);
    return exportReport(services, await build(services, scope, period));
  });
  return vscode.Disposable.from(panels, vscode.window.registerWebviewPanelSerializer(REPORT_VIEW, panels));
};

/** The open report panels, at most one per scope unless the user picks another scope in one. */
class ReportPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #services: Services;
  readonly #panels = new Set<ReportPanel>();

  constructor(services: Services) {
    this.#services = services;
  }

  /** Shows the report of a scope, in its open tab if there is one. */
  open(scope: ReportScope): void {
    const open = this.find(scope);
    if (open !== undefined) {
      open.reveal();
      return;
    }
    const options = webviewOptions(this.#services.context.extensionUri);
    const panel = vscode.window.createWebviewPanel(REPORT_VIEW, 'Usage', vscode.ViewColumn.Active, {
      ...options,
      enableFindWidget: true,
    });
    this.#add(panel, { definition: usageReport, scope, period: DEFAULT_PERIOD });
  }

  /** Called by VS Code for a tab of an earlier session. State that cannot be read becomes the report of all. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const kept = parseReportSelection(state);
    panel.webview.options = webviewOptions(this.#services.context.extensionUri);
    this.#add(panel, {
      definition: findReport(kept?.reportId ?? '') ?? usageReport,
      scope: kept?.scope ?? { kind: 'all' },
      period: kept?.period ?? DEFAULT_PERIOD,
    });
    return Promise.resolve();
  }

  find(scope: ReportScope): ReportPanel | undefined {
    return [...this.#panels].find((panel) => JSON.stringify(panel.scope) === JSON.stringify(scope));
  }

  /** The panel that has the focus. */
  active(): ReportPanel | undefined {
    return [...this.#panels].find(({ isActive }) => isActive);
  }

  dispose(): void {
    for (const panel of this.#panels) {
      panel.dispose();
    }
  }

  #add(panel: vscode.WebviewPanel, start: ReportStart): void {
    const report = new ReportPanel(panel, this.#services, start, (model) =>
      exportReport(this.#services, model),
    );
    this.#panels.add(report);
    report.onDidDispose(() => this.#panels.delete(report));
  }
}

interface ExportChoice {
  readonly scope: ReportScope;
  readonly period: PeriodChoice;
}

/** What to export: the instance that was named, else the report in front, else what the user picks. */
async function chooseExport(
  services: Services,
  panels: ReportPanels,
  args: readonly unknown[],
): Promise<ExportChoice> {
  const list = services.instances.list();
  const [named] = instancesFromArguments(args, list);
  const active = panels.active();
  if (named === undefined && active !== undefined) {
    return active;
  }
  const scope: ReportScope =
    named === undefined ? await pickScope(services) : { kind: 'instance', instanceId: named.id };
  return { scope, period: panels.find(scope)?.period ?? DEFAULT_PERIOD };
}

async function pickScope(services: Services): Promise<ReportScope> {
  const list = services.instances.list();
  const items: (vscode.QuickPickItem & { scope: ReportScope })[] = [
    { label: 'All instances', scope: { kind: 'all' } },
    ...list.map(({ id, name, url }) => ({
      label: name,
      description: url,
      scope: { kind: 'instance' as const, instanceId: id },
    })),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Export Report as HTML',
    placeHolder: 'Which report?',
  });
  if (picked === undefined) {
    throw new CancelledError();
  }
  return picked.scope;
}

function build(services: Services, scope: ReportScope, period: PeriodChoice): Promise<ReportModel> {
  return buildReport(services.reader, usageReport, {
    scope,
    period,
    now: Math.floor(Date.now() / 1000),
    zone: services.instances.zone(),
    locale: vscode.env.language,
  });
}
