import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Instance } from '../../store/instances/instance';
import type { SyncPreview } from '../../sync/engine/coordinatorTypes';
import { changesText } from '../../sync/words';
import type { Core } from '../core';
import { withCancel } from '../withCancel';
import { previewText } from '../../sync/texts/previewText';

/** Says what a sync would change, in a document, and offers to run it. @throws AbortError when cancelled */
export async function previewSync(core: Core, instances: readonly Instance[]): Promise<void> {
  const names = instances.map(({ name }) => name).join(', ');
  const request = { kind: 'incremental', trigger: 'manual' } as const;
  const previews = await withCancel(l10n.t('Preview of {0}', names), (signal) =>
    core.syncs.preview(instances, request, signal),
  );
  await core.texts.open({
    title: l10n.t('Preview of {0}.txt', names),
    text: previews.map(previewText).join('\n\n'),
  });
  // The command has ended; the answer starts another one.
  void offerSync(instances, previews);
}

async function offerSync(instances: readonly Instance[], previews: readonly SyncPreview[]): Promise<void> {
  const choice = await vscode.window.showInformationMessage(
    previews.map(summaryOf).join(' '),
    l10n.t('Sync'),
  );
  if (choice !== undefined) {
    await vscode.commands.executeCommand(
      'openwebuiSync.sync',
      instances.map(({ id }) => id),
    );
  }
}

function summaryOf({ instanceName, run }: SyncPreview): string {
  const reason = run.status === 'failed' ? run.error : undefined;
  return reason === undefined
    ? l10n.t('A sync of {0} would find: {1}.', instanceName, changesText(run.counts))
    : `${instanceName}: ${reason}`;
}
