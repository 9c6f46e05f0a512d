import type { Value } from '../sqlite/sqlite';

/** A row of a table: what names it, and the rest. */
export interface KeyedRow {
  readonly key: readonly Value[];
  readonly values: readonly Value[];
}

/** Cells of a row whose key comes first. */
export function keyedRow(cells: readonly Value[], keySize: number): KeyedRow {
  return { key: cells.slice(0, keySize), values: cells.slice(keySize) };
}

/**
 * What makes the rows of a table the wanted ones: those that are new or differ, and the keys of those that are gone. Equal
 * rows are in neither.
 */
export function rowChanges<T extends KeyedRow>(
  present: readonly KeyedRow[],
  wanted: readonly T[],
): { readonly written: readonly T[]; readonly gone: readonly KeyedRow['key'][] } {
  const before = new Map(present.map((row) => [cellText(row.key), row]));
  const written: T[] = [];
  for (const row of wanted) {
    const name = cellText(row.key);
    const same = before.get(name);
    if (same === undefined || cellText(same.values) !== cellText(row.values)) {
      written.push(row);
    }
    before.delete(name);
  }
  return { written, gone: [...before.values()].map(({ key }) => key) };
}

/** Integers come as numbers and as bigint: both are written alike, to the last digit. */
export function cellText(cells: readonly Value[]): string {
  return JSON.stringify(
    cells.map((cell) => (typeof cell === 'string' || cell === null ? cell : [String(cell)])),
  );
}
