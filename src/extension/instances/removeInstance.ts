import * as l10n from '@vscode/l10n';
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
    void vscode.window.showWarningMessage(l10n.t('{0} was removed.{1}', instance.name, leftText(result)));
  }
}

async function askForData(core: Core, { id, name }: Instance): Promise<'keep' | 'delete'> {
  const status = core.mirror.status.instances.find(({ instanceId }) => instanceId === id);
  const amount =
    status === undefined
      ? l10n.t('Nothing was synced from it yet.')
      : l10n.t(
          'The database holds {0} and {1} of it. Keep them for SQL, or delete them for good.',
          countOf(status.chats, 'chat'),
          countOf(status.messages, 'message'),
        );
  const keep = l10n.t('Keep Data');
  const choice = await vscode.window.showWarningMessage(
    l10n.t('Remove {0}?', name),
    { modal: true, detail: l10n.t('Its key is deleted. {0}', amount) },
    keep,
    l10n.t('Delete Data'),
  );
  if (choice === undefined) {
    throw new CancelledError();
  }
  return choice === keep ? 'keep' : 'delete';
}
