import type { Cell } from '../../store/resultSet';
import { cellText } from './cellText';
import { cutText } from './cutText';

/** What a spreadsheet's column holds; decides how its cells are typed and written. */
export type SheetColumnKind = 'text' | 'integer' | 'decimal' | 'percent' | 'money' | 'date' | 'time';

/** A value as the spreadsheet writer takes it; null is an empty cell. */
export type SheetCell = string | number | Date | null;

/** Most characters of a cell. */
export const MAX_CELL_CHARACTERS = 32_767;

/** Excel's calendar begins here. */
const FIRST_YEAR = 1900;

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/u;
const TIME = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)$/u;

/**
 * A value that Excel reads back as it was: integers beyond 2^53 and days before 1900 as text, no NaN, no infinity, bytes
 * as an SQL literal, text cut to what a cell holds.
 */
export function sheetCell(cell: Cell, kind: SheetColumnKind): SheetCell {
  switch (typeof cell) {
    case 'number':
      return Number.isFinite(cell) ? cell : null;
    case 'bigint':
      return isSafe(cell) ? Number(cell) : String(cell);
    case 'string':
      return (kind === 'date' || kind === 'time' ? dateOf(cell, kind) : undefined) ?? sheetText(cell);
    default:
      return cell === null ? null : sheetText(cellText(cell));
  }
}

function isSafe(value: bigint): boolean {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
}

/** The moment as if its zone were UTC: a cell holds no zone. Undefined for what is no such date. */
function dateOf(text: string, kind: 'date' | 'time'): Date | undefined {
  const parts = (kind === 'date' ? DATE : TIME).exec(text)?.slice(1).map(Number);
  if (parts === undefined) {
    return undefined;
  }
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCHours() === hour;
  return year >= FIRST_YEAR && isReal ? date : undefined;
}

/** Excel takes `_x0041_` for an `A`, and writers take these words for errors. */
const ESCAPE = /_(?=x[0-9A-Fa-f]{4}_)/gu;
/** Characters that stand for one. */
const LONGEST_ESCAPE = 7;
const ERROR = /^#(?=[A-Z/0-9_]+[!?]?$)/u;
/** No XML can hold them. */
const NO_CHARACTER = /[\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** Text as a cell holds it: escaped where Excel would read something else, and cut with a note when it is too long. */
export function sheetText(text: string): string {
  const whole = escaped(text);
  if (!isCut(whole)) {
    return whole;
  }
  const note = ` … [cut: ${text.length} characters]`;
  // Escapes count: the more of them, the less of the text fits.
  let kept = Math.min(text.length, MAX_CELL_CHARACTERS - note.length);
  let cut = escaped(text.slice(0, kept));
  while (cut.length + note.length > MAX_CELL_CHARACTERS) {
    kept -= cut.length + note.length - MAX_CELL_CHARACTERS;
    cut = escaped(text.slice(0, kept));
  }
  return cut + note;
}

/** Whether a cell has no room for all of a text. */
export function isTooLongForCell(text: string): boolean {
  return text.length > MAX_CELL_CHARACTERS / LONGEST_ESCAPE && isCut(escaped(text));
}

function isCut(escapedText: string): boolean {
  return escapedText.length > MAX_CELL_CHARACTERS;
}

function escaped(text: string): string {
  return text.replace(NO_CHARACTER, '\uFFFD').replace(ESCAPE, '_x005F_').replace(ERROR, '_x0023_');
}

const FORBIDDEN_IN_NAME = /[[\]:*?/\\\u0000-\u001F]/gu;
const MAX_NAME = 31;

/** Names of sheets as Excel takes them: short, without its special characters, not two alike whatever their case. */
export function sheetNames(wanted: readonly string[]): string[] {
  // Reserved by Excel.
  const taken = new Set(['history']);
  return wanted.map((name) => {
    const plain = trimmed(name.replace(NO_CHARACTER, '').replace(FORBIDDEN_IN_NAME, ' '));
    let unique = trimmed(cutText(plain, MAX_NAME));
    for (let count = 2; taken.has(unique.toLowerCase()); count += 1) {
      const suffix = ` (${count})`;
      unique = trimmed(cutText(plain, MAX_NAME - suffix.length)) + suffix;
    }
    taken.add(unique.toLowerCase());
    return unique;
  });
}

/** Without spaces and apostrophes at its edges; never empty. */
function trimmed(name: string): string {
  const text = name.replace(/\s+/gu, ' ').replace(/^[\s']+|[\s']+$/gu, '');
  return text === '' ? 'Sheet' : text;
}
