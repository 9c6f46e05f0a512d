import assert from 'node:assert/strict';
import { migrate } from '../../../../src/store/migrations';
import { SqliteDatabase } from '../../../../src/store/sqlite/sqlite';
import { ANALYSIS_TABLES } from '../../../../src/store/writer/analysisTables';
import { INSTANCE_STEPS } from '../../../../src/store/writer/instanceSteps';
import { PERSON_STEPS, personStatement, SENTENCE_STEPS } from '../../../../src/store/writer/personSteps';
import { PURGE_STEPS } from '../../../../src/store/writer/purgeSteps';
import { removalStatement, type RemovalStep } from '../../../../src/store/writer/removalStep';
import { ACCOUNTS_OF_INSTANCE, ACCOUNTS_OF_PERSON } from '../../../../src/warehouse/tombstones/accounts';

/** Text that says nothing of people in any mode: words of ours, times, ids of things, names of models and of what a cloud bills. */
const IMPERSONAL: Readonly<Record<string, readonly string[]>> = {
  meta: ['key', 'value'],
  instances: ['name', 'url', 'version', 'privacy'],
  users: ['role'],
  chats: ['remote_id', 'current_message_id'],
  chat_models: ['model_id'],
  message: ['remote_id', 'role', 'model_id', 'created_at_source', 'usage_dialect'],
  // Ids of files and bases, names of tools that an administrator made.
  message_sources: ['kind', 'use', 'remote_id'],
  models: ['model_id', 'name', 'base_model_id', 'source'],
  knowledge_bases: ['remote_id'],
  files: ['remote_id', 'content_type'],
  user_groups: ['remote_id'],
  feedback: ['remote_id', 'chat_remote_id', 'message_remote_id', 'model_id', 'sibling_model_ids'],
  sync_runs: [
    'run_id',
    'kind',
    'trigger',
    'status',
    'walk',
    'server_version',
    'client_version',
    'error_code',
  ],
  sync_run_streams: ['stream', 'status', 'error_code'],
  // Where a walk stopped holds no id of anybody: users have states of their own.
  sync_state: ['stream', 'walk_json', 'problem_code'],
  quarantine: ['stream', 'reason'],
  held_deletions: ['stream', 'reason'],
  // A hash that stays is what keeps somebody away.
  erased_people: ['person_hash'],
  tombstones: ['kind', 'mode'],
  content_shards: ['name'],
  prices: ['model_id', 'valid_from', 'currency', 'source'],
  budgets: ['currency'],
  analysis_settings: ['cost_type', 'allocation', 'content_hash'],
  engagement_weights: ['name'],
  holidays: ['date', 'name'],
  cost_scopes: ['source', 'scope', 'name'],
  cost_sync_runs: ['trigger', 'status', 'error', 'notes'],
  cost_months: ['cost_type', 'month', 'state'],
  cost_month_totals: ['cost_type', 'month', 'currency'],
  cost_daily: [
    ...['cost_type', 'date', 'resource_id', 'meter', 'meter_subcategory', 'charge_type', 'tag', 'currency'],
    ...['unit', 'service', 'publisher_type'],
  ],
  cost_service_daily: ['cost_type', 'date', 'service', 'publisher_type', 'currency'],
  cost_restatements: ['cost_type', 'date', 'currency'],
  cost_shares: ['kind', 'model_id', 'method', 'reason'],
  generation_costs: ['cost_type', 'currency'],
  cost_resources: ['resource_id', 'source'],
  cost_deployments: ['resource_id', 'deployment', 'model', 'version', 'source'],
  cost_meters: ['meter', 'models', 'direction', 'driver'],
  cost_invoices: ['scope', 'month', 'currency', 'note'],
};

/** Local text beside an epoch. */
const isTime = (column: string): boolean =>
  /_at$|^since$|_since$|^last_|^first_|^sync_datetime$|^retry_after$/u.test(column);

/** Columns that a step sets, or all of a table whose rows go. */
function touched(database: SqliteDatabase, { table, set }: RemovalStep): string[] {
  const columns =
    set === undefined
      ? textColumns(database).filter((name) => name.startsWith(`${table}.`))
      : [...set.matchAll(/(\w+) = /gu)].map(([, column = '']) => `${table}.${column}`);
  return columns;
}

function textColumns(database: SqliteDatabase): string[] {
  return database
    .all<[string, string]>(
      `SELECT t.name, c.name FROM sqlite_schema t, pragma_table_xinfo(t.name) c
       WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND c.type LIKE 'TEXT%'`,
    )
    .filter(([, column]) => !isTime(column) && column !== 'row_hash')
    .map(([table, column]) => `${table}.${column}`);
}

describe('Text of the database', () => {
  let database: SqliteDatabase;
  beforeEach(async () => {
    database = await SqliteDatabase.open();
    migrate(database);
  });
  afterEach(() => database.close());

  it('goes in some privacy mode, here and in a warehouse, or says nothing of anybody', () => {
    const goes = new Set(
      [...PURGE_STEPS, ...ACCOUNTS_OF_INSTANCE].flatMap((step) => touched(database, step)),
    );
    const stays = new Set(
      Object.entries(IMPERSONAL).flatMap(([table, columns]) => columns.map((column) => `${table}.${column}`)),
    );
    assert.deepEqual(
      textColumns(database).filter((column) => !goes.has(column) && !stays.has(column)),
      [],
      'columns that nobody has thought about',
    );
    assert.deepEqual(
      [...stays].filter((column) => goes.has(column) || !textColumns(database).includes(column)),
      [],
    );
  });

  it('of accounts that analysis.json names goes in a warehouse from every table of such', () => {
    const personal = ANALYSIS_TABLES.filter(({ isPersonal }) => isPersonal).map(({ table }) => table);
    for (const steps of [ACCOUNTS_OF_INSTANCE, ACCOUNTS_OF_PERSON]) {
      assert.deepEqual(
        steps.map(({ table }) => table),
        personal,
      );
    }
  });

  it('is of an instance in every table that an instance has, when it is removed', () => {
    const owned = database
      .all<[string]>(
        `SELECT t.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' AND c.name = 'instance_id'`,
      )
      .map(([table]) => table);
    const removed = new Set([...INSTANCE_STEPS, ...ACCOUNTS_OF_INSTANCE].map(({ table }) => table));
    assert.deepEqual(
      owned.filter((table) => !removed.has(table)),
      // What of analysis.json is of an instance and of nobody, and what carries the removal over.
      ['cost_resources', 'holidays', 'tombstones'],
    );
  });

  it('is removed in words that no database has to be told apart for', () => {
    const steps = [...PURGE_STEPS, ...INSTANCE_STEPS, ...SENTENCE_STEPS].map(removalStatement);
    for (const sql of [...steps, ...PERSON_STEPS.map(personStatement)]) {
      assert.doesNotMatch(sql, /\b(?:GLOB|instr|iif|ifnull|json_each|IS NOT \?)\b/u);
      assert.doesNotMatch(sql, /\?(?!\d)/u, 'numbered parameters alone');
    }
  });
});
