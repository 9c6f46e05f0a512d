import * as l10n from '@vscode/l10n';
import type { PurgePlan, PurgeResult } from '../../store/writeResults';
import type { StoreWriter } from '../../store/mirrorWriter';
import { leftText, planLines, removedText } from '../../sync/privacyWords';
import { confirm } from '../confirm';
import type { Core } from '../core';
import { changeWithWriter, endRunningSyncs } from '../mirrorChanges';

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
  const plan = await changeWithWriter(core, l10n.t('Looking at what will be removed'), purge.plan);
  await confirm({
    question: purge.question,
    detail: l10n.t(
      '{0} This cannot be undone.\n\n{1}',
      purge.consequence,
      planLines(plan, MOST_FILES_LISTED).join('\n'),
    ),
    answers: [purge.button],
  });
  // The timer may have begun while the question stood.
  await endRunningSyncs(core);
  const result = await changeWithWriter(core, l10n.t('Removing data'), purge.perform);
  await core.mirror.reload();
  return { removed: removedText(plan), left: leftText(result) };
}
