import type { Cell, ResultSet } from '../store/resultSet';

/** What an answer may take of a model's attention. */
export interface AnswerLimits {
  readonly rows: number;
  /** UTF-8 of the whole table. */
  readonly bytes: number;
  /** Characters of one value. */
  readonly cell: number;
}

/** Rows as a model reads them with few tokens, and whether all of them are there. */
export interface AnswerTable {
  readonly text: string;
  readonly rows: number;
  readonly isCut: boolean;
}

/** A Markdown table of the first rows, as many as fit. Values are on one line each: `\n` and `\|` stand for themselves. */
export function markdownTable(result: ResultSet, limits: AnswerLimits): AnswerTable {
  const { columns } = result;
  const lines = [line(columns.map(({ name }) => escaped(name))), line(columns.map(() => '---'))];
  let bytes = lines.reduce((sum, text) => sum + sizeOf(text), 0);
  const wanted = Math.min(result.rowCount, limits.rows);
  let rows = 0;
  for (; rows < wanted; rows++) {
    const text = line(columns.map((column) => shown(column.at(rows, limits.cell + 1), limits.cell)));
    bytes += sizeOf(text);
    if (bytes > limits.bytes) {
      break;
    }
    lines.push(text);
  }
  return { text: lines.join('\n'), rows, isCut: result.truncated || rows < result.rowCount };
}

/** The first rows for programs, values as the table has them: integers beyond 2^53 as text, bytes by their number. */
export function plainRows(
  { columns }: ResultSet,
  { rows, cell: most }: Pick<AnswerLimits, 'rows' | 'cell'>,
): readonly (readonly (string | number | null)[])[] {
  return Array.from({ length: rows }, (_, row) =>
    columns.map((column) => plain(column.at(row, most + 1), most)),
  );
}

/** A Markdown table of rows that have the same keys. */
export function rowsTable(rows: readonly Readonly<Record<string, string | number | null>>[]): string {
  const names = Object.keys(rows[0] ?? {});
  return [
    line(names),
    line(names.map(() => '---')),
    ...rows.map((row) => line(names.map((name) => shown(row[name] ?? null, Infinity)))),
  ].join('\n');
}

function shown(cell: Cell, most: number): string {
  return typeof cell === 'string' ? escaped(cut(cell, most)) : String(plain(cell, most) ?? 'NULL');
}

function plain(cell: Cell, most: number): string | number | null {
  if (cell === null || typeof cell === 'number') {
    return cell;
  }
  if (typeof cell === 'string') {
    return cut(cell, most);
  }
  return cell instanceof Uint8Array ? `(${cell.length} bytes)` : String(cell);
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('|', String.raw`\|`)
    .replace(/\r\n|[\n\r\u2028\u2029]/gu, String.raw`\n`);
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** With its line break. */
function sizeOf(text: string): number {
  return Buffer.byteLength(text) + 1;
}

/** The lines of a text that fit, and whether some do not. */
export function cutLines(text: string, bytes: number): { readonly text: string; readonly isCut: boolean } {
  if (Buffer.byteLength(text) <= bytes) {
    return { text, isCut: false };
  }
  const kept = Buffer.from(text).subarray(0, bytes).toString();
  return { text: kept.slice(0, Math.max(0, kept.lastIndexOf('\n'))), isCut: true };
}
