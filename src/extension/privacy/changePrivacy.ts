import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Instance } from '../../store/instances/instance';
import type { PrivacyMode } from '../../store/instances/privacy';
import { isStricter } from '../../store/instances/privacy';
import { tightenInstance } from '../../sync/engine/tightenInstance';
import type { Core } from '../core';
import { askChoice, BACK } from '../quickInput';
import { PRIVACY_WORDS } from '../../sync/privacyWords';
import { privacyItems } from './privacyItems';
import { purgeAfterQuestion } from './purge';
import { tellElsewhere } from './tellElsewhere';

/**
 * Asks for the mode of an instance and puts it in force. A stricter one removes what the mirror holds already, after a
 * confirmation; a looser one offers the full sync that fetches what was left out.
 * @throws CancelledError, SyncBusyError
 */
export async function changePrivacy(core: Core, instance: Instance): Promise<void> {
  const current = instance.privacy ?? 'full';
  const mode = await askChoice<PrivacyMode>({
    title: l10n.t('Change Privacy Mode of {0}', instance.name),
    placeholder: l10n.t('What may the mirror hold?'),
    items: privacyItems(current),
    active: current,
  });
  if (mode === BACK) {
    return;
  }
  // What the mirror holds may be more than what is set, when an earlier purge did not come to its end.
  if (isStricter(mode, heldMode(core, instance))) {
    await purgeTo(core, instance, mode);
  } else if (mode !== current) {
    await core.instances.update(instance.id, { privacy: mode });
    tellWithoutPurge(instance, mode, isStricter(mode, current));
  }
}

/** The mode of what is in the mirror already; before the first sync nothing is. */
function heldMode(core: Core, { id }: Instance): PrivacyMode {
  return core.mirror.status.instances.find(({ instanceId }) => instanceId === id)?.privacy ?? 'counts';
}

async function purgeTo(core: Core, instance: Instance, mode: PrivacyMode): Promise<void> {
  const { id, name } = instance;
  const words = PRIVACY_WORDS[mode];
  const { removed, left } = await purgeAfterQuestion(core, {
    question: l10n.t('{0}: keep “{1}” and remove the rest?', name, words.name),
    consequence: l10n.t(
      '{0} What the mirror holds beyond that is removed, and all older copies with it.',
      words.holds,
    ),
    button: l10n.t('Remove Data'),
    plan: (writer) => writer.planPrivacy(id, mode),
    perform: (writer) =>
      tightenInstance(writer, instance, mode, (privacy) => core.instances.update(id, { privacy })),
  });
  void vscode.window.showInformationMessage(
    l10n.t('{0}: {1}. Removed: {2}.{3}', name, words.name, removed, left),
  );
  await tellElsewhere(core, instance);
}

function tellWithoutPurge({ id, name }: Instance, mode: PrivacyMode, isNowStricter: boolean): void {
  const text = `${name}: ${PRIVACY_WORDS[mode].name}.`;
  if (isNowStricter) {
    void vscode.window.showInformationMessage(l10n.t('{0} There was nothing to remove.', text));
    return;
  }
  // The command has ended; the answer starts another one.
  void vscode.window
    .showInformationMessage(
      l10n.t('{0} What was left out so far comes with the next full sync.', text),
      l10n.t('Full Sync'),
    )
    .then(async (choice) => {
      if (choice !== undefined) {
        await vscode.commands.executeCommand('openwebuiSync.fullSync', id);
      }
    });
}
