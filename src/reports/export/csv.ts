import type { Cell, ResultSet } from '../../store/resultSet';
import { cellText } from './cellText';

/** How the values of a row are put together. */
export interface DelimitedFormat {
  readonly delimiter: string;
  readonly lineEnd: string;
  readonly hasHeader: boolean;
}

/** RFC 4180. */
export const CSV: DelimitedFormat = { delimiter: ',', lineEnd: '\r\n', hasHeader: true };
/** What spreadsheets take from the clipboard. */
export const TSV: DelimitedFormat = { delimiter: '\t', lineEnd: '\n', hasHeader: true };

/** The lines of a result, each with its line end: a generator, so that a large export is never one string. */
export function* delimitedLines(result: ResultSet, format: DelimitedFormat): Generator<string> {
  if (format.hasHeader) {
    yield delimitedLine(
      result.columns.map(({ name }) => name),
      format,
    );
  }
  for (let row = 0; row < result.rowCount; row += 1) {
    yield delimitedLine(
      result.columns.map((column) => column.at(row)),
      format,
    );
  }
}

/** One line with its line end; of CSV never an empty one, which readers would skip. */
export function delimitedLine(cells: readonly Cell[], format: DelimitedFormat): string {
  const line = cells.map((cell) => field(cell, format)).join(format.delimiter);
  return (line === '' && format.delimiter === ',' ? '""' : line) + format.lineEnd;
}

/** Spreadsheets run text that begins so as a formula; names and titles come from strangers. */
const FORMULA_START = /^[=+\-@\t\r]/;
/** Whatever begins so and is a number is none, also where it is kept as text. */
const PLAIN_NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/iu;

function field(cell: Cell, format: DelimitedFormat): string {
  const text = cellText(cell);
  const isFormula = typeof cell === 'string' && FORMULA_START.test(text) && !PLAIN_NUMBER.test(text);
  const safe = isFormula ? `'${text}` : text;
  const isQuoted = safe.includes(format.delimiter) || /["\r\n]/.test(safe) || /^\s|\s$/.test(safe);
  return isQuoted ? `"${safe.replaceAll('"', '""')}"` : safe;
}
