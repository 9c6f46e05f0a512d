import { wrongFields, type Expectation } from './expectation';
import type { MirrorImage, TableName } from './tables';

/** What need not have reached the mirror yet. */
export interface Leniency {
  readonly tables: readonly TableName[];
  /** Columns that may be older than the server's. */
  readonly olderFields: Partial<Record<TableName, readonly string[]>>;
  /** Rows of the server that may be as they were, or absent. */
  readonly mayBeOlder: (table: TableName, key: string) => boolean;
  /** Rows that are gone from the server and may still look alive. */
  readonly mayLive: (table: TableName, key: string) => boolean;
}

/** Nothing but what the server itself cannot serve. */
export function noLeniency(tables: readonly TableName[]): Leniency {
  return { tables, olderFields: {}, mayBeOlder: () => false, mayLive: () => false };
}

/** Where a mirror differs from what it must hold. */
export function differences(image: MirrorImage, expectation: Expectation, leniency: Leniency): string[] {
  return leniency.tables.flatMap((table) => [
    ...missingOrWrong(image, expectation, leniency, table),
    ...wronglyAlive(image, expectation, leniency, table),
  ]);
}

function missingOrWrong(
  image: MirrorImage,
  { tables, unservable }: Expectation,
  { olderFields, mayBeOlder }: Leniency,
  table: TableName,
): string[] {
  return [...tables[table]].flatMap(([key, expected]) => {
    if (mayBeOlder(table, key) || unservable(table, key)) {
      return [];
    }
    const row = image.tables[table].get(key);
    if (row === undefined) {
      return [`${table} ${key} is missing`];
    }
    const wrong = wrongFields(row, expected, olderFields[table] ?? []);
    return [...(row.isDeleted ? ['is marked deleted'] : []), ...wrong].map(
      (text) => `${table} ${key} ${text}`,
    );
  });
}

function wronglyAlive(
  image: MirrorImage,
  { tables, unservable }: Expectation,
  { mayLive }: Leniency,
  table: TableName,
): string[] {
  return [...image.tables[table]]
    .filter(([key, row]) => !row.isDeleted && !tables[table].has(key))
    .filter(([key]) => !unservable(table, key) && !mayLive(table, key))
    .map(([key]) => `${table} ${key} is gone and not marked deleted`);
}
