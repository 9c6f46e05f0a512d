import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Instance } from '../../store/instances/instance';
import { SyncBusyError } from '../../sync/engine/coordinatorTypes';
import type { SyncRequest } from '../../sync/engine/syncTypes';
import type { CommandId } from '../commands/commandIds';
import { reportFailure } from '../commands/registry';
import type { Core, CoreFeature } from '../core';
import { NoInstanceError } from '../errors';
import { chooseInstances } from '../instances/chooseInstance';
import { askChoice, BACK } from '../quickInput';
import { withCancel } from '../withCancel';
import { confirmLargeSync } from './largeSync';
import { presentRuns } from './presenter';
import { progressMessage } from './progressMessage';
import { countOf } from '../../sync/words';

/** What a person asks for; the trigger goes without saying. */
export type ManualRequest = Omit<SyncRequest, 'trigger'>;

const RECONCILE: ManualRequest = { kind: 'incremental', walk: 'complete' };

const COMMANDS: readonly {
  readonly id: CommandId;
  readonly title: () => string;
  readonly request: ManualRequest;
}[] = [
  { id: 'openwebuiSync.sync', title: () => l10n.t('Sync'), request: { kind: 'incremental' } },
  { id: 'openwebuiSync.fullSync', title: () => l10n.t('Full Sync'), request: { kind: 'full' } },
  { id: 'openwebuiSync.reconcile', title: () => l10n.t('Reconcile'), request: RECONCILE },
];

/** Sync, Sync All, Full Sync, Full Sync All, Reconcile, Cancel Sync. */
export const syncFeature: CoreFeature = (core) => {
  for (const { id, title, request } of COMMANDS) {
    core.registerCommand(id, async (...args) => {
      await syncByHand(core, await chooseInstances(args, core.instances.list(), title()), request);
    });
  }
  core.registerCommand('openwebuiSync.syncAll', () =>
    syncByHand(core, enabledInstances(core), { kind: 'incremental' }),
  );
  core.registerCommand('openwebuiSync.fullSyncAll', () =>
    syncByHand(core, enabledInstances(core), { kind: 'full' }),
  );
  core.registerCommand('openwebuiSync.cancelSync', async (...args) => {
    const ids = await chooseRunning(core, args);
    await Promise.all(ids.map((id) => core.syncs.cancel(id)));
  });
  return undefined;
};

function enabledInstances(core: Core): readonly Instance[] {
  const enabled = core.instances.list().filter((instance) => instance.enabled);
  if (enabled.length === 0) {
    throw core.instances.list().length === 0
      ? new NoInstanceError()
      : new Error(l10n.t('All instances are paused. Resume one with "Edit Instance...".'));
  }
  return enabled;
}

/**
 * Syncs because a person asked: with a notification that counts and can cancel; what costs a lot is asked about before.
 * Resolves when all runs have ended. @throws CancelledError
 */
export async function syncByHand(
  core: Core,
  instances: readonly Instance[],
  manual: ManualRequest,
): Promise<void> {
  const request: SyncRequest = { ...manual, trigger: 'manual' };
  await confirmLargeSync(core, instances, request);
  try {
    const runs = await withProgress(core, instances, request);
    presentRuns(core, runs, (ids) => {
      const again = core.instances.list().filter(({ id }) => ids.includes(id));
      syncByHand(core, again, manual).catch((error: unknown) => reportFailure(core.log, 'Sync', error));
    });
  } catch (error) {
    if (!(error instanceof SyncBusyError)) {
      throw error;
    }
    offerToCancelElsewhere(core, error);
  }
}

function withProgress(core: Core, instances: readonly Instance[], request: SyncRequest) {
  const who = instances.length === 1 ? (instances[0]?.name ?? '') : countOf(instances.length, 'instance');
  const title = request.kind === 'full' ? l10n.t('Full sync of {0}', who) : l10n.t('Sync of {0}', who);
  const ids = new Set(instances.map(({ id }) => id));
  return withCancel(title, async (signal, progress) => {
    const listening = core.mirror.onDidChange(() => {
      const ours = core.mirror.running.filter(({ instanceId }) => ids.has(instanceId));
      progress.report({ message: progressMessage(ours, instances.length === 1) });
    });
    try {
      return await core.syncs.run(instances, request, signal);
    } finally {
      listening.dispose();
    }
  });
}

/** Does not wait for the answer: the command has ended. */
function offerToCancelElsewhere(core: Core, busy: SyncBusyError): void {
  void vscode.window.showInformationMessage(busy.message, l10n.t('Cancel It')).then(async (choice) => {
    if (choice !== undefined) {
      await core.syncs.cancel();
    }
  });
}

/** The instances whose runs shall end; undefined stands for all of them. */
async function chooseRunning(core: Core, args: readonly unknown[]): Promise<readonly (number | undefined)[]> {
  const { running } = core.mirror;
  const instances = core.instances
    .list()
    .filter(({ id }) => running.some(({ instanceId }) => instanceId === id));
  if (instances.length <= 1) {
    return [instances[0]?.id];
  }
  if (args.length > 0 && args[0] !== undefined) {
    return (await chooseInstances(args, instances, l10n.t('Cancel Sync'))).map(({ id }) => id);
  }
  const choice = await askChoice<number | undefined>({
    title: l10n.t('Cancel Sync'),
    placeholder: l10n.t('Which sync? What was fetched is kept.'),
    items: [
      { label: l10n.t('All'), value: undefined },
      ...instances.map(({ id, name }) => ({ label: name, value: id })),
    ],
  });
  return [choice === BACK ? undefined : choice];
}
