import * as vscode from 'vscode';
import type { StoreWriter } from '../store/mirrorWriter';
import type { WriterPurpose } from '../store/openWriter';
import { withLockedWriter } from '../sync/engine/lockedWriter';
import type { Core } from './core';
import { CancelledError } from './errors';

/** Cancels what syncs here if the user agrees: what follows needs the mirror for itself. @throws CancelledError */
export async function endRunningSyncs(core: Core): Promise<void> {
  if (core.mirror.running.length === 0) {
    return;
  }
  const choice = await vscode.window.showWarningMessage(
    'A sync is running. Cancel it first?',
    { modal: true, detail: 'What it fetched is kept; the next sync goes on from there.' },
    'Cancel Sync',
  );
  if (choice === undefined) {
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
