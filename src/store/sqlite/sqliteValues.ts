import type { Statement } from 'sql.js';
import type { Cell, SqlParameters } from '../resultSet';

/** Reads the row that a statement stands on: sql.js reads integers as doubles, those beyond 2^53 again as bigint. */
export function rowOf(statement: Statement): readonly Cell[] {
  const row = statement.get() as Cell[];
  if (
    !row.some((cell) => typeof cell === 'number' && Number.isInteger(cell) && !Number.isSafeInteger(cell))
  ) {
    return row;
  }
  const exact = (statement as unknown as { get(values: null, config: { useBigInt: true }): Cell[] }).get(
    null,
    {
      useBigInt: true,
    },
  );
  return row.map((cell, index) => {
    const value = exact[index];
    return typeof value === 'bigint' && !Number.isSafeInteger(cell) ? value : cell;
  });
}

/** A lone surrogate would become invalid UTF-8. Node 20 has the method, the types of ES2023 do not. */
export function wellFormed(text: string): string {
  return (text as string & { toWellFormed(): string }).toWellFormed();
}

/** Parameters as sql.js wants them: named with their sign. */
export function namedValues(parameters: SqlParameters): Record<string, string | number | null> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [/^[:@$]/u.test(name) ? name : `:${name}`, value]),
  );
}
