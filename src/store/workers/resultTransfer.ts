import type { Transferable } from 'node:worker_threads';
import { columnOf, columnsOf, type Cell, type ResultColumn, type ResultSet } from '../resultSet';

/** Larger results go over packed; below, arrays are as fast and need no decoding. */
const MOST_PLAIN_ROWS = 1_000;
/** The same for what the rows hold: characters and bytes, with a few for each cell. */
const MOST_PLAIN_SIZE = 256 * 1024;
const CELL_SIZE = 8;

/** UTF-8 needs at most so many bytes for a UTF-16 unit, and for a whole character. */
const MOST_BYTES_A_UNIT = 3;
const LONGEST_CHARACTER = 4;

/** How a packed cell's slot is read. */
const KIND = { null: 0, number: 1, integer: 2, text: 3, illFormedText: 4, bytes: 5 } as const;

/**
 * All cells of a result in three buffers, whose ownership moves between threads. Cells are numbered column by column.
 */
interface PackedCells {
  /** A {@link KIND} for each cell. */
  readonly kinds: Uint8Array<ArrayBuffer>;
  /** 8 bytes for each cell: a double, a signed integer, or place and length (unsigned, 4 bytes each) in `content`. */
  readonly slots: ArrayBuffer;
  /** UTF-8 of texts one behind the other (UTF-16 of those that UTF-8 cannot hold), and BLOBs. */
  readonly content: Uint8Array<ArrayBuffer>;
}

/** A {@link ResultSet} on its way to another thread. */
export interface ResultMessage extends Omit<ResultSet, 'columns'> {
  readonly names: readonly string[];
  readonly cells: { readonly rows: readonly (readonly Cell[])[] } | { readonly packed: PackedCells };
}

/** A message, and the buffers that are to be transferred with it. */
export interface EncodedResult {
  readonly message: ResultMessage;
  readonly buffers: readonly Transferable[];
}

/** Prepares a result for another thread: small ones as they are, large ones packed. Nothing of a value is lost. */
export function encodeResult({ columns, ...rest }: ResultSet): EncodedResult {
  const names = columns.map(({ name }) => name);
  if (isSmall(columns, rest.rowCount)) {
    const rows = Array.from({ length: rest.rowCount }, (_, row) => columns.map((column) => column.at(row)));
    return { message: { ...rest, names, cells: { rows } }, buffers: [] };
  }
  const packed = pack(columns, rest.rowCount);
  const buffers = [packed.kinds.buffer, packed.slots, packed.content.buffer];
  return { message: { ...rest, names, cells: { packed } }, buffers };
}

/** The result of a message. Packed cells are decoded when they are asked for, each time anew. */
export function decodeResult({ names, cells, ...rest }: ResultMessage): ResultSet {
  const columns = 'rows' in cells ? columnsOf(names, cells.rows) : unpack(names, cells.packed, rest.rowCount);
  return { ...rest, columns };
}

function isSmall(columns: readonly ResultColumn[], rowCount: number): boolean {
  if (rowCount > MOST_PLAIN_ROWS) {
    return false;
  }
  let size = 0;
  for (const column of columns) {
    for (const cell of column) {
      size += CELL_SIZE + sizeOf(cell);
    }
  }
  return size <= MOST_PLAIN_SIZE;
}

function sizeOf(cell: Cell): number {
  return typeof cell === 'string' || cell instanceof Uint8Array ? cell.length : 0;
}

function pack(columns: readonly ResultColumn[], rowCount: number): PackedCells {
  const count = columns.length * rowCount;
  const kinds = new Uint8Array(count);
  const slots = new ArrayBuffer(count * 8);
  const numbers = new Float64Array(slots);
  const integers = new BigInt64Array(slots);
  const places = new Uint32Array(slots);
  const content = new GrowingBytes();
  let index = 0;
  const put = (kind: number, start: number): void => {
    kinds[index] = kind;
    places[2 * index] = start;
    places[2 * index + 1] = content.length - start;
  };
  for (const column of columns) {
    for (const cell of column) {
      if (typeof cell === 'number') {
        kinds[index] = KIND.number;
        numbers[index] = cell;
      } else if (typeof cell === 'bigint') {
        kinds[index] = KIND.integer;
        integers[index] = cell;
      } else if (typeof cell === 'string') {
        const isWell = isWellFormed(cell);
        put(isWell ? KIND.text : KIND.illFormedText, content.addText(cell, isWell ? 'utf8' : 'utf16le'));
      } else if (cell !== null) {
        put(KIND.bytes, content.addBytes(cell));
      }
      index += 1;
    }
  }
  return { kinds, slots, content: content.taken() };
}

function unpack(
  names: readonly string[],
  { kinds, slots, content }: PackedCells,
  rowCount: number,
): readonly ResultColumn[] {
  const numbers = new Float64Array(slots);
  const integers = new BigInt64Array(slots);
  const places = new Uint32Array(slots);
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const cellAt = (index: number, enough: number): Cell => {
    const start = places[2 * index] ?? 0;
    const end = start + (places[2 * index + 1] ?? 0);
    switch (kinds[index]) {
      case KIND.number:
        return numbers[index] ?? null;
      case KIND.integer:
        return integers[index] ?? null;
      case KIND.text:
        return textIn(bytes, { start, end, enough });
      case KIND.illFormedText:
        return bytes.toString('utf16le', start, end);
      case KIND.bytes:
        return new Uint8Array(content.subarray(start, end));
      default:
        return null;
    }
  };
  return names.map((name, column) =>
    columnOf(name, rowCount, (row, enough = Infinity) => cellAt(column * rowCount + row, enough)),
  );
}

/** UTF-8 in whole, or where that is much longer, as many characters as are enough. */
function textIn(
  bytes: Buffer,
  { start, end, enough }: { readonly start: number; readonly end: number; readonly enough: number },
): string {
  const needed = start + enough * MOST_BYTES_A_UNIT + LONGEST_CHARACTER;
  return needed < end
    ? bytes.toString('utf8', start, needed).slice(0, enough)
    : bytes.toString('utf8', start, end);
}

/** SQLite hands out whatever bytes a text has: a lone surrogate would be lost in UTF-8. */
function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

class GrowingBytes {
  #bytes = Buffer.from(new ArrayBuffer(64 * 1024));
  length = 0;

  /** @returns where it begins */
  addText(text: string, encoding: 'utf8' | 'utf16le'): number {
    const start = this.#room(text.length * MOST_BYTES_A_UNIT);
    this.length += this.#bytes.write(text, start, encoding);
    return start;
  }

  /** @returns where they begin */
  addBytes(bytes: Uint8Array): number {
    const start = this.#room(bytes.length);
    this.#bytes.set(bytes, start);
    this.length += bytes.length;
    return start;
  }

  /** What was added, in a buffer of its own. */
  taken(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#bytes.subarray(0, this.length));
  }

  #room(size: number): number {
    const needed = this.length + size;
    if (needed > this.#bytes.length) {
      const larger = Buffer.from(new ArrayBuffer(Math.max(needed, 2 * this.#bytes.length)));
      larger.set(this.#bytes.subarray(0, this.length));
      this.#bytes = larger;
    }
    return this.length;
  }
}
