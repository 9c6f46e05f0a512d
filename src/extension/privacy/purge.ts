import * as vscode from 'vscode';
import type { PurgePlan, PurgeResult } from '../../store/writeResults';
import type { StoreWriter } from '../../store/mirrorWriter';
import type { WriterPurpose } from '../../store/openWriter';
import { withLockedWriter } from '../../sync/engine/lockedWriter';
import { leftText, planLines, removedText } from '../../sync/privacyWords';
import type { Core } from '../core';
import { CancelledError } from '../errors';

/** A dialog must fit on the screen. */
const MOST_FILES_LISTED = 15;

/** Something that removes data for good. */
export interface Purge {
  /** Of the dialog, such as `Erase Ada Admin?`. */
  readonly question: string;
  /** What it means, above the list of what goes. */
  readonly consequence: string;
  readonly button: string;
  readonly plan: (writer: StoreWriter) => Promise<PurgePlan>;
  readonly perform: (writer: StoreWriter) => Promise<PurgeResult>;
}

/** What came of a purge, as parts of a message. */
export interface PurgeWords {
  /** Such as `1,245 rows and 6 files`. */
  readonly removed: string;
  /** A sentence of its own, after a space; empty when everything is gone. */
  readonly left: string;
}

/**
 * Says what will be removed, asks, and removes it. No sync may run meanwhile: one that does is cancelled if the user
 * agrees. @returns what was removed, in words, and what could not be @throws CancelledError, SyncBusyError
 */
export async function purgeAfterQuestion(core: Core, purge: Purge): Promise<PurgeWords> {
  await endRunningSyncs(core);
  const plan = await changeWithWriter(core, 'Looking at what will be removed', purge.plan);
  const choice = await vscode.window.showWarningMessage(
    purge.question,
    {
      modal: true,
      detail: `${purge.consequence} This cannot be undone.\n\n${planLines(plan, MOST_FILES_LISTED).join('\n')}`,
    },
    purge.button,
  );
  if (choice === undefined) {
    throw new CancelledError();
  }
  // The timer may have begun while the question stood.
  await endRunningSyncs(core);
  const result = await changeWithWriter(core, 'Removing data', purge.perform);
  await core.mirror.reload();
  return { removed: removedText(plan), left: leftText(result) };
}

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
