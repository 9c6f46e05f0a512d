import type { PurgePlan, StoreWriter } from '../store/mirrorWriter';
import { planLines } from '../sync/privacyWords';
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
  readonly perform: (writer: StoreWriter) => Promise<unknown>;
}

/**
 * Lists what will be removed, asks, and removes it.
 * @returns what was removed @throws CliError when not agreed to, SyncBusyError while a sync runs
 */
export async function purgeAfterQuestion(
  terminal: Terminal,
  { folder, zone, consequence, question, plan, perform }: Purge,
  options: YesOption,
): Promise<PurgePlan> {
  const planned = await changeMirror(folder, zone, terminal, plan);
  terminal.err(`${[`${consequence} This cannot be undone.`, ...planLines(planned)].join('\n')}\n`);
  await confirm(terminal, question, options);
  await changeMirror(folder, zone, terminal, perform);
  return planned;
}
