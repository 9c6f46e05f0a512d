import { ftruncateSync, writeSync } from 'node:fs';
import { toError } from '../../store/errors';
import type { Cell } from '../../store/resultSet';
import type { RowSink } from '../../store/sqlite/sqlite';
import type { RowText } from './rowText';

/** Characters that are written together. */
const CHUNK = 256 * 1024;

/** Writes rows to an open file as they come. Made for a thread of its own: it waits for the disk. */
export class RowTextFile implements RowSink {
  readonly #file: number;
  readonly #text: RowText;
  readonly #onRows: (count: number) => void;
  #parts: string[] = [];
  #length = 0;
  #position = 0;
  #count = 0;
  #failure: Error | undefined;

  /** @param onRows told how many rows there are, after each */
  constructor(file: number, text: RowText, onRows: (count: number) => void) {
    this.#file = file;
    this.#text = text;
    this.#onRows = onRows;
  }

  begin(columns: readonly string[]): void {
    this.#parts = [];
    this.#length = 0;
    this.#position = 0;
    this.#count = 0;
    this.#attempt(() => ftruncateSync(this.#file));
    this.#add(this.#text.begin(columns));
  }

  row(row: readonly Cell[]): boolean {
    this.#add(this.#text.row(row));
    this.#count += 1;
    this.#onRows(this.#count);
    return this.#failure === undefined;
  }

  /** Writes the rest. @returns the number of rows. @throws what went wrong with the file, whenever it did */
  end(): number {
    this.#add(this.#text.end());
    this.#flush();
    if (this.#failure !== undefined) {
      throw this.#failure;
    }
    return this.#count;
  }

  #add(text: string): void {
    this.#parts.push(text);
    this.#length += text.length;
    if (this.#length >= CHUNK) {
      this.#flush();
    }
  }

  #flush(): void {
    const bytes = Buffer.from(this.#parts.join(''));
    this.#parts = [];
    this.#length = 0;
    this.#attempt(() => {
      for (let from = 0; from < bytes.length;) {
        const written = writeSync(this.#file, bytes, from, bytes.length - from, this.#position);
        from += written;
        this.#position += written;
      }
    });
  }

  /** The database must not take a failure of the disk for its own: it is kept for `end`. */
  #attempt(work: () => void): void {
    if (this.#failure === undefined) {
      try {
        work();
      } catch (error) {
        this.#failure = toError(error);
      }
    }
  }
}
