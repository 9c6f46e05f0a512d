import * as l10n from '@vscode/l10n';
import { FAILURES, type FailureCode } from '../../sync/openwebui/failures';
import { remedyOf, type WarehouseRemedy } from '../../warehouse/warehouseErrors';
import { isSignInFailure } from '../instances/signInFailures';

/** What a person can do next about a failure. */
export type StepName =
  | 'tryAgain'
  | 'signIn'
  | 'editInstance'
  | 'testConnection'
  | 'addInstance'
  | 'addDemo'
  | 'syncAll'
  | 'checkForUpdates'
  | 'freeUpSpace'
  | 'revealFolder'
  | 'checkDatabase'
  | 'restoreBackup'
  | 'changePrivacy'
  | 'openReportsFolder'
  | 'raiseTimeLimit'
  | 'connectAzureCost'
  | 'signInToAzure'
  | 'importCostFile'
  | 'addWarehouse'
  | 'pushToWarehouse'
  | 'enterWarehousePassword'
  | 'reportIssue';

/** A command with its arguments; undefined: the failed command once more. */
export interface FailureStep {
  readonly label: string;
  readonly run: readonly [command: string, ...args: readonly unknown[]] | undefined;
}

const STEPS: Readonly<Record<StepName, () => FailureStep>> = {
  tryAgain: () => ({ label: l10n.t('Try Again'), run: undefined }),
  signIn: () => ({ label: l10n.t('Sign In Again...'), run: ['openwebuiSync.signIn'] }),
  editInstance: () => ({ label: l10n.t('Edit Instance...'), run: ['openwebuiSync.editInstance'] }),
  testConnection: () => ({ label: l10n.t('Test Connection'), run: ['openwebuiSync.testConnection'] }),
  addInstance: () => ({ label: l10n.t('Add Instance...'), run: ['openwebuiSync.addInstance'] }),
  addDemo: () => ({ label: l10n.t('Add Demo Data'), run: ['openwebuiSync.addDemo'] }),
  syncAll: () => ({ label: l10n.t('Sync All'), run: ['openwebuiSync.syncAll'] }),
  checkForUpdates: () => ({
    label: l10n.t('Check for Updates'),
    run: ['workbench.extensions.action.checkForUpdates'],
  }),
  freeUpSpace: () => ({ label: l10n.t('Free Up Space...'), run: ['openwebuiSync.freeUpSpace'] }),
  revealFolder: () => ({ label: l10n.t('Reveal Folder'), run: ['openwebuiSync.revealDatabase', 'folder'] }),
  checkDatabase: () => ({ label: l10n.t('Check Database'), run: ['openwebuiSync.checkDatabase'] }),
  restoreBackup: () => ({ label: l10n.t('Restore a Backup...'), run: ['openwebuiSync.restoreBackup'] }),
  changePrivacy: () => ({ label: l10n.t('Change Privacy Mode...'), run: ['openwebuiSync.changePrivacy'] }),
  openReportsFolder: () => ({
    label: l10n.t('Open Folder of My Reports'),
    run: ['openwebuiSync.openReportsFolder'],
  }),
  raiseTimeLimit: () => ({
    label: l10n.t('Open Setting'),
    run: ['workbench.action.openSettings', 'openwebuiSync.query.timeoutSeconds'],
  }),
  connectAzureCost: () => ({
    label: l10n.t('Connect Azure Cost...'),
    run: ['openwebuiSync.connectAzureCost'],
  }),
  signInToAzure: () => ({ label: l10n.t('Sign In to Azure...'), run: ['openwebuiSync.signInToAzure'] }),
  importCostFile: () => ({ label: l10n.t('Import Cost File...'), run: ['openwebuiSync.importCostFile'] }),
  addWarehouse: () => ({ label: l10n.t('Add Warehouse...'), run: ['openwebuiSync.addWarehouse'] }),
  pushToWarehouse: () => ({
    label: l10n.t('Push to Warehouse...'),
    run: ['openwebuiSync.pushToWarehouse'],
  }),
  enterWarehousePassword: () => ({
    label: l10n.t('Enter Warehouse Password...'),
    run: ['openwebuiSync.enterWarehousePassword'],
  }),
  reportIssue: () => ({ label: l10n.t('Report Issue...'), run: ['openwebuiSync.reportIssue'] }),
};

