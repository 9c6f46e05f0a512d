import type { CellKind, WireColumn } from './protocol';

/** A cell as it is drawn. */
export interface ShownCell {
  readonly text: string;
  readonly kind: CellKind;
}

const MAX_PAGES = 40;
/** Cells of one page, so that a wide result does not make a page heavy. */
const CELLS_PER_PAGE = 10_000;
const ROWS_PER_PAGE = { minimum: 20, maximum: 500 };

/** Pages of rows that the extension sent, the least used dropped first; asks for each missing page once. */
export class RowCache {
  readonly rowsPerPage: number;
  readonly #ask: (offset: number, limit: number) => void;
  readonly #pages = new Map<number, readonly WireColumn[]>();
  readonly #asked = new Set<number>();

  /** `ask` requests rows; they come back by `put`. */
  constructor(columnCount: number, ask: (offset: number, limit: number) => void) {
    const fitting = Math.floor(CELLS_PER_PAGE / Math.max(columnCount, 1));
    this.rowsPerPage = Math.min(Math.max(fitting, ROWS_PER_PAGE.minimum), ROWS_PER_PAGE.maximum);
    this.#ask = ask;
  }

  /** Asks for what is missing of the rows `first` to `last` (exclusive), and then for the pages beside them. */
  need(first: number, last: number, rowCount: number): void {
    this.#need(first, last);
    this.#need(last, Math.min(last + this.rowsPerPage, rowCount));
    this.#need(Math.max(first - this.rowsPerPage, 0), first);
  }

  #need(first: number, last: number): void {
    for (let offset = this.#pageOf(first); offset < last; offset += this.rowsPerPage) {
      const page = this.#pages.get(offset);
      if (page !== undefined) {
        // Renewed: a Map keeps the order of insertion.
        this.#pages.delete(offset);
        this.#pages.set(offset, page);
      } else if (!this.#asked.has(offset)) {
        this.#asked.add(offset);
        this.#ask(offset, this.rowsPerPage);
      }
    }
  }

  /** Takes a page that was asked for. */
  put(offset: number, columns: readonly WireColumn[]): void {
    this.#asked.delete(offset);
    this.#pages.set(offset, columns);
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= MAX_PAGES) {
        break;
      }
      this.#pages.delete(oldest);
    }
  }

  /** The cell, or undefined while its page is on the way. */
  cell(row: number, column: number): ShownCell | undefined {
    const offset = this.#pageOf(row);
    const wire = this.#pages.get(offset)?.[column];
    const text = wire?.texts[row - offset];
    return text === undefined ? undefined : { text, kind: (wire?.kinds[row - offset] ?? 't') as CellKind };
  }

  #pageOf(row: number): number {
    return row - (row % this.rowsPerPage);
  }
}
