import { hash } from 'node:crypto';
import type { Cell } from '../../store/resultSet';
import { NUL_SYMBOL } from './storableIds';

/** What PostgreSQL stores a column as. */
export type StoredType = 'bigint' | 'text' | 'double' | 'bytes';

/** A row as `COPY … (FORMAT binary)` takes it, without the digest behind it. */
export interface EncodedRow {
  readonly fields: Buffer;
  /** Of what the row holds, as PostgreSQL writes a bigint. Columns that are added later and hold NULL do not change it. */
  readonly digest: string;
}

/** A row of the mirror, ready to be sent. */
export interface LocalRow {
  readonly cells: readonly Cell[];
  readonly encoded: EncodedRow;
}

const LENGTH_BYTES = 4;
const NUMBER_BYTES = 8;
const NULL_LENGTH = -1;
const NUL = 0;

const LARGEST = 2n ** 63n - 1n;

/** Writes rows of one table, one after the other, into one buffer. */
export class RowEncoder {
  readonly #types: readonly StoredType[];
  #buffer = Buffer.allocUnsafe(64 * 1024);

  constructor(types: readonly StoredType[]) {
    this.#types = types;
  }

  /** @throws Error for a value that its column cannot hold */
  encode(row: readonly Cell[]): EncodedRow {
    let end = 0;
    let used = 0;
    for (const [index, type] of this.#types.entries()) {
      const cell = row[index] ?? null;
      if (cell === null) {
        end = this.#writeNull(end);
      } else {
        end = this.#writeCell(end, type, cell);
        used = end;
      }
    }
    const fields = Buffer.from(this.#buffer.subarray(0, end));
    return { fields, digest: digestOf(fields.subarray(0, used)) };
  }

  #writeNull(at: number): number {
    this.#reserve(at, LENGTH_BYTES);
    return this.#buffer.writeInt32BE(NULL_LENGTH, at);
  }

  #writeCell(at: number, type: StoredType, cell: string | number | bigint | Uint8Array): number {
    switch (type) {
      case 'bigint':
        return this.#writeNumber(at, (to) => this.#buffer.writeBigInt64BE(integerOf(cell), to));
      case 'double':
        return this.#writeNumber(at, (to) => this.#buffer.writeDoubleBE(Number(cell), to));
      case 'text':
        return this.#writeBytes(at, textBytes(cell));
      case 'bytes':
        return this.#writeBytes(at, cell instanceof Uint8Array ? cell : Buffer.from(String(cell)));
    }
  }

  #writeNumber(at: number, write: (to: number) => number): number {
    this.#reserve(at, LENGTH_BYTES + NUMBER_BYTES);
    return write(this.#buffer.writeInt32BE(NUMBER_BYTES, at));
  }

  #writeBytes(at: number, bytes: Uint8Array): number {
    this.#reserve(at, LENGTH_BYTES + bytes.length);
    const to = this.#buffer.writeInt32BE(bytes.length, at);
    this.#buffer.set(bytes, to);
    return to + bytes.length;
  }

  #reserve(used: number, more: number): void {
    if (used + more > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(2 * this.#buffer.length, used + more));
      this.#buffer.copy(larger, 0, 0, used);
      this.#buffer = larger;
    }
  }
}

/** A whole row of COPY: the number of its fields, the fields, and the digest as the last one. */
export function copiedRow({ fields, digest }: EncodedRow, columns: number): Buffer {
  const row = Buffer.allocUnsafe(2 + fields.length + LENGTH_BYTES + NUMBER_BYTES);
  row.writeInt16BE(columns + 1, 0);
  fields.copy(row, 2);
  row.writeBigInt64BE(BigInt(digest), row.writeInt32BE(NUMBER_BYTES, 2 + fields.length));
  return row;
}

/** 64 bits: of two contents of one row, one in 10^19 would pass for the other. */
function digestOf(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'buffer').readBigInt64BE(0).toString();
}

/** A column of integers may hold a fraction in SQLite, in PostgreSQL it is rounded; what lies beyond becomes the outermost. */
function integerOf(cell: string | number | bigint | Uint8Array): bigint {
  if (typeof cell === 'bigint') {
    return cell;
  }
  const number = typeof cell === 'number' ? cell : Number(cell instanceof Uint8Array ? Number.NaN : cell);
  if (Number.isNaN(number)) {
    throw new Error('a number is expected, and something else is there');
  }
  const exact = Number.isFinite(number) ? BigInt(Math.round(number)) : number > 0 ? LARGEST : -LARGEST - 1n;
  return exact > LARGEST ? LARGEST : exact < -LARGEST - 1n ? -LARGEST - 1n : exact;
}

/** UTF-8 that PostgreSQL takes. */
function textBytes(cell: string | number | bigint | Uint8Array): Uint8Array {
  const bytes = cell instanceof Uint8Array ? cell : Buffer.from(String(cell));
  return bytes.includes(NUL)
    ? Buffer.from(Buffer.from(bytes).toString().replaceAll('\0', NUL_SYMBOL))
    : bytes;
}
