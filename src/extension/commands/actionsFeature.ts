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

const ACTIONS: readonly Action[] = [
  {
    label: '$(stop-circle) Cancel Sync',
    command: 'openwebuiSync.cancelSync',
    isOffered: ({ mirror }) => mirror.running.length > 0,
  },
  {
    label: '$(checklist) Review Deletions…',
    command: 'openwebuiSync.reviewDeletions',
    isOffered: ({ model }) => model.hasHeldDeletions,
  },
  { label: '$(sync) Sync All', command: 'openwebuiSync.syncAll', isOffered: hasInstances },
  { label: '$(sync) Sync…', command: 'openwebuiSync.sync', isOffered: hasInstances },
  {
    label: '$(cloud-download) Full Sync All',
    command: 'openwebuiSync.fullSyncAll',
    isOffered: hasInstances,
  },
  {
    label: '$(graph) Open Report for All Instances',
    command: 'openwebuiSync.openReportAll',
    isOffered: hasInstances,
  },
  {
    label: '$(list-selection) Choose a Report...',
    command: 'openwebuiSync.chooseReport',
    isOffered: hasInstances,
  },
  { label: '$(dashboard) Open Dashboard', command: 'openwebuiSync.openDashboard', isOffered: hasInstances },
  {
    label: '$(export) Export All Reports...',
    command: 'openwebuiSync.exportAllReports',
    isOffered: hasInstances,
  },
  { label: '$(tag) Confirm Prices...', command: 'openwebuiSync.confirmPrices', isOffered: hasInstances },
  { label: '$(search) Search Chats...', command: 'openwebuiSync.searchChats', isOffered: hasInstances },
  { label: '$(new-file) New Query', command: 'openwebuiSync.newQuery' },
  {
    label: '$(watch) Start Timer…',
    command: 'openwebuiSync.startTimer',
    isOffered: ({ timer }) => !timer.isOn,
  },
  {
    label: '$(circle-slash) Stop Timer',
    command: 'openwebuiSync.stopTimer',
    isOffered: ({ timer }) => timer.isOn,
  },
  { label: '$(add) Add Instance…', command: 'openwebuiSync.addInstance' },
  { label: '$(output) Show Log', command: 'openwebuiSync.showLog' },
];

/** What a click on the status bar item offers, and the log. */
export const actionsFeature: CoreFeature = (core) => {
  core.registerCommand('openwebuiSync.showLog', () => core.log.show());
  core.registerCommand('openwebuiSync.showActions', async () => {
    const command = await askChoice<CommandId>({
      title: 'OpenWebUI Sync',
      placeholder: l10n.t('What shall be done?'),
      items: ACTIONS.filter(({ isOffered }) => isOffered?.(core) ?? true).map((action) => ({
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
