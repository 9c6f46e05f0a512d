import * as vscode from 'vscode';
import type { Instance } from '../../store/instance';
import type { SyncKind } from '../../store/runs';
import { SyncBusyError } from '../../sync/engine/coordinatorTypes';
import { reportFailure } from '../commands/registry';
import type { Core, CoreFeature } from '../core';
import { chooseInstances } from '../instances/chooseInstance';
import { askChoice, BACK } from '../quickInput';
import { presentRuns } from './presenter';
import { progressMessage } from './progressMessage';

/** Sync, Sync All, Full Sync, Full Sync All, Cancel Sync. */
export const syncFeature: CoreFeature = (core) => {
  const register = (id: 'sync' | 'fullSync', allId: 'syncAll' | 'fullSyncAll', kind: SyncKind): void => {
    const title = kind === 'full' ? 'Full Sync' : 'Sync';
    core.registerCommand(`openwebuiSync.${id}`, async (...args) => {
      await syncByHand(core, await chooseInstances(args, core.instances.list(), title), kind);
    });
    core.registerCommand(`openwebuiSync.${allId}`, () => syncByHand(core, enabledInstances(core), kind));
  };
  register('sync', 'syncAll', 'incremental');
  register('fullSync', 'fullSyncAll', 'full');
  core.registerCommand('openwebuiSync.cancelSync', async (...args) => {
    await core.syncs.cancel(await chooseRunning(core, args));
  });
  return undefined;
};

function enabledInstances(core: Core): readonly Instance[] {
  const enabled = core.instances.list().filter((instance) => instance.enabled);
  if (enabled.length === 0) {
    throw new Error('There is no instance to sync. Add one first.');
  }
  return enabled;
}

/** Syncs because a person asked: with a notification that counts and can cancel. Resolves when all runs have ended. */
export async function syncByHand(core: Core, instances: readonly Instance[], kind: SyncKind): Promise<void> {
  try {
    const runs = await withProgress(core, instances, kind);
    presentRuns(core, runs, (ids) => {
      const again = core.instances.list().filter(({ id }) => ids.includes(id));
      syncByHand(core, again, kind).catch((error: unknown) => reportFailure(core.log, 'Sync', error));
    });
  } catch (error) {
    if (!(error instanceof SyncBusyError)) {
      throw error;
    }
    offerToCancelElsewhere(core, error);
  }
}

function withProgress(core: Core, instances: readonly Instance[], kind: SyncKind) {
  const who = instances.length === 1 ? (instances[0]?.name ?? '') : `${instances.length} instances`;
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: `${kind === 'full' ? 'Full sync' : 'Sync'} of ${who}`,
    cancellable: true,
  };
  const ids = new Set(instances.map(({ id }) => id));
  return vscode.window.withProgress(options, async (progress, token) => {
    const abort = new AbortController();
    const listening = vscode.Disposable.from(
      token.onCancellationRequested(() => abort.abort()),
      core.mirror.onDidChange(() => {
        const ours = core.mirror.running.filter(({ instanceId }) => ids.has(instanceId));
        const message = progressMessage(ours, instances.length === 1);
        progress.report({ message });
      }),
    );
    try {
      return await core.syncs.run(instances, { kind, trigger: 'manual' }, abort.signal);
    } finally {
      listening.dispose();
    }
  });
}

/** Does not wait for the answer: the command has ended. */
function offerToCancelElsewhere(core: Core, busy: SyncBusyError): void {
  void vscode.window.showInformationMessage(busy.message, 'Cancel It').then(async (choice) => {
    if (choice === 'Cancel It') {
      await core.syncs.cancel();
    }
  });
}

/** The instance whose run shall end; undefined for all of them. */
async function chooseRunning(core: Core, args: readonly unknown[]): Promise<number | undefined> {
  const { running } = core.mirror;
  const instances = core.instances
    .list()
    .filter(({ id }) => running.some(({ instanceId }) => instanceId === id));
  if (instances.length <= 1) {
    return instances[0]?.id;
  }
  if (args.length > 0 && args[0] !== undefined) {
    const [meant] = await chooseInstances(args, instances, 'Cancel Sync');
    return meant?.id;
  }
  const choice = await askChoice<number | undefined>({
    title: 'Cancel Sync',
    placeholder: 'Which sync? What was fetched is kept.',
    items: [
      { label: 'All', value: undefined },
      ...instances.map(({ id, name }) => ({ label: name, value: id })),
    ],
  });
  return choice === BACK ? undefined : choice;
}
