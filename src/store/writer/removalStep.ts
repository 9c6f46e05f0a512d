/** Rows that go, or lose something. */
export interface RemovalStep {
  readonly table: string;
  /** Condition on the rows, with numbered parameters such as `?1`. */
  readonly rows: string;
  /** New values; absent: the rows go. */
  readonly set?: string;
}

/** The statement of a step, in words that SQLite and PostgreSQL share. */
export function removalStatement({ table, rows, set }: RemovalStep): string {
  const verb = set === undefined ? `DELETE FROM ${table}` : `UPDATE ${table} SET ${set}`;
  return `${verb} WHERE ${rows}`;
}
