import * as l10n from '@vscode/l10n';
import type { Instance } from '../../store/instances/instance';
import type { SyncRequest } from '../../sync/engine/syncTypes';
import type { Core } from '../core';
import { CancelledError } from '../errors';
import { chooseOne } from '../quickInput';
import { largeSyncText } from './largeSyncText';

/**
 * Asks once before a sync that costs the server a lot. Silent for what only looks at active users, and before a first
 * sync: nothing is known of it yet, and the dialog that adds an instance told its size.
 * @throws CancelledError
 */
export async function confirmLargeSync(
  core: Core,
  instances: readonly Instance[],
  request: SyncRequest,
): Promise<void> {
  if (request.kind !== 'full' && request.walk !== 'complete') {
    return;
  }
  const question = largeSyncText(await core.syncs.budget(instances, request));
  if (question === undefined) {
    return;
  }
  const goesOn = await chooseOne(
    request.kind === 'full' ? l10n.t('Full Sync') : l10n.t('Reconcile'),
    question,
    [
      {
        label: l10n.t('Sync'),
        detail: l10n.t('You can cancel it at any time; what was fetched is kept.'),
        value: true,
      },
      { label: l10n.t('Not Now'), value: false },
    ],
  );
  if (!goesOn) {
    throw new CancelledError();
  }
}
