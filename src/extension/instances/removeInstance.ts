import * as vscode from 'vscode';
import type { Instance } from '../../store/instances/instance';
import { withLockedWriter } from '../../sync/engine/lockedWriter';
import type { Core } from '../core';
import { CancelledError } from '../errors';
import { leftText } from '../../sync/privacyWords';
import { countOf } from '../../sync/words';

/** Removes an instance with its key; asks whether its rows stay in the database. @throws CancelledError, SyncBusyError */
export async function removeInstance(core: Core, instance: Instance): Promise<void> {
  const data = await askForData(core, instance);
  await core.syncs.cancel(instance.id);
  const isMirrored = core.mirror.status.instances.some(({ instanceId }) => instanceId === instance.id);
  const result = isMirrored
    ? await withLockedWriter(core.locker, core.openWriter, (writer) =>
        writer.removeInstance(instance.id, data),
      )
    : undefined;
  await core.instances.remove(instance.id);
  await core.credentials.delete(instance);
  await core.mirror.reload();
  if (result !== undefined && result.filesLeft.length > 0) {
    void vscode.window.showWarningMessage(`${instance.name} was removed.${leftText(result)}`);
  }
}

async function askForData(core: Core, { id, name }: Instance): Promise<'keep' | 'delete'> {
  const status = core.mirror.status.instances.find(({ instanceId }) => instanceId === id);
  const amount =
    status === undefined
      ? 'Nothing was synced from it yet.'
      : `The database holds ${countOf(status.chats, 'chat')} and ${countOf(status.messages, 'message')} of it. ` +
        'Keep them for SQL, or delete them for good.';
  const choice = await vscode.window.showWarningMessage(
    `Remove ${name}?`,
    { modal: true, detail: `Its key is deleted. ${amount}` },
    'Keep Data',
    'Delete Data',
  );
  if (choice === undefined) {
    throw new CancelledError();
  }
  return choice === 'Keep Data' ? 'keep' : 'delete';
}
