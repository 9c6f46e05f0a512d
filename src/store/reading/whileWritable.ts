import type { SqliteDatabase } from '../sqlite/sqlite';

/** Runs our own writing on a copy that is protected against the statements of others, and protects it afterwards. */
export function whileWritable(database: SqliteDatabase, work: () => void): void {
  database.script('PRAGMA query_only = OFF');
  try {
    work();
  } finally {
    database.script('PRAGMA query_only = ON');
  }
}
