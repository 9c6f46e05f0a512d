import type { Visible } from './reading/limitedCopyTypes';

/** A value of a result: integers beyond 2^53 are bigint, BLOBs bytes. */
export type Cell = string | number | bigint | null | Uint8Array;

/** One column's values in the order of the rows. Large ones are decoded at each access: read what is needed. */
export interface ResultColumn extends Iterable<Cell> {
  readonly name: string;
  /** Number of rows. */
  readonly length: number;
  /**
   * The value of a row, counted from 0; null outside of the column.
   * @param enough characters of a text that are needed: more may be left out
   */
  at(row: number, enough?: number): Cell;
}

/** Rows of one statement, column by column. */
export interface ResultSet {
  readonly columns: readonly ResultColumn[];
  readonly rowCount: number;
  /** More rows exist than the limit allowed. */
  readonly truncated: boolean;
  /** Characters and bytes of the values, with a few for each cell; unknown of what no statement gave. */
  readonly size?: number;
  /** It was cut by its size, not by the number of its rows. */
  readonly isFull?: boolean;
  readonly elapsedMs: number;
}

/** A column whose values are found by `at`, which is asked for rows inside the column only. */
export function columnOf(name: string, length: number, at: ResultColumn['at']): ResultColumn {
  return {
    name,
    length,
    at: (row, enough) => (row >= 0 && row < length ? at(row, enough) : null),
    *[Symbol.iterator]() {
      for (let row = 0; row < length; row += 1) {
        yield at(row);
      }
    },
  };
}

/** The columns of rows as SQLite gives them. */
export function columnsOf(
  names: readonly string[],
  rows: readonly (readonly Cell[])[],
): readonly ResultColumn[] {
  return names.map((name, index) => columnOf(name, rows.length, (row) => rows[row]?.[index] ?? null));
}

/** The rows of a column from `first` on and before `end`, as a column. */
export function partOf(column: ResultColumn, first: number, end: number): ResultColumn {
  const length = Math.max(0, Math.min(end, column.length) - first);
  return columnOf(column.name, length, (row, enough) => column.at(first + row, enough));
}

/** The rows as objects keyed by column name; of equally named columns the last wins. */
export function rowsOf(result: ResultSet): Record<string, Cell>[] {
  return Array.from({ length: result.rowCount }, (_, row) =>
    Object.fromEntries(result.columns.map((column) => [column.name, column.at(row)])),
  );
}

export type SqlParameters = Readonly<Record<string, string | number | null>>;

/** Which database a reader asks. */
export type DialectName = 'sqlite' | 'postgres';

/** Reads the newest published file generation with the product's own SQL. */
export interface ReportReader {
  /** How statements are to be written. Default: for SQLite. */
  readonly dialect?: DialectName;
  /** @throws SqlError when the statement fails, NoDatabaseError when nothing was published yet. */
  query(sql: string, parameters?: SqlParameters): Promise<ResultSet>;
  /** Number of the file generation that the next query reads; 0 = none. */
  generation(): Promise<number>;
  dispose(): void;
}

/** Where in the user's statement an error stands. */
export class SqlError extends Error {
  override readonly name = 'SqlError';
  constructor(
    message: string,
    /** Offset in UTF-16 units into the statement, where SQLite tells it. */
    readonly offset?: number,
  ) {
    super(message);
  }
}

/** What compiling a statement tells about it. */
export interface StatementCheck {
  /** Why it would not run; undefined when it compiles and only reads. */
  readonly error: SqlError | undefined;
  /** Names of its parameters with their signs, each once. */
  readonly parameters: readonly string[];
  /** Names of the columns that it returns; none with an error. */
  readonly columns: readonly string[];
}

/** Runs a user's SQL on a throw-away copy. */
export interface QueryRunner {
  /** Compiles one statement against the newest schema, without running it. @throws NoDatabaseError when nothing was published yet. */
  check(sql: string): Promise<StatementCheck>;
  /** Runs one statement on a fresh copy. @throws SqlError, or AbortError when `signal` fires (the worker is terminated). */
  run(
    sql: string,
    options: {
      /** Rows at most; `Infinity`: all. */
      readonly limit: number;
      /** Characters and bytes of all rows at most. Default: no limit. */
      readonly mostSize?: number;
      readonly parameters?: SqlParameters;
      /** What the copy holds. Default: the whole mirror. */
      readonly visible?: Visible;
      readonly signal?: AbortSignal;
    },
  ): Promise<ResultSet>;
  dispose(): void;
}
