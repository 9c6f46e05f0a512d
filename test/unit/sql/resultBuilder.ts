import { columnOf, type Cell, type ResultSet } from '../../../src/store/resultSet';

/** A result of named columns; all must be of one length. */
export function resultOf(
  columns: Readonly<Record<string, readonly Cell[]>>,
  overrides: Partial<ResultSet> = {},
): ResultSet {
  const entries = Object.entries(columns);
  return {
    columns: entries.map(([name, values]) => columnOf(name, values.length, (row) => values[row] ?? null)),
    rowCount: entries[0]?.[1].length ?? 0,
    truncated: false,
    elapsedMs: 12.4,
    ...overrides,
  };
}
