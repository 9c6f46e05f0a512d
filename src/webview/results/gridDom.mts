import * as l10n from '@vscode/l10n';
import type { CellKind, ColumnHeader } from './protocol';
import type { ShownCell } from './rowCache';

/** First of the data columns for `aria-colindex`: row numbers are column 1. */
const FIRST_COLUMN_INDEX = 2;
/** First row for `aria-rowindex`: the header is row 1. */
const FIRST_ROW_INDEX = 2;

const KIND_CLASSES: Readonly<Record<CellKind, string>> = {
  n: 'null',
  t: 'text',
  T: 'text cut',
  i: 'number',
  b: 'bytes',
  B: 'bytes cut',
};

/** An element with a class and a role; texts are always set as text. */
export function element(className: string, role?: string, text?: string): HTMLDivElement {
  const made = document.createElement('div');
  made.className = className;
  if (role !== undefined) {
    made.setAttribute('role', role);
  }
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}

/** Marks a cell's place so that events find it again. */
function place(cell: HTMLElement, row: number, column: number, width: number): void {
  cell.dataset['row'] = String(row);
  cell.dataset['column'] = String(column);
  cell.setAttribute('aria-colindex', String(column + FIRST_COLUMN_INDEX));
  cell.style.width = `${width}px`;
  cell.tabIndex = -1;
}

/** One value; `undefined` while its page is on the way. */
export function cellElement(
  cell: ShownCell | undefined,
  row: number,
  column: number,
  width: number,
): HTMLElement {
  const made = element(
    `cell ${cell === undefined ? 'waiting' : KIND_CLASSES[cell.kind]}`,
    'gridcell',
    cell?.text ?? '…',
  );
  if (cell?.kind === 'T' || cell?.kind === 'B') {
    made.setAttribute('aria-description', l10n.t('Cut. Enter opens the whole value.'));
  }
  place(made, row, column, width);
  return made;
}

/** What a header tells about its column beside the name. */
export interface HeaderMarks {
  readonly sort: 'ascending' | 'descending' | 'none';
  readonly isFiltered: boolean;
}

const ARROWS = { ascending: ' ▲', descending: ' ▼', none: '' } as const;

/** A column's header with the handle that resizes it. */
export function headerElement(
  header: ColumnHeader,
  column: number,
  width: number,
  { sort, isFiltered }: HeaderMarks,
): HTMLElement {
  const made = element(`cell header${header.isNumeric ? ' number' : ''}`, 'columnheader');
  made.setAttribute('aria-sort', sort);
  made.classList.toggle('filtered', isFiltered);
  if (isFiltered) {
    made.setAttribute('aria-description', l10n.t('Filtered'));
  }
  const name = document.createElement('span');
  name.className = 'name';
  name.textContent = header.name;
  const handle = document.createElement('span');
  handle.className = 'handle';
  handle.setAttribute('aria-hidden', 'true');
  const mark = document.createElement('span');
  mark.className = 'mark';
  mark.setAttribute('aria-hidden', 'true');
  mark.textContent = ARROWS[sort];
  made.append(name, mark, handle);
  made.title = l10n.t(
    '{0}\nClick or Enter sorts, Alt+Down filters. Drag the edge to resize, double-click it to fit. Keys: + and -, = to fit.',
    header.name,
  );
  place(made, -1, column, width);
  return made;
}

/** Above the row numbers. */
export function cornerElement(width: number): HTMLElement {
  const made = element('cell row-number header', 'columnheader', '#');
  made.setAttribute('aria-colindex', '1');
  made.setAttribute('aria-label', l10n.t('Row'));
  made.style.width = `${width}px`;
  return made;
}

/** The row's number at its left edge. */
export function rowNumberElement(row: number, width: number): HTMLElement {
  const made = element('cell row-number', 'rowheader', String(row + 1));
  made.dataset['row'] = String(row);
  made.setAttribute('aria-colindex', '1');
  made.style.width = `${width}px`;
  return made;
}

/** A row without its cells. */
export function rowElement(row: number): HTMLElement {
  const made = element('row', 'row');
  made.setAttribute('aria-rowindex', String(row + FIRST_ROW_INDEX));
  return made;
}

/** Room of the columns that are not drawn. */
export function spacerElement(width: number): HTMLElement {
  const made = element('spacer', 'presentation');
  made.style.width = `${width}px`;
  return made;
}

/** The cell that an event happened in; row -1 is the header, no column a row's number. */
export function cellOf(target: EventTarget | null): { row: number; column?: number } | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  if (cell === null) {
    return undefined;
  }
  const { row, column } = cell.dataset;
  return { row: Number(row), ...(column === undefined ? {} : { column: Number(column) }) };
}

/** Px of a row's height and of one character, as the page's fonts have them. */
export function measureFont(root: HTMLElement): { readonly rowHeight: number; readonly character: number } {
  const probe = element('row probe');
  const text = document.createElement('span');
  text.textContent = '0'.repeat(20);
  probe.append(text);
  root.append(probe);
  const character = text.getBoundingClientRect().width / 20;
  const rowHeight = probe.offsetHeight;
  probe.remove();
  // A page without layout (hidden) measures nothing.
  return { rowHeight: Math.max(rowHeight, 16), character: Math.max(character, 5) };
}
