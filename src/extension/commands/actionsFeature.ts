import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Core, CoreFeature } from '../core';
import { askChoice, BACK } from '../quickInput';
import type { CommandId } from './commandIds';

interface Action {
  readonly label: string;
  readonly command: CommandId;
  /** Default: always. */
  readonly isOffered?: (core: Core) => boolean;
}

const hasInstances = ({ instances }: Core): boolean => instances.list().length > 0;

const actions = (): readonly Action[] => [
  {
    label: `$(stop-circle) ${l10n.t('Cancel Sync')}`,
    command: 'openwebuiSync.cancelSync',
    isOffered: ({ mirror }) => mirror.running.length > 0,
  },
  {
    label: `$(checklist) ${l10n.t('Review Deletions...')}`,
    command: 'openwebuiSync.reviewDeletions',
    isOffered: ({ model }) => model.hasHeldDeletions,
  },
  { label: `$(sync) ${l10n.t('Sync All')}`, command: 'openwebuiSync.syncAll', isOffered: hasInstances },
  { label: `$(sync) ${l10n.t('Sync...')}`, command: 'openwebuiSync.sync', isOffered: hasInstances },
  {
    label: `$(cloud-download) ${l10n.t('Full Sync All')}`,
    command: 'openwebuiSync.fullSyncAll',
    isOffered: hasInstances,
  },
  {
    label: `$(graph) ${l10n.t('Open Report for All Instances')}`,
    command: 'openwebuiSync.openReportAll',
    isOffered: hasInstances,
  },
  {
    label: `$(list-selection) ${l10n.t('Choose a Report...')}`,
    command: 'openwebuiSync.chooseReport',
    isOffered: hasInstances,
  },
  {
    label: `$(dashboard) ${l10n.t('Open Dashboard')}`,
    command: 'openwebuiSync.openDashboard',
    isOffered: hasInstances,
  },
  {
    label: `$(export) ${l10n.t('Export All Reports...')}`,
    command: 'openwebuiSync.exportAllReports',
    isOffered: hasInstances,
  },
  {
    label: `$(tag) ${l10n.t('Confirm Prices...')}`,
    command: 'openwebuiSync.confirmPrices',
    isOffered: hasInstances,
  },
  {
    label: `$(credit-card) ${l10n.t('Sync Azure Cost')}`,
    command: 'openwebuiSync.syncCosts',
    isOffered: ({ costs }) => costs.connections.list().length > 0,
  },
  {
    label: `$(search) ${l10n.t('Search Chats...')}`,
    command: 'openwebuiSync.searchChats',
    isOffered: hasInstances,
  },
  { label: `$(new-file) ${l10n.t('New Query')}`, command: 'openwebuiSync.newQuery' },
  {
    label: `$(watch) ${l10n.t('Start Timer...')}`,
    command: 'openwebuiSync.startTimer',
    isOffered: ({ timer }) => !timer.isOn,
  },
  {
    label: `$(circle-slash) ${l10n.t('Stop Timer')}`,
    command: 'openwebuiSync.stopTimer',
    isOffered: ({ timer }) => timer.isOn,
  },
  { label: `$(add) ${l10n.t('Add Instance...')}`, command: 'openwebuiSync.addInstance' },
  {
    label: `$(mortar-board) ${l10n.t('Get Started')}`,
    command: 'openwebuiSync.openWalkthrough',
  },
  { label: `$(output) ${l10n.t('Show Log')}`, command: 'openwebuiSync.showLog' },
  { label: `$(report) ${l10n.t('Report Issue...')}`, command: 'openwebuiSync.reportIssue' },
];

/** What a click on the status bar item offers, and the log. */
export const actionsFeature: CoreFeature = (core) => {
  core.registerCommand('openwebuiSync.showLog', () => core.log.show());
  core.registerCommand('openwebuiSync.showActions', async () => {
    const command = await askChoice<CommandId>({
      title: 'OpenWebUI Sync',
      placeholder: l10n.t('What shall be done?'),
      items: actions()
        .filter(({ isOffered }) => isOffered?.(core) ?? true)
        .map((action) => ({
          label: action.label,
          value: action.command,
        })),
    });
    if (command !== BACK) {
      await vscode.commands.executeCommand(command);
    }
  });
  return undefined;
};
