/** A column that a query returns; `undefined` name: SQLite makes one up. */
export type Output =
  | {
      readonly kind: 'column';
      readonly name: string;
      /** The column that is returned as it is. */
      readonly of: ColumnName | undefined;
    }
  | { readonly kind: 'star'; readonly qualifier: string | undefined };

export interface ColumnName {
  readonly qualifier: string | undefined;
  readonly name: string;
}

/** What FROM or JOIN names: a table, view, CTE or function by its name, or a query. */
export interface SourceShape {
  readonly name: string | undefined;
  readonly alias: string | undefined;
  readonly query: QueryShape | undefined;
}

export interface CteShape {
  readonly name: string;
  /** Given names of its columns. */
  readonly columns: readonly string[] | undefined;
  readonly query: QueryShape | undefined;
}

/** One SELECT; several are put together by UNION, EXCEPT or INTERSECT. */
export interface SelectShape {
  readonly start: number;
  readonly sources: readonly SourceShape[];
  readonly outputs: readonly Output[];
}

/** A query with what it sees, half typed or whole. Offsets are those of the statement. */
export interface QueryShape {
  readonly start: number;
  readonly end: number;
  readonly ctes: readonly CteShape[];
  readonly selects: readonly SelectShape[];
  /** Queries inside of it, wherever they stand. */
  readonly inner: readonly QueryShape[];
}
