import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { DEFAULT_REPORT, REPORTS } from '../../reports/catalogue';
import { openingSettings, type ReportDefinition } from '../../reports/reportDefinition';
import { DEFAULT_SETTINGS, type ReportScope, type ReportSettings } from '../../reports/reportSettings';
import { exportByCommand, exportReport } from '../exports/exportReport';
import { saveBlock } from '../exports/saveBlock';
import { chooseInstance } from '../instances/chooseInstance';
import { OwnReportList } from '../ownReports/ownReportList';
import { registerOwnReports } from '../ownReports/ownReportsFeature';
import { chooseOne } from '../quickInput';
import { demoScopeOf } from '../demo/demoScope';
import type { CoreFeature } from '../core';
import type { SourceId } from '../sources/dataSource';
import { settingOf, shownServices } from '../sources/servicesOf';
import { showReportsView } from '../views/reports/reportsView';
import { isOwnReportId } from '../../reports/own/ownReport';
import { chooseSource } from '../warehouses/chooseWarehouse';
import { whereShown } from '../warehouses/whereShown';
import { moreActions } from './reportActions';
import { REPORT_PATH, settingsOfQuery } from './reportLinks';
import type { ReportPanelHost } from './reportPanelHost';
import { REPORT_VIEW } from './reportPanel';
import { ReportPanels } from './reportPanels';
import { SavedReports } from './savedReports';

/** Report panels, their restoring after a restart, links to them, saved settings, and reports of one's own. */
export const reportFeature: CoreFeature = (services) => {
  const { instances, context, sources, warehouses } = services;
  const saved = new SavedReports(context.globalState);
  const own = new OwnReportList(services.folder.root, services.log);
  const all = (): readonly ReportDefinition[] => [...REPORTS, ...own.definitions()];
  const find = (id: string): ReportDefinition | undefined => all().find((report) => report.id === id);
  const host: ReportPanelHost = {
    reports: all,
    findReport: find,
    exportReport: (model) => whereShown(services, model.settings, (source) => exportReport(source, model)),
    saveBlock: (model, blockId, picture) =>
      saveBlock(shownServices(services, model.settings), model, blockId, picture),
    more: (settings, title) => moreActions(saved, context.extension.id, settings, title),
    open: (settings) => panels.open(settings),
    warehouses,
  };
  const panels = new ReportPanels(services, host);
  const open = (reportId: string, scope: ReportScope, source: SourceId = 'mirror'): void =>
    panels.open({ ...openingSettings(find(reportId) ?? { id: reportId }, scope), ...settingOf(source) });
  /** Who names no instance sees the demo as long as nothing was mirrored. */
  const openAll = (reportId: string): void => open(reportId, { kind: 'all' }, sources.usual.sourceId);

  services.registerCommand('openwebuiSync.openReport', async (...args) => {
    const demoScope = demoScopeOf(args);
    if (demoScope !== undefined) {
      open(DEFAULT_REPORT.id, demoScope, 'demo');
      return;
    }
    if (instances.list().length === 0 && sources.demo !== undefined) {
      openAll(DEFAULT_REPORT.id);
      return;
    }
    const instance = await chooseInstance(args, instances.list(), l10n.t('Open Report'));
    open(DEFAULT_REPORT.id, { kind: 'instance', instanceId: instance.id });
  });
  services.registerCommand('openwebuiSync.openReportAll', (reportId) => {
    openAll(typeof reportId === 'string' ? reportId : DEFAULT_REPORT.id);
  });
  services.registerCommand('openwebuiSync.chooseReport', async () => {
    openAll(await pickReport(all()));
  });
  services.registerCommand('openwebuiSync.openSavedReport', async (name) => {
    panels.open((saved.list().find((report) => report.name === name) ?? (await saved.choose())).settings);
  });
  services.registerCommand('openwebuiSync.exportReport', (...args) =>
    exportByCommand(services, panels.active()?.model, args),
  );
  services.registerCommand('openwebuiSync.chooseReportSource', async () => {
    const tab = panels.active();
    const shown: ReportSettings = tab?.settings ?? openingSettings(DEFAULT_REPORT);
    if (isOwnReportId(shown.reportId)) {
      throw new Error(l10n.t('Your own reports read the mirror alone. Open another report first.'));
    }
    const source = await chooseSource(await warehouses.list(), shown.source);
    // Instances and people of the demo are nobody's elsewhere.
    const ofDemo = shown.source === 'demo' ? { scope: DEFAULT_SETTINGS.scope, filter: {} } : {};
    panels.change(tab, { ...(tab?.settings ?? shown), ...ofDemo, source });
  });
  registerOwnReports(services, own, openAll);
  services.links.add(REPORT_PATH, (query) => {
    const settings = settingsOfQuery(query);
    if (settings !== undefined) {
      panels.open(settings);
    }
    return settings !== undefined;
  });
  own.onDidChange(() => panels.refreshOwn());
  void own.reload().then(() => own.watch());
  return vscode.Disposable.from(
    panels,
    own,
    showReportsView(services, { own, saved, findReport: find, open: (settings) => panels.open(settings) }),
    vscode.window.registerWebviewPanelSerializer(REPORT_VIEW, panels),
  );
};

function pickReport(reports: readonly ReportDefinition[]): Promise<string> {
  const items = reports.map(({ id, title, description }) => ({
    value: id,
    label: title,
    detail: description,
  }));
  return chooseOne(l10n.t('Open Report'), l10n.t('Which report?'), items, { matchesDetail: true });
}
