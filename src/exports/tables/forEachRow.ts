import { toError } from '../../store/errors';
import type { Row, SqliteDatabase, Value } from '../../store/sqlite/sqlite';

/**
 * Gives the rows of a statement one by one: memory does not grow with them.
 * @param values of its `?` in their order
 * @throws what `take` throws
 */
export function forEachRow(
  database: SqliteDatabase,
  sql: string,
  values: readonly Value[],
  take: (row: Row) => void,
): void {
  let failure: Error | undefined;
  // What flew through SQLite would end the connection.
  const row = (found: Row): boolean => {
    try {
      take(found);
      return true;
    } catch (error) {
      failure = toError(error);
      return false;
    }
  };
  const named = Object.fromEntries(values.map((value, index) => [`v${index + 1}`, textOrNumber(value)]));
  database.select(numbered(sql), { rows: Infinity, sink: { begin: () => undefined, row } }, named);
  if (failure !== undefined) {
    throw failure;
  }
}

/** Statements of unknown text take their values by name. */
function numbered(sql: string): string {
  let count = 0;
  return sql.replaceAll('?', () => `:v${(count += 1)}`);
}

function textOrNumber(value: Value): string | number | null {
  if (typeof value === 'bigint' || value instanceof Uint8Array) {
    throw new TypeError('Only texts and numbers can be bound here');
  }
  return value;
}
