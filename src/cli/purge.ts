import type { PurgePlan, PurgeResult } from '../store/writeResults';
import type { StoreWriter } from '../store/mirrorWriter';
import { leftText, planLines, removedText } from '../sync/privacyWords';
import { confirm, type YesOption } from './confirm';
import { changeMirror } from './lockedWriter';
import type { Terminal } from './terminal';

/** Something that removes data for good. */
export interface Purge {
  readonly folder: string;
  readonly zone: string;
  /** What it means, above the list of what goes. */
  readonly consequence: string;
  readonly question: string;
  readonly plan: (writer: StoreWriter) => Promise<PurgePlan>;
  readonly perform: (writer: StoreWriter) => Promise<PurgeResult>;
}

/** What was removed, and the files of it that could not be deleted yet. */
type Purged = PurgePlan & Pick<PurgeResult, 'filesLeft'>;

/**
 * Lists what will be removed, asks, and removes it.
 * @returns what was removed, and what could not be @throws CliError when not agreed to, SyncBusyError while a sync runs
 */
export async function purgeAfterQuestion(
  terminal: Terminal,
  { folder, zone, consequence, question, plan, perform }: Purge,
  options: YesOption,
): Promise<Purged> {
  const planned = await changeMirror(folder, zone, terminal, plan);
  terminal.err(`${[`${consequence} This cannot be undone.`, ...planLines(planned)].join('\n')}\n`);
  await confirm(terminal, question, options);
  const result = await changeMirror(folder, zone, terminal, perform);
  return { ...planned, filesLeft: result.filesLeft };
}

/** It as a line of output. */
export function purgedText(purged: Purged): string {
  return `${removedText(purged)}.${leftText(purged)}`;
}
