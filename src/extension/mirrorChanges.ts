import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Analysis } from '../store/analysis/analysisTypes';
import { changingAnalysis } from '../store/analysis/changingAnalysis';
import type { StoreWriter } from '../store/mirrorWriter';
import type { WriterPurpose } from '../store/openWriter';
import { withLockedWriter } from '../sync/engine/lockedWriter';
import type { Core } from './core';
import { CancelledError } from './errors';
import { chooseOne } from './quickInput';

/** Cancels what syncs here if the user agrees: what follows needs the mirror for itself. @throws CancelledError */
export async function endRunningSyncs(core: Core): Promise<void> {
  if (core.mirror.running.length === 0) {
    return;
  }
  const goesOn = await chooseOne(l10n.t('Cancel Sync'), l10n.t('A sync is running. Cancel it first?'), [
    {
      label: l10n.t('Cancel Sync'),
      detail: l10n.t('What it fetched is kept; the next sync goes on from there.'),
      value: true,
    },
    { label: l10n.t('Let It Run'), value: false },
  ]);
  if (!goesOn) {
    throw new CancelledError();
  }
  await core.syncs.cancel();
}

/** One change of the mirror outside a sync, with a notification while it works. @throws SyncBusyError */
export function changeWithWriter<T>(
  core: Core,
  title: string,
  change: (writer: StoreWriter) => Promise<T>,
  purpose: WriterPurpose = {},
): Thenable<T> {
  const options = { location: vscode.ProgressLocation.Notification, title };
  return vscode.window.withProgress(options, () =>
    withLockedWriter(core.locker, () => core.openWriter(purpose), change),
  );
}

/** One change of analysis.json, which counts at once. @throws AnalysisError, CostEntryError; SyncBusyError while a sync runs */
export async function changeAnalysis(
  core: Core,
  title: string,
  change: (analysis: Analysis) => Analysis,
): Promise<void> {
  await changeWithWriter(core, title, changingAnalysis(core.folder.root, change));
  await core.mirror.reload();
}
