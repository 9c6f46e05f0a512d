import * as vscode from 'vscode';
import type { OpenWebUiSyncExtension } from '../../api/openwebui-sync';
import { exportedApi } from './api/exportedApi';
import { analysisFeature } from './analysis/analysisFeature';
import { actionsFeature } from './commands/actionsFeature';
import { assistantFeature } from './assistant/assistantFeature';
import { backupsFeature } from './backups/backupsFeature';
import { dashboardFeature } from './dashboard/dashboardFeature';
import { databaseFeature } from './commands/databaseFeature';
import { reportFailure } from './commands/registry';
import type { Core, CoreFeature } from './core';
import { changesFeature } from './changes/changesFeature';
import { azureCostFeature } from './costs/azureCostFeature';
import { budgetFeature } from './costs/budget/budgetFeature';
import { costsFeature } from './costs/costsFeature';
import { createCore } from './createCore';
import { Disposables } from './disposables';
import { useEditorLanguage } from './l10n';
import { headlessFeature } from './headless/headlessFeature';
import { helpFeature } from './help/helpFeature';
import { instanceFeature } from './instances/instanceFeature';
import { linksFeature } from './links/linksFeature';
import { signInReminderFeature } from './instances/signInReminder';
import { demoFeature } from './demo/demoFeature';
import { exportAllFeature } from './exports/exportAllFeature';
import { exportDataFeature } from './exports/exportDataFeature';
import { notebookFeature } from './notebook/notebookFeature';
import { reportFeature } from './panels/reportFeature';
import { privacyFeature } from './privacy/privacyFeature';
import { comparingFeature } from './comparing/comparingFeature';
import { searchFeature } from './search/searchFeature';
import { runStartRequests } from './seed';
import { spaceFeature } from './space/spaceFeature';
import { languageFeature } from './sql/language/languageFeature';
import { sqlFeature } from './sql/sqlFeature';
import { syncFeature } from './syncing/syncFeature';
import { timerFeature } from './timer/timerFeature';
import { dataContextFeature } from './views/dataContext';
import { instanceTreeFeature } from './views/instanceTree';
import { costsViewFeature } from './views/costs/costsView';
import { queriesFeature } from './views/queries/queriesFeature';
import { schemaFeature } from './views/schema/schemaFeature';
import { retryFeature } from './views/retryRun';
import { runDocumentsFeature } from './views/runDocuments';
import { statusBarFeature } from './views/statusBar';
import { warehousesFeature } from './warehouses/warehousesFeature';
import { zoneFeature } from './zone/zoneFeature';

/** Everything that the extension does, in no particular order. */
const FEATURES: readonly CoreFeature[] = [
  actionsFeature,
  helpFeature,
  linksFeature,
  instanceFeature,
  signInReminderFeature,
  privacyFeature,
  assistantFeature,
  syncFeature,
  comparingFeature,
  timerFeature,
  headlessFeature,
  databaseFeature,
  backupsFeature,
  spaceFeature,
  zoneFeature,
  instanceTreeFeature,
  dataContextFeature,
  schemaFeature,
  queriesFeature,
  retryFeature,
  runDocumentsFeature,
  statusBarFeature,
  demoFeature,
  reportFeature,
  exportAllFeature,
  exportDataFeature,
  changesFeature,
  dashboardFeature,
  costsFeature,
  analysisFeature,
  azureCostFeature,
  costsViewFeature,
  budgetFeature,
  warehousesFeature,
  searchFeature,
  sqlFeature,
  notebookFeature,
  languageFeature,
];

/** The editor grants 5 s at its end; writing the last run's end needs a moment after its abort. */
const SHUTDOWN_MS = 4000;

let running: { readonly core: Core; readonly owned: Disposables } | undefined;

/** What activation returns. */
export interface ExtensionApi extends OpenWebUiSyncExtension {
  /** Services of this window; only while tests run. */
  readonly core?: Core;
}

/** Composes the services and registers the features; whatever takes time follows after it has returned. */
export function activate(context: vscode.ExtensionContext): ExtensionApi {
  useEditorLanguage();
  const owned = new Disposables();
  const core = createCore(context, owned);
  running = { core, owned };
  for (const feature of FEATURES) {
    register(feature, core, owned);
  }
  void start(core);
  const api = exportedApi(core, owned);
  return context.extensionMode === vscode.ExtensionMode.Test ? { ...api, core } : api;
}

/** A feature that cannot be set up takes no other one along: their commands are there all the same. */
function register(feature: CoreFeature, core: Core, owned: Disposables): void {
  try {
    const registered = feature(core);
    if (registered !== undefined) {
      owned.add(registered);
    }
  } catch (error) {
    reportFailure(core.log, 'Start', error);
  }
}

/** What needs the disk: after activation has returned, so that the editor's start never waits for it. */
async function start(core: Core): Promise<void> {
  try {
    await core.load();
    core.timer.start();
    await runStartRequests(core, process.env);
  } catch (error) {
    reportFailure(core.log, 'Start', error);
  }
}

/** Aborts this window's syncs, lets them write their end and give the lock back, then disposes everything. */
export async function deactivate(): Promise<void> {
  if (running !== undefined) {
    const { core, owned } = running;
    running = undefined;
    await Promise.all([core.syncs.shutDown(SHUTDOWN_MS), core.costs.runs.shutDown(SHUTDOWN_MS)]);
    owned.dispose();
  }
}
