import type { PurgePlan } from '../../store/mirrorWriter';
import type { PrivacyMode } from '../../store/privacy';
import { PRIVACY_MODES } from '../../store/privacy';
import { countOf, formatCount } from '../../sync/words';

/** A mode in words: its name, and one plain line on what the mirror then holds. */
export const PRIVACY_WORDS: Readonly<Record<PrivacyMode, { readonly name: string; readonly holds: string }>> =
  {
    full: { name: 'Full', holds: 'Names, chat titles and the text of messages.' },
    names: {
      name: 'Names without Text',
      holds: 'Who uses what, and how much. No message text, chat titles, comments or descriptions.',
    },
    pseudonyms: {
      name: 'Pseudonyms',
      holds:
        'As without text, and people appear as “User 3F2A”. No names, e-mail addresses, file names or tags.',
    },
    counts: {
      name: 'Counts Only',
      holds: 'As pseudonyms, and user ids are hashed. No group names, folders or share links.',
    },
  };

/** One entry of a list of modes. */
export interface PrivacyItem {
  readonly label: string;
  readonly description?: string;
  readonly detail: string;
  readonly value: PrivacyMode;
}

/** All modes, from most to least; the one in force is marked. */
export function privacyItems(current?: PrivacyMode): readonly PrivacyItem[] {
  return PRIVACY_MODES.map((mode) => ({
    label: PRIVACY_WORDS[mode].name,
    ...(mode === current ? { description: 'in force' } : {}),
    detail: PRIVACY_WORDS[mode].holds,
    value: mode,
  }));
}

/** A dialog must fit on the screen. */
const MOST_FILES_LISTED = 15;

/** What a purge removes, line by line: rows by table, files by name. */
export function planText({ rows, files }: PurgePlan): string {
  const tables = Object.entries(rows).filter(([, count]) => count > 0);
  const more = files.length - MOST_FILES_LISTED;
  return [
    tables.length === 0 ? 'No row of the database is concerned.' : 'Rows of the database:',
    ...tables.map(([table, count]) => `  ${table}: ${formatCount(count)}`),
    ...(files.length === 0 ? [] : ['Files that are deleted, since they may hold it:']),
    ...files.slice(0, MOST_FILES_LISTED).map((file) => `  ${file}`),
    ...(more > 0 ? [`  and ${countOf(more, 'more file')}`] : []),
  ].join('\n');
}

/** What was removed, as one part of a sentence: `1,245 rows and 6 files`. */
export function removedText({ rows, files }: PurgePlan): string {
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
  return `${countOf(total, 'row')} and ${countOf(files.length, 'file')}`;
}
