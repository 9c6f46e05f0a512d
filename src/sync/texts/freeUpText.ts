import * as l10n from '@vscode/l10n';
import {
  MOST_RUNS,
  SOFT_LIMIT,
  type FreeUpItem,
  type FreeUpKind,
  type FreeUpPlan,
  type SpaceUsed,
} from '../../store/retention/retention';
import { countOf, formatBytes, formatCount } from '../words';
import type { Noun } from '../../language/nouns';

/** What an item counts. */
const ROWS: Readonly<Record<FreeUpKind, Noun>> = {
  text: 'message',
  runs: 'sync run',
  shards: 'file',
  pages: 'page',
};

/** What is gone, as a part of a sentence. */
const FREED: Readonly<Record<FreeUpKind, (rows: number) => string>> = {
  text: (rows) => l10n.t('the text of {0}', countOf(rows, ROWS.text)),
  runs: (rows) => countOf(rows, ROWS.runs),
  shards: (rows) => l10n.t('{0} of older text', countOf(rows, ROWS.shards)),
  pages: (rows) => countOf(rows, 'empty page'),
};

/** What somebody has to know before text goes. */
export const textGoes = (): string =>
  [
    l10n.t(
      'The text cannot be fetched again: unchanged messages are not read anew, and chats that were deleted on the server exist only here.',
    ),
    l10n.t('Chat titles, times, tokens and all numbers stay, and reports stay as they are.'),
    l10n.t(
      'Older generations and backups of the database keep the text until they age out; to remove what must not exist, use Change Privacy Mode or Erase a Person instead.',
    ),
  ].join(' ');

/** `34,567 messages, 51.2 MB` */
export function amountText({ kind, rows, bytes }: FreeUpItem): string {
  return `${countOf(rows, ROWS[kind])}, ${formatBytes(bytes)}`;
}

/** `12 months`, `1 month` */
export function monthsText(months: number): string {
  return countOf(months, 'month');
}

/** `Text older than 12 months`, `Sync runs older than 90 days` */
export function itemTitle({ kind }: FreeUpItem, { textMonths, runDays }: FreeUpPlan['policy']): string {
  switch (kind) {
    case 'text':
      return l10n.t('Text older than {0}', monthsText(textMonths));
    case 'runs':
      return l10n.t(
        'Sync runs older than {0}, or beyond {1}',
        countOf(runDays, 'day'),
        formatCount(MOST_RUNS),
      );
    case 'shards':
      return l10n.t('Files of older text that nothing needs any more');
    case 'pages':
      return l10n.t('Empty pages of the database');
  }
}

/** The items of which there is something to free. */
export function worthwhile({ items }: Pick<FreeUpPlan, 'items'>): readonly FreeUpItem[] {
  return items.filter(({ rows }) => rows > 0);
}

/** How much of one kind a plan would free. */
export function itemOf({ items }: Pick<FreeUpPlan, 'items'>, kind: FreeUpKind): FreeUpItem {
  return items.find((item) => item.kind === kind) ?? { kind, rows: 0, bytes: 0 };
}

/** One line for each item: `Text older than 12 months (before 2024-11-16): 34,567 messages, 51.2 MB` */
export function planText(plan: FreeUpPlan): readonly string[] {
  return worthwhile(plan).map((item) => {
    const title = itemTitle(item, plan.policy);
    const dated = item.olderThan === undefined ? title : l10n.t('{0} (before {1})', title, item.olderThan);
    return `${dated}: ${amountText(item)}`;
  });
}

/** `The mirror takes 812.0 MB: database 256.0 MB, older text 400.0 MB, backups 120.0 MB, copy for other programs 36.0 MB.` */
export function spaceText({ imageBytes, shardBytes, backupBytes, copyBytes, totalBytes }: SpaceUsed): string {
  const parts = [
    [l10n.t('database'), imageBytes],
    [l10n.t('older text'), shardBytes],
    [l10n.t('backups'), backupBytes],
    [l10n.t('copy for other programs'), copyBytes],
  ] as const;
  const shown = parts
    .filter(([, bytes]) => bytes > 0)
    .map(([name, bytes]) => `${name} ${formatBytes(bytes)}`);
  const total = formatBytes(totalBytes);
  return shown.length === 0
    ? l10n.t('The mirror takes {0}.', total)
    : l10n.t('The mirror takes {0}: {1}.', total, shown.join(', '));
}

/** What was freed: `Removed: the text of 34,567 messages and 120 sync runs. The database is 100.0 MB now, it was 256.0 MB.` */
export function freedText({
  items,
  imageBytesBefore,
  imageBytesAfter,
}: {
  readonly items: readonly FreeUpItem[];
  readonly imageBytesBefore: number;
  readonly imageBytesAfter: number;
}): string {
  const amounts = worthwhile({ items }).map((item) => FREED[item.kind](item.rows));
  const size = l10n.t(
    'The database is {0} now, it was {1}.',
    formatBytes(imageBytesAfter),
    formatBytes(imageBytesBefore),
  );
  return amounts.length === 0
    ? `${l10n.t('Nothing was to be removed.')} ${size}`
    : `${l10n.t('Removed: {0}.', amounts.join(', '))} ${size}`;
}

/** `The database has grown to 312.4 MB`; undefined while that is below the soft limit. */
export function largeText(imageBytes = 0): string | undefined {
  return imageBytes < SOFT_LIMIT
    ? undefined
    : l10n.t('The database has grown to {0}', formatBytes(imageBytes));
}

/** `The setting would remove the text of 1,234 messages (5.6 MB) older than 12 months.` */
export function unagreedText(plan: FreeUpPlan): string {
  const { rows, bytes } = itemOf(plan, 'text');
  const amount = `${countOf(rows, 'message')} (${formatBytes(bytes)})`;
  return l10n.t(
    'The setting would remove the text of {0} older than {1}.',
    amount,
    monthsText(plan.policy.textMonths),
  );
}