/** By the name of an error's class: it survives the way between threads. A unit test holds all classes against it. */
export const STEPS_OF_ERRORS: Readonly<Record<string, readonly StepName[]>> = {
  SyncBusyError: ['tryAgain'],
  PublishConflictError: ['tryAgain'],
  WorkerGoneError: ['tryAgain'],
  InvalidInstanceError: ['tryAgain'],
  CostEntryError: ['tryAgain'],
  CostBusyError: ['tryAgain'],
  CostFileError: ['importCostFile'],
  AnalysisError: ['revealFolder'],
  CostConnectionsFileError: ['revealFolder'],
  ExportError: ['tryAgain'],
  ExportLedgerError: ['revealFolder'],
  WarehouseError: ['tryAgain'],
  WarehouseBusyError: ['tryAgain'],
  WarehousesFileError: ['revealFolder'],
  NoWarehouseError: ['addWarehouse'],
  UnknownWarehouseError: ['addWarehouse'],
  InvalidCostConnectionError: ['connectAzureCost'],
  AzureError: ['tryAgain'],
  AzureThrottledError: ['tryAgain'],
  AzureSignInError: ['signInToAzure'],
  NoInstanceError: ['addInstance'],
  DemoRemovedError: ['addDemo'],
  NoDatabaseError: ['syncAll', 'addInstance'],
  NoReportDataError: ['syncAll', 'addInstance'],
  NewerDatabaseError: ['checkForUpdates'],
  MigrationError: ['restoreBackup', 'reportIssue'],
  RestoreError: ['restoreBackup'],
  MirrorFullError: ['freeUpSpace'],
  DiskFullError: ['tryAgain', 'freeUpSpace'],
  FolderUnusableError: ['revealFolder'],
  DiskFailureError: ['checkDatabase'],
  TextFileError: ['checkDatabase'],
  DatabaseBrokenError: ['checkDatabase'],
  InstancesFileError: ['revealFolder'],
  NotPurgedError: ['changePrivacy'],
  QueryTimeoutError: ['raiseTimeLimit'],
  OwnReportError: ['openReportsFolder'],
  // A person's own statements fail in the results; here it is one of ours.
  SqlError: ['reportIssue'],
  MalformedChatError: ['reportIssue'],
  // Nobody meant these to be seen.
  TypeError: ['reportIssue'],
  RangeError: ['reportIssue'],
  ReferenceError: ['reportIssue'],
  ValiError: ['reportIssue'],
  AssertionError: ['reportIssue'],
};

/** Where the address is at fault: no other key and no second try helps. */
const ADDRESS: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'badAddress',
  'notOpenWebUi',
  'noTls',
  'redirected',
  'certificate',
  'dns',
  'connectionRefused',
]);

/** What helps when a server or the way to it failed. */
export function stepOfServerFailure(code: FailureCode): StepName {
  if (isSignInFailure(code)) {
    return 'signIn';
  }
  if (ADDRESS.has(code)) {
    return 'editInstance';
  }
  return FAILURES[code].isRetried ? 'tryAgain' : 'testConnection';
}

/** The steps to offer for a failure, most useful first. @param canRetry whether a command failed that can be run once more */
export function failureSteps(error: unknown, canRetry: boolean): readonly FailureStep[] {
  return namesFor(error)
    .map((name) => STEPS[name]())
    .filter(({ run }) => run !== undefined || canRetry);
}

function namesFor(error: unknown): readonly StepName[] {
  if (!(error instanceof Error)) {
    return ['reportIssue'];
  }
  if (error.name === 'OpenWebUiError' && 'code' in error) {
    return isFailureCode(error.code) ? [stepOfServerFailure(error.code)] : ['testConnection'];
  }
  const remedy = remedyOf(error);
  return (remedy && STEPS_OF_REMEDIES[remedy]) ?? STEPS_OF_ERRORS[error.name] ?? [];
}

/** A warehouse says itself what helps there. */
const STEPS_OF_REMEDIES: Readonly<Partial<Record<WarehouseRemedy, readonly StepName[]>>> = {
  push: ['pushToWarehouse'],
  otherPassword: ['enterWarehousePassword'],
};

function isFailureCode(code: unknown): code is FailureCode {
  return typeof code === 'string' && Object.hasOwn(FAILURES, code);
}
