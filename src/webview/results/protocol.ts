import type { Narrowing } from './narrowing';

/** Everything that a page of results and the extension say to each other: one page, shared by both sides. */

/** Raised with every change that an older page would misread. */
export const RESULTS_PROTOCOL = 2;

/** A result as the page knows it before it has any row. */
export interface ResultHeader {
  /** Unique for ever, so that state kept from an earlier session never meets another result. */
  readonly id: string;
  /** Raised whenever its rows change: rows of another revision are not its rows. */
  readonly revision: number;
  readonly title: string;
  /** What was run, as it was typed. */
  readonly statement: string;
  readonly isPinned: boolean;
  readonly columns: readonly ColumnHeader[];
  readonly rowCount: number;
  /** Row count, limit and time in words. */
  readonly summary: string;
  readonly narrowing: Narrowing;
  /** Why its rows can be neither sorted nor filtered; undefined: they can. */
  readonly fixedBecause?: string | undefined;
  /** What went wrong with the last wish about this result. */
  readonly problem?: string | undefined;
  /** It was cut by the limit of rows: "Show All" reads the rest. */
  readonly canShowAll: boolean;
}

export interface ColumnHeader {
  readonly name: string;
  /** Numbers stand at the right edge. */
  readonly isNumeric: boolean;
  /** Dates and times as text. */
  readonly isTime: boolean;
  /** Suggested width in characters. */
  readonly width: number;
}

export type ResultsPhase = 'empty' | 'running' | 'done' | 'failed' | 'cancelled' | 'restored';

/** What a page can offer beside its message. */
export type Offer = 'runAgain' | 'runWithoutTimeLimit' | 'showStatement';

/** What the view shows; sent whole at each change and whenever the page says `ready`. */
export interface ResultsState {
  readonly phase: ResultsPhase;
  /** What to say beside the results; the error when `failed`. */
  readonly message: string;
  readonly offers: readonly Offer[];
  /** Pinned ones first, then one per statement that returned, in the order they ran. */
  readonly results: readonly ResultHeader[];
  /** The result that a new run puts before the reader's eyes. */
  readonly frontId?: string | undefined;
  /** A result whose rows are being read anew, with the words for it. */
  readonly busy?: { readonly resultId: string; readonly words: string } | undefined;
  /** What the page keeps, so that a later session can offer to run it again. */
  readonly restorable?: Readonly<Record<string, unknown>> | undefined;
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

export const COPY_FORMATS = ['tsv', 'csv', 'markdown', 'json', 'sql'] as const;
export type CopyFormat = (typeof COPY_FORMATS)[number];

/** How cells are put together on the clipboard. */
export interface CopyWish {
  readonly format: CopyFormat;
  readonly withHeaders: boolean;
}

export type PictureFormat = 'svg' | 'png';

/** More rows than this are not drawn. */
export const MOST_CHART_ROWS = 5_000;

export type ChartValue = string | number | null;

/** Rows of a result for its chart: the first ones, of the first columns. Bytes are left out. */
export interface ChartData {
  readonly resultId: string;
  readonly revision: number;
  readonly rows: readonly (readonly ChartValue[])[];
}

export type ToPage =
  | { readonly type: 'state'; readonly version: number; readonly state: ResultsState }
  | {
      readonly type: 'rows';
      readonly resultId: string;
      readonly revision: number;
      readonly offset: number;
      readonly columns: readonly WireColumn[];
    }
  | { readonly type: 'said'; readonly message: string }
  | ({ readonly type: 'chartData' } & ChartData)
  /** A person's own spec of a result's chart, as its document holds it. */
  | { readonly type: 'spec'; readonly resultId: string; readonly text: string }
  /** A command of the editor about what the page shows. */
  | { readonly type: 'do'; readonly wish: 'toggleChart' };

export type ToExtension =
  | { readonly type: 'ready' }
  | { readonly type: 'cancel' }
  | { readonly type: 'offer'; readonly offer: Offer }
  /** Which result is before the reader's eyes. */
  | { readonly type: 'shown'; readonly resultId: string }
  | {
      readonly type: 'rows';
      readonly resultId: string;
      readonly revision: number;
      readonly offset: number;
      readonly limit: number;
    }
  | {
      readonly type: 'copy';
      readonly resultId: string;
      readonly range: CellRange;
      readonly wish: CopyWish;
    }
  | {
      readonly type: 'openValue';
      readonly resultId: string;
      readonly row: number;
      readonly column: number;
    }
  | { readonly type: 'narrow'; readonly resultId: string; readonly narrowing: Narrowing }
  | WishMessage
  | { readonly type: 'pin'; readonly resultId: string; readonly isPinned: boolean }
  | { readonly type: 'chartData'; readonly resultId: string }
  | { readonly type: 'editSpec'; readonly resultId: string; readonly text: string }
  | {
      readonly type: 'picture';
      readonly title: string;
      readonly format: PictureFormat;
      readonly base64: string;
    };

/** What can be wished for a result that needs no more words. */
export const RESULT_WISHES = ['showAll', 'save', 'openTab', 'showStatement', 'close'] as const;
export type ResultWish = (typeof RESULT_WISHES)[number];

export type WishMessage = {
  [Wish in ResultWish]: { readonly type: Wish; readonly resultId: string };
}[ResultWish];
