import type { InstancesFile } from '../instances/instance';
import type { SqliteDatabase } from '../sqlite/sqlite';
import { markInstanceRemoved } from './removeInstance';
import { retiredName } from './shardWriter';
import { placeholders, stamp, type Session } from './session';

/** What of an instance is true now, whatever a backup says. */
const INSTANCE_COLUMNS = [
  ...['id', 'name', 'url', 'enabled', 'privacy', 'failures', 'next_allowed_at', 'next_allowed_at_epoch'],
  ...['sync_datetime', 'sync_datetime_epoch', 'is_deleted'],
];
/** The mode says what the rows hold, and these are the backup's. */
const KEPT_COLUMNS = ['id', 'privacy'];

const ERASED_COLUMNS = ['instance_id', 'person_hash', 'sync_datetime', 'sync_datetime_epoch', 'is_deleted'];

const TOMBSTONE_COLUMNS = [
  ...['id', 'kind', 'instance_id', 'user_id', 'mode', 'created_at', 'created_at_epoch'],
  ...['sync_datetime', 'sync_datetime_epoch', 'is_deleted'],
];

/**
 * Writes into a backup what must not be forgotten by restoring it: which instances there are, who was erased, what is
 * still to be deleted here and elsewhere, which numbers of shards were given, and what clouds have billed until now. Call it inside a transaction
 * of the backup.
 */
export function carryOver(present: Session, backup: Session, listed: InstancesFile): void {
  const set = INSTANCE_COLUMNS.filter((column) => !KEPT_COLUMNS.includes(column));
  copyRows(present.database, backup.database, 'instances', INSTANCE_COLUMNS, {
    key: 'id',
    set,
  });
  markRemoved(backup, listed);
  copyRows(present.database, backup.database, 'erased_people', ERASED_COLUMNS, {
    key: 'instance_id, person_hash',
    set: ['is_deleted'],
  });
  copyRows(present.database, backup.database, 'tombstones', TOMBSTONE_COLUMNS, {
    key: 'id',
    set: ['is_deleted'],
  });
  backup.database.run(`DELETE FROM meta WHERE key = 'purge'`);
  copyRows(present.database, backup.database, `meta`, ['key', 'value'], {
    where: `key = 'purge'`,
    key: 'key',
    set: ['value'],
  });
  keepShardNumbers(present.database, backup);
  carryBills(present.database, backup);
}

interface Copying {
  readonly where?: string;
  /** Of the table. */
  readonly key: string;
  /** Columns that a row which is there already takes over; none: there is no such row. */
  readonly set: readonly string[];
}

function copyRows(
  from: SqliteDatabase,
  to: SqliteDatabase,
  table: string,
  columns: readonly string[],
  { where = '1', key, set }: Copying,
): void {
  const names = columns.join(', ');
  const update = set.map((column) => `${column} = excluded.${column}`).join(', ');
  for (const row of from.all(`SELECT ${names} FROM ${table} WHERE ${where}`)) {
    to.run(
      `INSERT INTO ${table} (${names}) VALUES (${placeholders(columns.length)})
       ${set.length === 0 ? '' : `ON CONFLICT (${key}) DO UPDATE SET ${update}`}`,
      row,
    );
  }
}

/** `instances.json` is the truth for which instances there are. */
function markRemoved(backup: Session, { instances, nextId }: InstancesFile): void {
  const present = new Set(instances.map(({ id }) => id));
  for (const [id] of backup.database.all<[number]>('SELECT id FROM instances')) {
    // Of an id that the file never gave it knows nothing.
    if (id < nextId && !present.has(id)) {
      markInstanceRemoved(backup, id);
    }
  }
}

/** A number that was given twice would name two files, each named by some kept generation. */
function keepShardNumbers(present: SqliteDatabase, backup: Session): void {
  const highest = (database: SqliteDatabase): number =>
    database.get<[number | null]>('SELECT max(id) FROM content_shards')?.[0] ?? 0;
  const id = highest(present);
  if (id > highest(backup.database)) {
    backup.database.run(
      `INSERT INTO content_shards (id, name, message_count, text_bytes, file_bytes, sync_datetime,
         sync_datetime_epoch, is_deleted) VALUES (?, ?, 0, 0, 0, ?, ?, 1)`,
      [id, retiredName(id), ...stamp(backup)],
    );
  }
}

/** Parents before children. */
const BILLS = [
  ...[
    'cost_scopes',
    'cost_sync_runs',
    'cost_months',
    'cost_month_totals',
    'cost_daily',
    'cost_service_daily',
  ],
  'cost_restatements',
];

/** Bills are facts of the cloud, whatever becomes of chats. What was made of them is to be made anew. */
function carryBills(present: SqliteDatabase, backup: Session): void {
  if (present.get('SELECT 1 FROM cost_scopes LIMIT 1') !== undefined) {
    for (const table of ['generation_costs', 'cost_shares', 'cost_days', ...BILLS.toReversed()]) {
      backup.database.run(`DELETE FROM ${table}`);
    }
    for (const table of BILLS) {
      const columns = writtenColumns(backup.database, table);
      copyRows(present, backup.database, table, columns, { key: '', set: [] });
    }
  }
}

/** Those that are not made of others. */
function writtenColumns(database: SqliteDatabase, table: string): string[] {
  return database
    .all<[string, number]>('SELECT name, hidden FROM pragma_table_xinfo(?)', [table])
    .flatMap(([name, hidden]) => (hidden === 0 ? [name] : []));
}
