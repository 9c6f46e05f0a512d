import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Instance } from '../../store/instances/instance';
import { reportFailure } from '../commands/registry';
import { confirm } from '../confirm';
import type { Core } from '../core';
import { syncByHand } from '../syncing/syncFeature';
import type { HeldDeletion } from '../../sync/texts/heldDeletions';
import { heldAmounts, heldDeletionsText, readHeldDeletions } from '../../sync/texts/heldDeletions';

/**
 * Shows what the brake held back, by name, and asks whether it is to be marked deleted. Keeping it changes nothing: the
 * rows stay, and the next sync looks again.
 */
export async function reviewDeletions(core: Core, instance: Instance): Promise<void> {
  const deletions = await readHeldDeletions(core.reader, instance.id);
  if (deletions.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('No deletion of {0} is held back.', instance.name));
    return;
  }
  await core.texts.open({
    title: l10n.t('Deletions of {0}.txt', instance.name),
    text: heldDeletionsText(instance.name, deletions),
  });
  // The user reads first; the command has ended by then.
  ask(core, instance, deletions).catch((error: unknown) =>
    reportFailure(core.log, 'Review Deletions', error),
  );
}

async function ask(core: Core, instance: Instance, deletions: readonly HeldDeletion[]): Promise<void> {
  const amounts = heldAmounts(deletions);
  const markDeleted = l10n.t('Mark Deleted...');
  const choice = await vscode.window.showWarningMessage(
    l10n.t('{0}: {1} held back. Are they really gone?', instance.name, amounts),
    markDeleted,
    l10n.t('Keep'),
  );
  if (choice !== markDeleted) {
    return;
  }
  await confirm({
    question: l10n.t('Mark {0} of {1} as deleted?', amounts, instance.name),
    detail: l10n.t(
      'A sync looks at everybody again and marks what the server still does not show. The rows stay in the database; reports count them only where they say so. What comes back on the server is unmarked.',
    ),
    answers: [l10n.t('Mark Deleted')],
  });
  await syncByHand(core, [instance], { kind: 'incremental', walk: 'complete', acceptMassDeletion: true });
}
