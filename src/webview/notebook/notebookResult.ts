import { columnsOf, type Cell, type ResultSet } from '../../store/resultSet';
import type { ChartChoice } from '../shared/charts/chooseChart';

/** Mime type of a statement's result in a notebook; the manifest names it, too. */
export const RESULT_MIME = 'application/vnd.openwebui-sync.result+json';

/** A value as JSON holds it without losing a digit: integers beyond 2^53, numbers that JSON lacks, BLOBs, and texts that were cut. */
export type WireCell =
  | null
  | number
  | string
  | { readonly integer: string }
  | { readonly real: 'Infinity' | '-Infinity' }
  | { readonly blob: string; readonly bytes: number }
  | { readonly text: string; readonly characters: number };

/** The result of one statement of a cell. */
export interface NotebookResult {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly WireCell[])[];
  readonly elapsedMs: number;
  /** There are more rows: these are the first so many. */
  readonly limitedTo?: number | undefined;
  readonly isDemo?: boolean | undefined;
}

/** The chart of one statement of a cell, as notebooks keep it. */
export interface CellChart extends ChartChoice {
  /** From 1, in the order of the cell. */
  readonly statement: number;
  /** Absent: the chart is shown, not the table. */
  readonly isHidden?: boolean | undefined;
}

/** What stands beside a result for the renderer; never written to a file. */
export interface OutputMetadata {
  /** Finds the output again in messages. */
  readonly outputId: string;
  readonly statement: number;
  readonly chart?: CellChart | undefined;
}

/** From the renderer to the extension. */
export type FromRenderer =
  | { readonly type: 'words' }
  | { readonly type: 'chart'; readonly outputId: string; readonly chart: CellChart }
  | { readonly type: 'copy'; readonly text: string };

/** To the renderer. `contents`: the words of the editor's language by the English ones; absent in English. */
export interface ToRenderer {
  readonly type: 'words';
  readonly contents?: Readonly<Record<string, unknown>> | undefined;
}

/** Longer texts and BLOBs are cut in a notebook; the query's grid opens them whole. */
export const MOST_CHARACTERS = 10_000;
export const MOST_BYTES = 4_096;

/** A value on its way into a notebook. */
export function toWire(cell: Cell): WireCell {
  if (typeof cell === 'bigint') {
    return { integer: String(cell) };
  }
  if (typeof cell === 'number') {
    return Number.isFinite(cell) ? cell : { real: cell > 0 ? 'Infinity' : '-Infinity' };
  }
  if (cell instanceof Uint8Array) {
    const hex = Array.from(cell.subarray(0, MOST_BYTES), (byte) => byte.toString(16).padStart(2, '0'));
    return { blob: hex.join(''), bytes: cell.length };
  }
  return typeof cell === 'string' && cell.length > MOST_CHARACTERS
    ? { text: cell.slice(0, MOST_CHARACTERS), characters: cell.length }
    : cell;
}

/** The value again; of one that was cut, what is there. */
export function fromWire(cell: WireCell): Cell {
  if (typeof cell !== 'object' || cell === null) {
    return cell;
  }
  if ('integer' in cell) {
    return BigInt(cell.integer);
  }
  if ('real' in cell) {
    return Number(cell.real);
  }
  return 'text' in cell ? cell.text : bytesOf(cell.blob);
}

/** Whether a value is not whole. */
export function isCut(cell: WireCell): boolean {
  return (
    typeof cell === 'object' &&
    cell !== null &&
    ('text' in cell || ('blob' in cell && 2 * cell.bytes > cell.blob.length))
  );
}

/** The result as exports read it. */
export function resultSetOf({ columns, rows, elapsedMs, limitedTo }: NotebookResult): ResultSet {
  return {
    columns: columnsOf(
      columns,
      rows.map((row) => row.map(fromWire)),
    ),
    rowCount: rows.length,
    truncated: limitedTo !== undefined,
    elapsedMs,
  };
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../gu) ?? [], (byte) => Number.parseInt(byte, 16));
}
