import type { Backup, RestoreResult } from '../../store/backups/backupTypes';
import { countOf, formatBytes, formatCount, formatDateTime } from '../words';

export const NO_BACKUP = 'There is no backup yet. Each sync that changes something makes one.';

/** What all instances of a backup hold together. */
export interface Amounts {
  readonly users: number;
  readonly chats: number;
  readonly messages: number;
  readonly deletedChats: number;
}

const NOTHING: Amounts = { users: 0, chats: 0, messages: 0, deletedChats: 0 };

/** Why a backup was made. */
export function kindText({ kind, name }: Pick<Backup, 'kind' | 'name'>): string {
  switch (kind) {
    case 'generation':
      return 'one of the last';
    case 'daily':
      return 'one a day';
    case 'damaged':
      return 'put aside';
    case 'pinned':
      return name.startsWith('pinned/restore-') ? 'before a restore' : 'before an update';
  }
}

/** `2025-11-16 14:30:15`, or the file's name where that is not known. */
export function timeText({ writtenAt, name }: Backup, zone: string): string {
  return writtenAt === undefined ? name : formatDateTime(writtenAt * 1000, zone);
}

/** `38 users, 482 chats, 1,245 messages` */
export function amountsText(backup: Backup): string {
  const { users, chats, messages } = heldBy(backup);
  return [countOf(users, 'user'), countOf(chats, 'chat'), countOf(messages, 'message')].join(', ');
}

/** What stands in the way of a backup, or what it lacks; undefined: nothing. */
export function flawText({ problem, missingTexts }: Backup): string | undefined {
  if (problem !== undefined) {
    return problem;
  }
  return missingTexts.length === 0
    ? undefined
    : `Text of older messages is not there any more: ${countOf(missingTexts.length, 'file')} below content/ missing.`;
}

/** One line of a list: number, size and why it was made. */
export function originText(backup: Backup): string {
  const number = backup.number === undefined ? [] : [`no. ${formatCount(backup.number)}`];
  return [...(backup.isNewest ? ['now'] : []), kindText(backup), ...number, formatBytes(backup.bytes)].join(
    ' · ',
  );
}

/** What a restore would change: a sentence for each consequence. */
export function consequenceText(backup: Backup, backups: readonly Backup[]): readonly string[] {
  const now = backups.find(({ isNewest }) => isNewest);
  const before = now === undefined ? NOTHING : heldBy(now);
  const after = heldBy(backup);
  const onlyHere = before.deletedChats - after.deletedChats;
  const flaw = flawText(backup);
  // What a newer version wrote may not say what it holds.
  const isKnown = now?.problem === undefined || now.instances.length > 0;
  return [
    `It holds ${isKnown ? differenceText(before, after) : amountsText(backup)}.`,
    ...(onlyHere > 0
      ? [`${countOf(onlyHere, 'chat')} that the server has no more would be in the backup of now alone.`]
      : []),
    ...(flaw === undefined ? [] : [flaw]),
    'What is there now stays as a backup. The next sync goes on from where the backup stood.',
  ];
}

/** Said once it is done. */
export function restoredText(backup: Backup, { before }: RestoreResult, zone: string): string {
  const kept = before === undefined ? '' : ` What was there before is kept as ${before}.`;
  return `Restored the backup of ${timeText(backup, zone)}: ${amountsText(backup)}.${kept}`;
}

/** The sum over its instances. */
export function heldBy({ instances }: Pick<Backup, 'instances'>): Amounts {
  return instances.reduce(
    (sum, instance) => ({
      users: sum.users + instance.users,
      chats: sum.chats + instance.chats,
      messages: sum.messages + instance.messages,
      deletedChats: sum.deletedChats + instance.deletedChats,
    }),
    NOTHING,
  );
}

/** `12 chats and 40 messages fewer than now` */
function differenceText(before: Amounts, after: Amounts): string {
  const words = [
    ['users', 'user'],
    ['chats', 'chat'],
    ['messages', 'message'],
  ] as const;
  const part = (direction: 1 | -1, word: string): string[] => {
    const amounts = words
      .map(([key, one]) => [direction * (after[key] - before[key]), one] as const)
      .filter(([difference]) => difference > 0)
      .map(([difference, one]) => countOf(difference, one));
    return amounts.length === 0 ? [] : [`${listed(amounts)} ${word}`];
  };
  const parts = [...part(-1, 'fewer'), ...part(1, 'more')];
  return parts.length === 0 ? 'as many users, chats and messages as now' : `${parts.join(' and ')} than now`;
}

function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
