/** A value of a result: integers beyond 2^53 are bigint, BLOBs bytes. */
export type Cell = string | number | bigint | null | Uint8Array;

export interface ResultColumn {
  readonly name: string;
  /** One value per row. */
  readonly values: readonly Cell[];
}

/** Rows of one statement, column by column (cheap to move between threads). */
export interface ResultSet {
  readonly columns: readonly ResultColumn[];
  readonly rowCount: number;
  /** More rows exist than the limit allowed. */
  readonly truncated: boolean;
  readonly elapsedMs: number;
}

/** The rows as objects keyed by column name; of equally named columns the last wins. */
export function rowsOf(result: ResultSet): Record<string, Cell>[] {
  return Array.from({ length: result.rowCount }, (_, row) =>
    Object.fromEntries(result.columns.map(({ name, values }) => [name, values[row] ?? null])),
  );
}

export type SqlParameters = Readonly<Record<string, string | number | null>>;

/** Reads the newest published file generation with the product's own SQL. */
export interface ReportReader {
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

/** Runs a user's SQL on a throw-away copy. */
export interface QueryRunner {
  /** Runs one statement on a fresh copy. @throws SqlError, or AbortError when `signal` fires (the worker is terminated). */
  run(
    sql: string,
    options: { readonly limit: number; readonly parameters?: SqlParameters; readonly signal?: AbortSignal },
  ): Promise<ResultSet>;
  dispose(): void;
}
