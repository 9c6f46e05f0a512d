import * as l10n from '@vscode/l10n';
import type { Backup, RestoreResult } from '../../store/backups/backupTypes';
import { countOf, formatBytes, formatCount, formatDateTime } from '../words';

/** Said where a backup is looked for before there is one. */
export const noBackup = (): string =>
  l10n.t('There is no backup yet. Each sync that changes something makes one.');

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
      return l10n.t('one of the last');
    case 'daily':
      return l10n.t('one a day');
    case 'damaged':
      return l10n.t('put aside');
    case 'pinned':
      return name.startsWith('pinned/restore-') ? l10n.t('before a restore') : l10n.t('before an update');
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
    : l10n.t(
        'Text of older messages is not there any more: {0} below content/ missing.',
        countOf(missingTexts.length, 'file'),
      );
}

/** One line of a list: number, size and why it was made. */
export function originText(backup: Backup): string {
  const number = backup.number === undefined ? [] : [l10n.t('no. {0}', formatCount(backup.number))];
  return [
    ...(backup.isNewest ? [l10n.t('now')] : []),
    kindText(backup),
    ...number,
    formatBytes(backup.bytes),
  ].join(' · ');
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
    l10n.t('It holds {0}.', isKnown ? differenceText(before, after) : amountsText(backup)),
    ...(onlyHere > 0
      ? [
          l10n.t(
            '{0} that the server has no more would be in the backup of now alone.',
            countOf(onlyHere, 'chat'),
          ),
        ]
      : []),
    ...(flaw === undefined ? [] : [flaw]),
    l10n.t('What is there now stays as a backup. The next sync goes on from where the backup stood.'),
  ];
}

/** Said once it is done. */
export function restoredText(backup: Backup, { before }: RestoreResult, zone: string): string {
  return [
    l10n.t('Restored the backup of {0}: {1}.', timeText(backup, zone), amountsText(backup)),
    ...(before === undefined ? [] : [l10n.t('What was there before is kept as {0}.', before)]),
  ].join(' ');
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
  const difference = (direction: 1 | -1): string => {
    const amounts = COUNTED.map(([key, noun]) => [direction * (after[key] - before[key]), noun] as const)
      .filter(([amount]) => amount > 0)
      .map(([amount, noun]) => countOf(amount, noun));
    return listed(amounts);
  };
  const fewer = difference(-1);
  const more = difference(1);
  if (fewer === '' && more === '') {
    return l10n.t('as many users, chats and messages as now');
  }
  if (fewer === '' || more === '') {
    return fewer === '' ? l10n.t('{0} more than now', more) : l10n.t('{0} fewer than now', fewer);
  }
  return l10n.t('{0} fewer and {1} more than now', fewer, more);
}

const COUNTED = [
  ['users', 'user'],
  ['chats', 'chat'],
  ['messages', 'message'],
] as const;

function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : l10n.t('{0} and {1}', parts.slice(0, -1).join(', '), last);
}
