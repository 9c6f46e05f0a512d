import * as l10n from '@vscode/l10n';
import type { MenuItem } from './menu.mjs';
import type { CellRange, CopyWish } from './protocol';

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
