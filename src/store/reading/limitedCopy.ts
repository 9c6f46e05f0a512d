import { NewerDatabaseError } from '../errors';
import { isNewer } from '../migrations';
import type { SqliteDatabase } from '../sqlite/sqlite';
import { PURGE_STEPS } from '../writer/purgeSteps';
import { removalStatement, type RemovalStep } from '../writer/removalStep';
import type { Visible } from './limitedCopyTypes';
import { whileWritable } from './whileWritable';

/** Facts about the file that say nothing of whose rows it holds. */
const PUBLIC_META = `'zone', 'generation', 'written_at', 'min_reader'`;

/**
 * The rows that stay of each table, in this order: children of another table after it. `$ids` is the list of the visible
 * instances' ids. A table that is not here makes no limited copy: a new one has to be thought about first.
 */
const KEPT_ROWS: Readonly<Record<string, string>> = {
  instances: 'id IN ($ids)',
  users: 'instance_id IN ($ids)',
  user_groups: 'instance_id IN ($ids)',
  group_members: 'instance_id IN ($ids)',
  chats: 'instance_id IN ($ids)',
  chat_models: 'instance_id IN ($ids)',
  message: 'instance_id IN ($ids)',
  message_text: 'id IN (SELECT id FROM message)',
  message_sources: 'instance_id IN ($ids)',
  feedback: 'instance_id IN ($ids)',
  models: 'instance_id IN ($ids)',
  knowledge_bases: 'instance_id IN ($ids)',
  files: 'instance_id IN ($ids)',
  sync_runs: 'instance_id IN ($ids)',
  sync_run_streams: 'sync_run_id IN (SELECT id FROM sync_runs)',
  sync_state: 'instance_id IN ($ids)',
  quarantine: 'instance_id IN ($ids)',
  held_deletions: 'instance_id IN ($ids)',
  // A hash of somebody who does not want to be known.
  erased_people: '0',
  tombstones: '0',
  // List prices of all instances are no fact about any of them.
  prices: 'instance_id IS NULL OR instance_id IN ($ids)',
  // Bills are of resources that several instances may share: what reaches a generation is what is visible of them.
  cost_scopes: '0',
  cost_sync_runs: '0',
  cost_months: '0',
  cost_month_totals: '0',
  cost_daily: '0',
  cost_service_daily: '0',
  cost_restatements: '0',
  cost_shares: '0',
  cost_days: '0',
  generation_costs: 'generation_id IN (SELECT id FROM message)',
  analysis_settings: '1',
  cost_resources: '0',
  cost_deployments: '0',
  cost_meters: '0',
  cost_invoices: '0',
  excluded_accounts: 'instance_id IN ($ids)',
  // The account that others count as may be one of a hidden instance.
  merged_accounts: 'instance_id IN ($ids) AND person_instance_id IN ($ids)',
  engagement_weights: '1',
  holidays: 'instance_id = 0 OR instance_id IN ($ids)',
  // What may be spent on all instances together is one about those that are hidden.
  budgets: 'instance_id IN ($ids)',
  meta: `key IN (${PUBLIC_META})`,
};

/** Where a copy names the files with older text, which hold that of all instances. */
const SHARDS = 'content_shards';

/** What goes of an instance whose text is not visible, beyond what a privacy mode without text leaves out. */
const WITHOUT_TEXT: readonly RemovalStep[] = [
  ...PURGE_STEPS.filter(
    // Who used what is what numbers are about: people keep their names.
    ({ rule, table }) => rule === 'keepsText' || (rule === 'keepsNames' && table !== 'users'),
  ),
  { table: 'users', rows: 'instance_id = ?1 AND email IS NOT NULL', set: 'email = NULL' },
  { table: 'sync_state', rows: 'instance_id = ?1 AND walk_json IS NOT NULL', set: 'walk_json = NULL' },
];

/** What no question is about: addresses of servers, and share ids, which open a chat to whoever has them. */
const NEVER_SHOWN = `
  UPDATE instances SET url = '';
  UPDATE chats SET share_id = '' WHERE share_id IS NOT NULL;`;

/**
 * Removes from a throw-away copy what is not visible, and everything that was made of it: afterwards no statement can
 * find it, however it is written. Takes about as long as a backup; the copy's statements must not be running.
 * @throws NewerDatabaseError where a later version wrote the copy, Error where it has a table that is not known here
 */
export function limitCopy(database: SqliteDatabase, { instances }: Visible): void {
  if (isNewer(database)) {
    throw new NewerDatabaseError();
  }
  assertKnown(database);
  whileWritable(database, () => {
    // Children go with their parents.
    database.script('PRAGMA foreign_keys = OFF');
    database.transaction(() => {
      if (!areAllVisible(database, { instances })) {
        hideShards(database);
      }
      keepRows(
        database,
        instances.map(({ id }) => id),
      );
      for (const { id } of instances.filter(({ text }) => !text)) {
        for (const step of WITHOUT_TEXT) {
          database.run(removalStatement(step), [id]);
        }
      }
      database.script(NEVER_SHOWN);
      forgetHashes(database);
    });
    // Deleted rows leave their bytes in free pages.
    database.script('VACUUM');
  });
}

function assertKnown(database: SqliteDatabase): void {
  const tables = database.all<[string]>(`SELECT name FROM sqlite_schema WHERE type = 'table'`);
  const unknown = tables.map(([name]) => name).filter((name) => !(name in KEPT_ROWS) && name !== SHARDS);
  if (unknown.length > 0) {
    throw new Error(`The database has tables that cannot be limited to instances: ${unknown.join(', ')}.`);
  }
}

/** Whether every text of the mirror may be read, so that the files with text of all instances may be. */
function areAllVisible(database: SqliteDatabase, { instances }: Visible): boolean {
  const withText = new Set(instances.filter(({ text }) => text).map(({ id }) => id));
  return database.all<[number]>('SELECT id FROM instances').every(([id]) => withText.has(id));
}

/** No message names a file any more: its text is not known to the copy. */
function hideShards(database: SqliteDatabase): void {
  database.script(`
    UPDATE message SET content_shard = NULL WHERE content_shard IS NOT NULL;
    DELETE FROM ${SHARDS};`);
}

function keepRows(database: SqliteDatabase, ids: readonly number[]): void {
  for (const [table, kept] of Object.entries(KEPT_ROWS)) {
    // A condition about a missing instance is neither true nor false.
    database.script(`DELETE FROM ${table} WHERE (${kept.replaceAll('$ids', ids.join(', '))}) IS NOT TRUE`);
  }
}

/** They are made of texts, too, and a short one can be guessed. */
function forgetHashes(database: SqliteDatabase): void {
  const hashed = database.all<[string]>(
    `SELECT t.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' AND c.name = 'row_hash'`,
  );
  for (const [table] of hashed) {
    database.script(`UPDATE ${table} SET row_hash = ''`);
  }
}
