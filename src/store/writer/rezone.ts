import { readMeta, writeMeta } from '../migrations';
import { localTimeIn } from '../localTime';
import type { SqliteDatabase } from '../sqlite/sqlite';

type ColumnRow = readonly [table: string, column: string];

/** Columns `x` that have a twin `x_epoch`. */
const TIME_COLUMNS = `
  SELECT t.name, text.name FROM sqlite_schema t
  JOIN pragma_table_info(t.name) text JOIN pragma_table_info(t.name) epoch ON epoch.name = text.name || '_epoch'
  WHERE t.type = 'table'`;

/**
 * Makes a database's local times those of `zone`. The zone changes only by the user's command; then all text is
 * derived anew from the epochs, and nothing else changes.
 */
export function ensureZone(database: SqliteDatabase, zone: string): void {
  const before = readMeta(database, 'zone');
  if (before === zone) {
    return;
  }
  database.transaction(() => {
    if (before !== undefined) {
      rewriteTimes(database, zone);
    }
    writeMeta(database, 'zone', zone);
  });
}

function rewriteTimes(database: SqliteDatabase, zone: string): void {
  const localTime = localTimeIn(zone);
  database.defineFunction('local_text', (epoch) => (epoch === null ? null : localTime(Number(epoch)).text));
  database.defineFunction('local_day', (epoch) => localTime(Number(epoch)).day);
  database.defineFunction('local_hour', (epoch) => localTime(Number(epoch)).hour);
  for (const [table, column] of database.all<ColumnRow>(TIME_COLUMNS)) {
    database.run(`UPDATE ${table} SET ${column} = local_text(${column}_epoch)`);
  }
  database.run('UPDATE message SET day = local_day(created_at_epoch), hour = local_hour(created_at_epoch)');
}
