import * as vscode from 'vscode';
import type { Instance } from '../../store/instances/instance';
import { reportFailure } from '../commands/registry';
import type { Core } from '../core';
import { CancelledError } from '../errors';
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
    void vscode.window.showInformationMessage(`No deletion of ${instance.name} is held back.`);
    return;
  }
  await core.texts.open({
    title: `Deletions of ${instance.name}.txt`,
    text: heldDeletionsText(instance.name, deletions),
  });
  // The user reads first; the command has ended by then.
  ask(core, instance, deletions).catch((error: unknown) =>
    reportFailure(core.log, 'Review Deletions', error),
  );
}

async function ask(core: Core, instance: Instance, deletions: readonly HeldDeletion[]): Promise<void> {
  const amounts = heldAmounts(deletions);
  const choice = await vscode.window.showWarningMessage(
    `${instance.name}: ${amounts} held back. Are they really gone?`,
    'Mark Deleted…',
    'Keep',
  );
  if (choice !== 'Mark Deleted…') {
    return;
  }
  const confirmed = await vscode.window.showWarningMessage(
    `Mark ${amounts} of ${instance.name} as deleted?`,
    {
      modal: true,
      detail:
        'A sync looks at everybody again and marks what the server still does not show. The rows stay in the database; ' +
        'reports count them only where they say so. What comes back on the server is unmarked.',
    },
    'Mark Deleted',
  );
  if (confirmed === undefined) {
    throw new CancelledError();
  }
  await syncByHand(core, [instance], { kind: 'incremental', walk: 'complete', acceptMassDeletion: true });
}
