import {
  MOST_RUNS,
  SOFT_LIMIT,
  type FreeUpItem,
  type FreeUpKind,
  type FreeUpPlan,
  type SpaceUsed,
} from '../../store/retention/retention';
import { countOf, formatBytes, formatCount } from '../words';

/** One of what an item counts, and several of them. */
const ROWS: Readonly<Record<FreeUpKind, readonly [one: string, several: string]>> = {
  text: ['message', 'messages'],
  runs: ['sync run', 'sync runs'],
  shards: ['file', 'files'],
  pages: ['page', 'pages'],
};

/** What a kind is called, without its age. */
const NAMES: Readonly<Record<FreeUpKind, string>> = {
  text: 'Text',
  runs: 'Sync runs',
  shards: 'Files of older text that nothing needs any more',
  pages: 'Empty pages of the database',
};

/** What is gone, as a part of a sentence. */
const FREED: Readonly<Record<FreeUpKind, (rows: number) => string>> = {
  text: (rows) => `the text of ${countOf(rows, ...ROWS.text)}`,
  runs: (rows) => countOf(rows, ...ROWS.runs),
  shards: (rows) => `${countOf(rows, ...ROWS.shards)} of older text`,
  pages: (rows) => countOf(rows, 'empty page'),
};

/** What somebody has to know before text goes. */
export const TEXT_GOES =
  'The text cannot be fetched again: unchanged messages are not read anew, and chats that were deleted on the server ' +
  'exist only here. Chat titles, times, tokens and all numbers stay, and reports stay as they are. ' +
  'Older generations and backups of the database keep the text until they age out; to remove what must not exist, ' +
  'use Change Privacy Mode or Erase a Person instead.';

/** `34,567 messages, 51.2 MB` */
export function amountText({ kind, rows, bytes }: FreeUpItem): string {
  return `${countOf(rows, ...ROWS[kind])}, ${formatBytes(bytes)}`;
}

/** `12 months`, `1 month` */
export function monthsText(months: number): string {
  return countOf(months, 'month');
}

/** `Text older than 12 months`, `Sync runs older than 90 days` */
export function itemTitle({ kind }: FreeUpItem, { textMonths, runDays }: FreeUpPlan['policy']): string {
  const ages: Partial<Record<FreeUpKind, string>> = {
    text: ` older than ${monthsText(textMonths)}`,
    runs: ` older than ${countOf(runDays, 'day')}, or beyond ${formatCount(MOST_RUNS)}`,
  };
  return `${NAMES[kind]}${ages[kind] ?? ''}`;
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
    const date = item.olderThan === undefined ? '' : ` (before ${item.olderThan})`;
    return `${itemTitle(item, plan.policy)}${date}: ${amountText(item)}`;
  });
}

/** `The mirror takes 812.0 MB: database 256.0 MB, older text 400.0 MB, backups 120.0 MB, copy for other programs 36.0 MB.` */
export function spaceText({ imageBytes, shardBytes, backupBytes, copyBytes, totalBytes }: SpaceUsed): string {
  const parts = [
    ['database', imageBytes],
    ['older text', shardBytes],
    ['backups', backupBytes],
    ['copy for other programs', copyBytes],
  ] as const;
  const shown = parts
    .filter(([, bytes]) => bytes > 0)
    .map(([name, bytes]) => `${name} ${formatBytes(bytes)}`);
  return `The mirror takes ${formatBytes(totalBytes)}${shown.length === 0 ? '' : `: ${shown.join(', ')}`}.`;
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
  const size = `The database is ${formatBytes(imageBytesAfter)} now, it was ${formatBytes(imageBytesBefore)}.`;
  return amounts.length === 0
    ? `Nothing was to be removed. ${size}`
    : `Removed: ${amounts.join(', ')}. ${size}`;
}

/** `The database has grown to 312.4 MB`; undefined while that is below the soft limit. */
export function largeText(imageBytes = 0): string | undefined {
  return imageBytes < SOFT_LIMIT ? undefined : `The database has grown to ${formatBytes(imageBytes)}`;
}

/** `The setting would remove the text of 1,234 messages (5.6 MB) older than 12 months.` */
export function unagreedText(plan: FreeUpPlan): string {
  const { rows, bytes } = itemOf(plan, 'text');
  const amount = `${countOf(rows, 'message')} (${formatBytes(bytes)})`;
  return `The setting would remove the text of ${amount} older than ${monthsText(plan.policy.textMonths)}.`;
}
