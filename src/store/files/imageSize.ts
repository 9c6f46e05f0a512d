import type { SqliteDatabase } from '../sqlite/sqlite';

/** Size of a database as a file, in bytes. */
export function imageBytes(database: SqliteDatabase): number {
  return pragma(database, 'page_count') * pragma(database, 'page_size');
}

/** Its pages that hold nothing, as their number, their part of all pages (0..1), and bytes. */
export function unusedPages(database: SqliteDatabase): {
  readonly pages: number;
  readonly part: number;
  readonly bytes: number;
} {
  const pages = pragma(database, 'freelist_count');
  const part = pages / Math.max(1, pragma(database, 'page_count'));
  return { pages, part, bytes: pages * pragma(database, 'page_size') };
}

function pragma(database: SqliteDatabase, name: 'page_count' | 'page_size' | 'freelist_count'): number {
  return database.get<[number]>(`PRAGMA ${name}`)?.[0] ?? 0;
}
