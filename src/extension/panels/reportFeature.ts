import * as vscode from 'vscode';
import { DEFAULT_REPORT, findReport, REPORTS } from '../../reports/catalogue';
import { DEFAULT_SETTINGS, type ReportScope, type ReportSettings } from '../../reports/reportSettings';
import { CancelledError } from '../errors';
import { exportByCommand, exportReport } from '../exports/exportReport';
import { saveBlock } from '../exports/saveBlock';
import { chooseInstance } from '../instances/chooseInstance';
import type { Feature } from '../services';
import { moreActions } from './reportActions';
import { REPORT_PATH, settingsOfQuery } from './reportLinks';
import type { ReportPanelHost } from './reportPanel';
import { REPORT_VIEW } from './reportPanel';
import { ReportPanels } from './reportPanels';
import { SavedReports } from './savedReports';

/** Report panels, their restoring after a restart, links to them, and saved settings. */
export const reportFeature: Feature = (services) => {
  const { instances, context } = services;
  const saved = new SavedReports(context.globalState);
  const host: ReportPanelHost = {
    reports: () => REPORTS,
    findReport,
    exportReport: (model) => exportReport(services, model),
    saveBlock: (model, blockId, picture) => saveBlock(services, model, blockId, picture),
    more: (settings, title) => moreActions(saved, context.extension.id, settings, title),
  };
  const panels = new ReportPanels(services, host);
  const open = (reportId: string, scope: ReportScope): void => panels.open(settingsFor(reportId, scope));

  services.registerCommand('openwebuiSync.openReport', async (...args) => {
    const instance = await chooseInstance(args, instances.list(), 'Open Report');
    open(DEFAULT_REPORT.id, { kind: 'instance', instanceId: instance.id });
  });
  services.registerCommand('openwebuiSync.openReportAll', (reportId) => {
    open(typeof reportId === 'string' ? reportId : DEFAULT_REPORT.id, { kind: 'all' });
  });
  services.registerCommand('openwebuiSync.chooseReport', async () => {
    open((await pickReport()).id, { kind: 'all' });
  });
  services.registerCommand('openwebuiSync.openSavedReport', async () => {
    panels.open((await saved.choose()).settings);
  });
  services.registerCommand('openwebuiSync.exportReport', (...args) =>
    exportByCommand(services, panels.active()?.model, args),
  );
  return vscode.Disposable.from(
    panels,
    vscode.window.registerWebviewPanelSerializer(REPORT_VIEW, panels),
    vscode.window.registerUriHandler({
      handleUri: ({ path, query }) => {
        const settings = path === REPORT_PATH ? settingsOfQuery(query) : undefined;
        if (settings === undefined) {
          void vscode.window.showErrorMessage('This link names no report. Copy it again from the report.');
        } else {
          panels.open(settings);
        }
      },
    }),
  );
};

/** A report as it opens when nobody chose otherwise. */
function settingsFor(reportId: string, scope: ReportScope): ReportSettings {
  return { ...DEFAULT_SETTINGS, ...findReport(reportId)?.defaults, reportId, scope };
}

async function pickReport(): Promise<{ readonly id: string }> {
  const items = REPORTS.map(({ id, title, description }) => ({ id, label: title, detail: description }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Open Report',
    placeHolder: 'Which report?',
    matchOnDetail: true,
  });
  if (picked === undefined) {
    throw new CancelledError();
  }
  return picked;
}
