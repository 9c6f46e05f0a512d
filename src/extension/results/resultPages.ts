import { cellText } from '../../reports/export/cellText';
import type { Cell, ResultColumn, ResultSet } from '../../store/resultSet';
import type { CellKind, CellRange, ColumnHeader, WireColumn } from '../../webview/results/protocol';

/** Longer texts are cut in the grid: a row is one line, and a message can have megabytes. */
const MAX_CELL_CHARACTERS = 500;
/** Rows that suggest a column's width. */
const SAMPLED_ROWS = 100;
/** A date, with or without its time. */
const TIME = /^\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?)?$/u;
const WIDTH_CHARACTERS = { minimum: 6, maximum: 40 };

/** Rows from `offset` as the grid shows them, column by column; shorter at the end of the result. */
export function pageOf(result: ResultSet, offset: number, limit: number): WireColumn[] {
  const end = Math.min(offset + limit, result.rowCount);
  return result.columns.map((column) => {
    const cells = shownCells(column, offset, end);
    return { texts: cells.map(({ text }) => text), kinds: cells.map(({ kind }) => kind).join('') };
  });
}

/** Whether a rectangle lies inside the result. */
export function isWithin(result: ResultSet, range: CellRange): boolean {
  const isSpan = (first: number, last: number, count: number): boolean =>
    Number.isInteger(first) && Number.isInteger(last) && first >= 0 && first <= last && last < count;
  return (
    isSpan(range.firstRow, range.lastRow, result.rowCount) &&
    isSpan(range.firstColumn, range.lastColumn, result.columns.length)
  );
}

/** A text for "open value": JSON is laid out, everything else stands as it is. */
export function openedValue(cell: Cell): { readonly text: string; readonly language: string } {
  const text = cellText(cell);
  if (typeof cell === 'string' && /^\s*[[{]/.test(cell)) {
    try {
      return { text: JSON.stringify(JSON.parse(cell), undefined, 2), language: 'json' };
    } catch {
      // Looks like JSON and is none: shown as text.
    }
  }
  return { text, language: 'plaintext' };
}

/** What the page needs to lay out a column. */
export function columnHeader(column: ResultColumn): ColumnHeader {
  const { name } = column;
  const sample = shownCells(column, 0, Math.min(SAMPLED_ROWS, column.length));
  const known = sample.filter(({ kind }) => kind !== 'n');
  const longest = Math.max(name.length, ...sample.map(({ text }) => text.length));
  return {
    name,
    isNumeric: known.length > 0 && known.every(({ kind }) => kind === 'i'),
    isTime: known.length > 0 && known.every(({ text }) => TIME.test(text)),
    width: Math.min(Math.max(longest, WIDTH_CHARACTERS.minimum), WIDTH_CHARACTERS.maximum),
  };
}

interface ShownCell {
  readonly text: string;
  readonly kind: CellKind;
}

/** The cells of the rows from `first` on and before `end`. */
function shownCells(column: ResultColumn, first: number, end: number): ShownCell[] {
  const count = Math.max(0, end - first);
  return Array.from({ length: count }, (_, index) =>
    shownCell(column.at(first + index, MAX_CELL_CHARACTERS + 1)),
  );
}

function shownCell(cell: Cell): ShownCell {
  if (cell === null) {
    return { text: 'NULL', kind: 'n' };
  }
  if (cell instanceof Uint8Array) {
    return { text: cellText(cell.subarray(0, 32)), kind: cell.length > 32 ? 'B' : 'b' };
  }
  if (typeof cell !== 'string') {
    return { text: cellText(cell), kind: 'i' };
  }
  const isCut = cell.length > MAX_CELL_CHARACTERS;
  const text = isCut ? cell.slice(0, MAX_CELL_CHARACTERS) : cell;
  return { text: text.replace(/\r\n|\r|\n/g, '⏎').replaceAll('\t', ' '), kind: isCut ? 'T' : 't' };
}
