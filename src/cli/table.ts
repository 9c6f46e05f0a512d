import { cellText } from '../reports/export/cellText';
import type { Cell, ResultColumn, ResultSet } from '../store/resultSet';
import { plainText } from './plainText';

/** Longer cells are cut: `--csv` and `--json` give them whole. */
const MAX_CELL_COLUMNS = 60;

/** Characters that a terminal shows two columns wide. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uFF01-\uFF60]/u;
/** Characters without a width of their own. */
const ZERO = /\p{Mark}|\u200d|\ufe0f/u;

/** A result as a table with aligned columns, numbers at the right. */
export function* tableLines({ columns, rowCount }: ResultSet): Generator<string> {
  const texts = columns.map((column) => Array.from(column, cellInTable));
  const heads = columns.map(({ name }) => shown(name));
  const widths = texts.map((column, index) =>
    column.reduce((most, text) => Math.max(most, widthOf(text)), widthOf(heads[index] ?? '')),
  );
  const isRight = columns.map(isNumeric);
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => pad(cell, widths[index] ?? 0, isRight[index] ?? false))
      .join('  ')
      .trimEnd();
  yield line(heads);
  yield widths.map((width) => '-'.repeat(width)).join('  ');
  for (let row = 0; row < rowCount; row += 1) {
    yield line(texts.map((column) => column[row] ?? ''));
  }
}

function cellInTable(cell: Cell): string {
  return cell === null ? 'NULL' : shown(cellText(cell));
}

/** One line, without anything that would steer the terminal: chat titles come from strangers. */
function shown(text: string): string {
  const head = text.slice(0, MAX_CELL_COLUMNS * 4).replace(/\r\n|\r|\n/g, '⏎');
  return cut(plainText(head));
}

function cut(text: string): string {
  if (widthOf(text) <= MAX_CELL_COLUMNS) {
    return text;
  }
  let kept = '';
  for (const character of text) {
    if (widthOf(kept + character) >= MAX_CELL_COLUMNS) {
      break;
    }
    kept += character;
  }
  return `${kept}…`;
}

function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    width += WIDE.test(character) ? 2 : ZERO.test(character) ? 0 : 1;
  }
  return width;
}

function pad(text: string, width: number, isRight: boolean): string {
  const space = ' '.repeat(Math.max(width - widthOf(text), 0));
  return isRight ? space + text : text + space;
}

function isNumeric(column: ResultColumn): boolean {
  const known = [...column].filter((value) => value !== null);
  return known.length > 0 && known.every((value) => typeof value === 'number' || typeof value === 'bigint');
}
