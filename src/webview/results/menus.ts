import * as l10n from '@vscode/l10n';
import type { MenuItem, MenuItems } from './menu.mjs';
import type { Narrowing } from './narrowing';
import type { CellRange, CopyWish, ResultHeader, ResultWish, ToExtension } from './protocol';

/** What is copied. */
export interface CopyRanges {
  /** The selected cells. */
  readonly selection: CellRange;
  /** All cells of the selected rows. */
  readonly rows: CellRange;
  readonly whole: CellRange;
}

/** The lines of the menu that copy; `copy` does it. */
export function copyItems(
  { selection, rows, whole }: CopyRanges,
  copy: (range: CellRange, wish: CopyWish) => void,
): (MenuItem | undefined)[] {
  const item = (label: string, range: CellRange, wish: CopyWish, keys?: string): MenuItem => ({
    label,
    run: () => copy(range, wish),
    ...(keys === undefined ? {} : { keys }),
  });
  return [
    item(l10n.t('Copy'), selection, { format: 'tsv', withHeaders: false }, 'Ctrl+C'),
    item(l10n.t('Copy with Headers'), selection, { format: 'tsv', withHeaders: true }, 'Ctrl+Shift+C'),
    item(l10n.t('Copy as CSV'), selection, { format: 'csv', withHeaders: true }),
    item(l10n.t('Copy as CSV Without Headers'), selection, { format: 'csv', withHeaders: false }),
    item(l10n.t('Copy as Markdown'), selection, { format: 'markdown', withHeaders: true }),
    item(l10n.t('Copy as JSON'), selection, { format: 'json', withHeaders: true }),
    item(l10n.t('Copy as SQL Inserts'), selection, { format: 'sql', withHeaders: true }),
    undefined,
    item(l10n.t('Copy Rows with Headers'), rows, { format: 'tsv', withHeaders: true }),
    item(l10n.t('Copy Rows as JSON'), rows, { format: 'json', withHeaders: true }),
    item(l10n.t('Copy All with Headers'), whole, { format: 'tsv', withHeaders: true }),
  ];
}

/** Parts of a menu with a line between them; empty ones are left out. */
export function menuParts(...parts: readonly MenuItems[]): MenuItems {
  return parts
    .filter(({ length }) => length > 0)
    .flatMap((part, index) => (index === 0 ? part : [undefined, ...part]));
}

/** What can be done with a cell; nothing with a header, whose row is -1. */
export function cellItems(row: number, open: () => void): MenuItems {
  return row < 0 ? [] : [{ label: l10n.t('Open Value'), run: open, keys: 'Enter' }];
}

export interface ColumnActions {
  readonly narrow: (narrowing: Narrowing) => void;
  readonly askFilter: () => void;
  readonly fit: () => void;
}

/** What can be done with a column. */
export function columnItems(
  { narrowing, fixedBecause }: ResultHeader,
  column: number,
  { narrow, askFilter, fit }: ColumnActions,
): MenuItems {
  const isDisabled = fixedBecause !== undefined;
  const sortBy = (isDescending: boolean) => (): void =>
    narrow({ ...narrowing, sort: { column, isDescending } });
  return [
    { label: l10n.t('Sort Ascending'), run: sortBy(false), isDisabled },
    { label: l10n.t('Sort Descending'), run: sortBy(true), isDisabled },
    {
      label: l10n.t('Clear Sort'),
      run: () => narrow({ ...narrowing, sort: undefined }),
      isDisabled: narrowing.sort === undefined,
    },
    { label: l10n.t('Filter...'), run: askFilter, isDisabled, keys: 'Alt+Down' },
    { label: l10n.t('Fit Width'), run: fit },
  ];
}

/** What can be done with a result by its tab. */
export function tabItems(
  { id: resultId, isPinned }: ResultHeader,
  post: (message: ToExtension) => void,
): MenuItems {
  const wish = (type: ResultWish) => (): void => post({ type, resultId });
  return [
    {
      label: isPinned ? l10n.t('Unpin') : l10n.t('Pin'),
      run: () => post({ type: 'pin', resultId, isPinned: !isPinned }),
    },
    { label: l10n.t('Open in Tab'), run: wish('openTab') },
    { label: l10n.t('Show Statement'), run: wish('showStatement') },
    undefined,
    { label: l10n.t('Close'), run: wish('close'), keys: 'Delete' },
  ];
}
