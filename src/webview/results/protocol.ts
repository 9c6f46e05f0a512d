/** Everything that the result view and the extension say to each other: one page, shared by both sides. */

/** Raised with every change that an older page would misread. */
export const RESULTS_PROTOCOL = 1;

/** A result as the page knows it before it has any row. */
export interface ResultHeader {
  /** Unique for ever, so that state kept from an earlier session never meets another result. */
  readonly id: string;
  readonly columns: readonly ColumnHeader[];
  readonly rowCount: number;
  /** Row count, limit and time in words. */
  readonly summary: string;
}

export interface ColumnHeader {
  readonly name: string;
  /** Numbers stand at the right edge. */
  readonly isNumeric: boolean;
  /** Suggested width in characters. */
  readonly width: number;
}

export type ResultsPhase = 'empty' | 'running' | 'done' | 'failed' | 'cancelled';

/** What the view shows; sent whole at each change and whenever the page says `ready`. */
export interface ResultsState {
  readonly phase: ResultsPhase;
  /** What to say beside the results; the error when `failed`. */
  readonly message: string;
  /** One per statement that returned, in the order they ran. */
  readonly results: readonly ResultHeader[];
}

/**
 * How a cell is shown, one letter per row: NULL, text, number, bytes. An upper-case letter means that the text
 * was cut and "open value" shows the rest.
 */
export type CellKind = 'n' | 't' | 'T' | 'i' | 'b' | 'B';

/** Rows of one column. */
export interface WireColumn {
  readonly texts: readonly string[];
  /** A `CellKind` per text. */
  readonly kinds: string;
}

/** Inclusive indexes of a rectangle of cells. */
export interface CellRange {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
}

export type ToPage =
  | { readonly type: 'state'; readonly version: number; readonly state: ResultsState }
  | {
      readonly type: 'rows';
      readonly resultId: string;
      readonly offset: number;
      readonly columns: readonly WireColumn[];
    }
  | { readonly type: 'copied'; readonly message: string };

export type ToExtension =
  | { readonly type: 'ready' }
  | { readonly type: 'cancel' }
  | {
      readonly type: 'rows';
      readonly resultId: string;
      readonly offset: number;
      readonly limit: number;
    }
  | {
      readonly type: 'copy';
      readonly resultId: string;
      readonly range: CellRange;
      readonly withHeaders: boolean;
    }
  | {
      readonly type: 'openValue';
      readonly resultId: string;
      readonly row: number;
      readonly column: number;
    };
