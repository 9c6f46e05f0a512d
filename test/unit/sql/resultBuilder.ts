import type { Cell, ResultSet } from '../../../src/store/resultSet';

/** A result of named columns; all must be of one length. */
export function resultOf(
  columns: Readonly<Record<string, readonly Cell[]>>,
  overrides: Partial<ResultSet> = {},
): ResultSet {
  const entries = Object.entries(columns);
  return {
    columns: entries.map(([name, values]) => ({ name, values })),
    rowCount: entries[0]?.[1].length ?? 0,
    truncated: false,
    elapsedMs: 12.4,
    ...overrides,
  };
}
