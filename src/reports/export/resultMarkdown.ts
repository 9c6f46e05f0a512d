import type { Cell, ResultSet } from '../../store/resultSet';
import { cellText } from './cellText';

/** The rows as a table of Markdown, a line each. Without a header its first line is empty: a table must have one. */
export function* markdownLines({ columns, rowCount }: ResultSet, hasHeader: boolean): Generator<string> {
  yield line(columns.map(({ name }) => (hasHeader ? escaped(name) : '')));
  yield line(columns.map(() => '---'));
  for (let row = 0; row < rowCount; row += 1) {
    yield line(columns.map((column) => cell(column.at(row))));
  }
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

function cell(value: Cell): string {
  return value === null ? '*NULL*' : escaped(cellText(value));
}

/** Whatever would format, link, or end the cell stands for itself. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>|#~$]/gu, '\\$&').replace(/\r\n|\r|\n/gu, '<br>');
}
