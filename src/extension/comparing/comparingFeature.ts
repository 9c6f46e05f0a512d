import * as l10n from '@vscode/l10n';
import type { CoreFeature } from '../core';
import { chooseInstance, chooseInstances } from '../instances/chooseInstance';
import { previewSync } from './previewSync';
import { reviewDeletions } from './reviewDeletions';
import { verify } from './verify';

/** Preview Sync, Verify, Review Deletions. */
export const comparingFeature: CoreFeature = (core) => {
  core.registerCommand('openwebuiSync.previewSync', async (...args) => {
    await previewSync(core, await chooseInstances(args, core.instances.list(), l10n.t('Preview Sync')));
  });
  core.registerCommand('openwebuiSync.verify', async (...args) => {
    await verify(core, await chooseInstance(args, core.instances.list(), l10n.t('Verify')));
  });
  core.registerCommand('openwebuiSync.reviewDeletions', async (...args) => {
    const held = new Set(
      core.mirror.status.instances
        .filter(({ heldDeletions }) => heldDeletions > 0)
        .map(({ instanceId }) => instanceId),
    );
    const instances = core.instances.list().filter(({ id }) => held.has(id));
    if (instances.length === 0) {
      throw new Error(l10n.t('No deletion is held back.'));
    }
    await reviewDeletions(core, await chooseInstance(args, instances, l10n.t('Review Deletions')));
  });
  return undefined;
};
