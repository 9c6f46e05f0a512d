import * as l10n from '@vscode/l10n';
import type { PurgePlan, PurgeResult } from '../store/writeResults';
import type { PrivacyMode } from '../store/instances/privacy';
import { countOf, formatCount } from './words';
import { translated } from '../language/translated';

/** A mode in words: its name, and one plain line on what the mirror then holds. */
export const PRIVACY_WORDS = translated<
  Readonly<Record<PrivacyMode, { readonly name: string; readonly holds: string }>>
>(() => ({
  full: { name: l10n.t('Full'), holds: l10n.t('Names, chat titles and the text of messages.') },
  names: {
    name: l10n.t('Names without Text'),
    holds: l10n.t('Who uses what, and how much. No message text, chat titles or comments.'),
  },
  pseudonyms: {
    name: l10n.t('Pseudonyms'),
    holds: l10n.t('No text and no names: people appear as “User 3F2A90C1”. No file names or tags.'),
  },
  counts: {
    name: l10n.t('Counts Only'),
    holds: l10n.t('As pseudonyms, with hashed user ids. No group names, folders or share links.'),
  },
}));

/** What a purge removes, line by line: rows by table, files by name. */
export function planLines({ rows, files }: PurgePlan, mostFiles = Number.POSITIVE_INFINITY): string[] {
  const tables = Object.entries(rows).filter(([, count]) => count > 0);
  const more = files.length - mostFiles;
  return [
    tables.length === 0 ? l10n.t('No row of the database is concerned.') : l10n.t('Rows of the database:'),
    ...tables.map(([table, count]) => `  ${table}: ${formatCount(count)}`),
    ...(files.length === 0 ? [] : [l10n.t('Files that are deleted, since they may hold it:')]),
    ...files.slice(0, mostFiles).map((file) => `  ${file}`),
    ...(more > 0 ? [l10n.t('  and {0}', countOf(more, 'more file'))] : []),
  ];
}

/** What to tell of files that could not be deleted and still hold what was removed; empty when there are none. */
export function leftText({ filesLeft }: Pick<PurgeResult, 'filesLeft'>): string {
  return filesLeft.length === 0
    ? ''
    : ` ${l10n.t(
        'Still to be deleted, since another program has them open: {0}. Close it; the next sync tries again.',
        filesLeft.join(', '),
      )}`;
}

/** What was removed, as one part of a sentence: `1,245 rows and 6 files`. */
export function removedText({ rows, files }: PurgePlan): string {
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
  return l10n.t('{0} and {1}', countOf(total, 'row'), countOf(files.length, 'file'));
}
