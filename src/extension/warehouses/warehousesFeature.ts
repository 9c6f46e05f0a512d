import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { countOf, formatDuration } from '../../sync/words';
import { toError } from '../../store/errors';
import { remedyOf } from '../../warehouse/warehouseErrors';
import { pushedRows } from '../../warehouse/warehousesFile';
import type { PushProgress, PushResult, Warehouse } from '../../warehouse/warehouseTypes';
import type { CoreFeature } from '../core';
import { confirm } from '../confirm';
import { withCancel } from '../withCancel';
import { enterPassword, enterWarehouse } from './addWarehouse';
import { chooseWarehouse } from './chooseWarehouse';
import { removeWarehouse } from './removeWarehouse';

/** Commands that add and remove warehouses, and push to them. Nothing of a workspace can: the list is in the data folder. */
export const warehousesFeature: CoreFeature = (core) => {
  const { warehouses } = core;
  core.registerCommand('openwebuiSync.addWarehouse', async () => {
    const { warehouse, password } = await enterWarehouse();
    await connecting(warehouse, () => warehouses.add(warehouse, password));
    void tell(l10n.t('{0} was added. Push to it to fill it.', warehouse.name), l10n.t('Push'), () =>
      vscode.commands.executeCommand('openwebuiSync.pushToWarehouse', warehouse.name),
    );
  });

  core.registerCommand('openwebuiSync.enterWarehousePassword', async () => {
    const title = l10n.t('Enter Warehouse Password');
    const warehouse = await chooseWarehouse(title, await warehouses.list());
    const password = await enterPassword(title, warehouse.user);
    await connecting(warehouse, () => warehouses.changePassword(warehouse, password));
    void vscode.window.showInformationMessage(l10n.t('{0} is read with the new password.', warehouse.name));
  });

  core.registerCommand('openwebuiSync.removeWarehouse', () => removeWarehouse(warehouses));

  core.registerCommand('openwebuiSync.pushToWarehouse', async (name) => {
    const all = await warehouses.list();
    const warehouse =
      all.find((other) => other.name === name) ?? (await chooseWarehouse(l10n.t('Push to Warehouse'), all));
    const push = (afterRestore: boolean): Promise<PushResult> =>
      withCancel(l10n.t('Pushing to {0}', warehouse.name), (signal, progress) =>
        warehouses.push(warehouse, {
          signal,
          afterRestore,
          onProgress: (at) => progress.report({ message: progressText(at) }),
        }),
      );
    const result = await push(false).catch(async (error: unknown) => {
      await confirmToFollow(error);
      return push(true);
    });
    void vscode.window.showInformationMessage(pushText(warehouse.name, result));
  });

  return undefined;
};

function connecting({ name }: Warehouse, work: () => Promise<void>): Thenable<void> {
  const title = l10n.t('Connecting to {0}…', name);
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, work);
}

/** A warehouse follows a mirror that was restored only where a person wants that. @throws CancelledError; what is no such failure */
async function confirmToFollow(error: unknown): Promise<void> {
  if (remedyOf(error) !== 'pushAfterRestore') {
    throw error;
  }
  await confirm({
    question: l10n.t('Let the warehouse follow this mirror?'),
    detail: toError(error).message,
    answers: [l10n.t('Push and Delete There')],
  });
}

async function tell(message: string, label: string, act: () => Thenable<unknown>): Promise<void> {
  if ((await vscode.window.showInformationMessage(message, label)) === label) {
    await act();
  }
}

function progressText({ table, done, total }: PushProgress): string {
  return total === 0 ? table : l10n.t('{0}: {1} of {2} rows', table, done, total);
}

function pushText(name: string, result: PushResult): string {
  const { inserted, updated, marked, deleted } = pushedRows(result);
  const rows = inserted + updated + marked + deleted;
  const duration = formatDuration(result.ms);
  return rows === 0
    ? l10n.t('Pushed to {0} in {1}: nothing had changed.', name, duration)
    : l10n.t('Pushed to {0} in {1}: {2} changed.', name, duration, countOf(rows, 'row'));
}
