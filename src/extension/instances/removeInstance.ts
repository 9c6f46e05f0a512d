import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Instance } from '../../store/instances/instance';
import { withLockedWriter } from '../../sync/engine/lockedWriter';
import { confirm } from '../confirm';
import type { Core } from '../core';
import { tellElsewhere } from '../privacy/tellElsewhere';
import { leftText } from '../../sync/privacyWords';
import { countOf } from '../../sync/words';

/** Removes instances with their keys; asks once whether their rows stay in the database. @throws CancelledError, SyncBusyError */
export async function removeInstances(core: Core, instances: readonly Instance[]): Promise<void> {
  const data = await askForData(core, instances);
  for (const instance of instances) {
    await removeInstance(core, instance, data);
  }
}

async function removeInstance(core: Core, instance: Instance, data: 'keep' | 'delete'): Promise<void> {
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
  if (result !== undefined && data === 'delete') {
    await tellElsewhere(core, instance);
  }
}

async function askForData(core: Core, instances: readonly Instance[]): Promise<'keep' | 'delete'> {
  const keep = l10n.t('Keep Data');
  const answer = await confirm({
    question: l10n.t('Remove {0}?', instances.map(({ name }) => name).join(', ')),
    detail: detailOf(core, instances),
    answers: [keep, l10n.t('Delete Data')],
  });
  return answer === keep ? 'keep' : 'delete';
}

function detailOf(core: Core, instances: readonly Instance[]): string {
  const ids = new Set(instances.map(({ id }) => id));
  const statuses = core.mirror.status.instances.filter(({ instanceId }) => ids.has(instanceId));
  const chats = countOf(sum(statuses.map((status) => status.chats)), 'chat');
  const messages = countOf(sum(statuses.map((status) => status.messages)), 'message');
  if (instances.length > 1) {
    return statuses.length === 0
      ? l10n.t('Their keys are deleted. Nothing was synced from them yet.')
      : l10n.t(
          'Their keys are deleted. The database holds {0} and {1} of them. Keep them for SQL, or delete them for good.',
          chats,
          messages,
        );
  }
  const amount =
    statuses.length === 0
      ? l10n.t('Nothing was synced from it yet.')
      : l10n.t(
          'The database holds {0} and {1} of it. Keep them for SQL, or delete them for good.',
          chats,
          messages,
        );
  return l10n.t('Its key is deleted. {0}', amount);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
