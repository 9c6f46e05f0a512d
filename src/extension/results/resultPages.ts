import { cellText } from '../../reports/export/cellText';
import { TSV, delimitedLines } from '../../reports/export/csv';
import { partOf, type Cell, type ResultColumn, type ResultSet } from '../../store/resultSet';
import { joinedInSlices } from '../../store/slices';
import type {
  CellKind,
  CellRange,
  ColumnHeader,
  ResultHeader,
  WireColumn,
} from '../../webview/results/protocol';
import { countOf, formatCount, formatDuration } from '../../sync/words';

/** Longer texts are cut in the grid: a row is one line, and a message can have megabytes. */
const MAX_CELL_CHARACTERS = 500;
/** Rows that suggest a column's width. */
const SAMPLED_ROWS = 100;
const WIDTH_CHARACTERS = { minimum: 6, maximum: 40 };

/** What the page needs to lay out a result. */
export function headerOf(id: string, result: ResultSet, limit: number): ResultHeader {
  return {
    id,
    columns: result.columns.map(columnHeader),
    rowCount: result.rowCount,
    summary: summaryOf(result, limit),
  };
}

/** `1,245 rows · 12 ms`, `Limited to 10,000 rows · 1.2 s`, `The statement returns no rows · 1 ms` */
export function summaryOf(result: ResultSet, limit: number): string {
  return `${rowsInWords(result, limit)} · ${elapsedInWords(result.elapsedMs)}`;
}

/** Rows from `offset` as the grid shows them, column by column; shorter at the end of the result. */
export function pageOf(result: ResultSet, offset: number, limit: number): WireColumn[] {
  const end = Math.min(offset + limit, result.rowCount);
  return result.columns.map((column) => {
    const cells = shownCells(column, offset, end);
    return { texts: cells.map(({ text }) => text), kinds: cells.map(({ kind }) => kind).join('') };
  });
}

/** A rectangle for the clipboard: one cell as it is, several as TSV. */
export async function clipboardText(
  result: ResultSet,
  range: CellRange,
  withHeaders: boolean,
): Promise<string> {
  const part = cut(result, range);
  if (part.rowCount === 1 && part.columns.length === 1 && !withHeaders) {
    return cellText(part.columns[0]?.at(0) ?? null);
  }
  const format = { ...TSV, hasHeader: withHeaders };
  const lines = delimitedLines(part, format);
  return (await joinedInSlices(lines)).slice(0, -TSV.lineEnd.length);
}

/** `Copied 12 cells` */
export function copiedInWords(range: CellRange): string {
  const cells = (range.lastRow - range.firstRow + 1) * (range.lastColumn - range.firstColumn + 1);
  return `Copied ${countOf(cells, 'cell')}.`;
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

function rowsInWords(result: ResultSet, limit: number): string {
  if (result.columns.length === 0) {
    return 'The statement returns no rows';
  }
  return result.truncated ? `Limited to ${countOf(limit, 'row')}` : countOf(result.rowCount, 'row');
}

function elapsedInWords(ms: number): string {
  return ms < 1000 ? `${formatCount(Math.round(ms))} ms` : formatDuration(ms);
}

function columnHeader(column: ResultColumn): ColumnHeader {
  const { name } = column;
  const sample = shownCells(column, 0, Math.min(SAMPLED_ROWS, column.length));
  const known = sample.filter(({ kind }) => kind !== 'n');
  const longest = Math.max(name.length, ...sample.map(({ text }) => text.length));
  return {
    name,
    isNumeric: known.length > 0 && known.every(({ kind }) => kind === 'i'),
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

function cut(result: ResultSet, range: CellRange): ResultSet {
  return {
    ...result,
    columns: result.columns
      .slice(range.firstColumn, range.lastColumn + 1)
      .map((column) => partOf(column, range.firstRow, range.lastRow + 1)),
    rowCount: range.lastRow - range.firstRow + 1,
  };
}
