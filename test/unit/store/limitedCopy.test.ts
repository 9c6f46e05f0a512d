import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { ContentShards } from '../../../src/store/content/contentShards';
import { NewerDatabaseError, toError } from '../../../src/store/errors';
import { ensureDataFolder } from '../../../src/store/files/dataFolder';
import { migrate } from '../../../src/store/migrations';
import { limitCopy } from '../../../src/store/reading/limitedCopy';
import type { VisibleInstance } from '../../../src/store/reading/limitedCopyTypes';
import { runStatement } from '../../../src/store/reading/runStatement';
import { statementsOf } from '../../../src/store/reading/shardedText';
import { createQueryRunner } from '../../../src/store/queryRunner';
import { rowsOf } from '../../../src/store/resultSet';
import { SqliteDatabase, type Value } from '../../../src/store/sqlite/sqlite';
import { begin, exchange, useMirrors, useTemporaryFolder } from './builders';
import { bundle } from './bundle';
import { sampleImage, sealUpTo } from './content/builders';
import { publishChat } from './shards';

/** Columns that must hold JSON or a word of ours. */
const JSON_COLUMNS = new Set(['tags', 'sibling_model_ids']);
const WORDS: Readonly<Record<string, string>> = { 'message.role': 'assistant', 'instances.privacy': 'full' };

/** Tables whose rows are of no instance. */
const COMMON_TABLES = new Set(['analysis_settings', 'engagement_weights']);

/** The instance that is visible, and the one that is not. */
const SHOWN = 1;
const HIDDEN = 2;

interface Column {
  readonly table: string;
  readonly name: string;
  readonly type: string;
}

function columnsOf(database: SqliteDatabase): readonly Column[] {
  return database
    .all<[string, string, string]>(
      `SELECT t.name, c.name, c.type FROM sqlite_schema t, pragma_table_info(t.name) c
       WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' ORDER BY t.name, c.cid`,
    )
    .map(([table, name, type]) => ({ table, name, type }));
}

/** `chats.title#2`: tells where a text was and whose it is. */
function markOf({ table, name }: Column, instance: number): string {
  return `${table}.${name}#${instance}`;
}

function valueOf(column: Column, instance: number): Value {
  const { table, name, type } = column;
  const mark = markOf(column, instance);
  return type !== 'TEXT'
    ? instance
    : (WORDS[`${table}.${name}`] ?? (JSON_COLUMNS.has(name) ? JSON.stringify([mark]) : mark));
}

/** A row of both instances in every table that there is: each text says where it stood. */
async function filledDatabase(): Promise<SqliteDatabase> {
  const database = await SqliteDatabase.open();
  migrate(database);
  // Triggers would mix rows of their own among those that say where they stood.
  const triggers = database.all<[string]>(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`);
  database.script(triggers.map(([name]) => `DROP TRIGGER ${name};`).join(''));
  database.script('PRAGMA foreign_keys = OFF; DELETE FROM meta; DELETE FROM analysis_settings');
  const columns = columnsOf(database);
  for (const table of new Set(columns.map((column) => column.table))) {
    const own = columns.filter((column) => column.table === table);
    for (const instance of COMMON_TABLES.has(table) ? [SHOWN] : [SHOWN, HIDDEN]) {
      database.run(
        `INSERT INTO ${table} (${own.map(({ name }) => name).join(', ')}) VALUES (${own.map(() => '?').join(', ')})`,
        own.map((column) => valueOf(column, instance)),
      );
    }
  }
  database.script(`
    INSERT INTO prices VALUES (3, NULL, 'general', '2025-01-01', 20089, 'USD', 1, NULL, 1, 0, 'admin', '', 0, 0);
    INSERT INTO meta VALUES ('zone', 'Europe/Berlin'), ('generation', '7');
    INSERT INTO budgets VALUES (3, NULL, 'all#2', 9, 'all#2', 1, 0);
    PRAGMA query_only = ON;`);
  return database;
}

/** Everything that a copy can tell: the rows of all tables and views, and the bytes of the file. */
function everythingIn(database: SqliteDatabase): string {
  const names = database.all<[string]>(
    `SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite%'`,
  );
  const rows = names.map(([name]) => database.all(`SELECT * FROM ${name}`));
  const bytes = Buffer.from(database.export());
  return `${textOf(rows)}\n${bytes.toString('latin1')}`;
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? String(item) : item));
}

/** The columns whose marks a copy holds, somewhere. */
function marksIn(database: SqliteDatabase, instance: number): readonly string[] {
  const all = everythingIn(database);
  return columnsOf(database)
    .filter((column) => all.includes(markOf(column, instance)))
    .map(({ table, name }) => `${table}.${name}`)
    .sort();
}

describe('A copy that is limited to instances', () => {
  const opened: { close(): void }[] = [];
  afterEach(() => opened.splice(0).forEach((item) => item.close()));

  const limited = async (
    instances: readonly VisibleInstance[],
    database?: SqliteDatabase,
  ): Promise<SqliteDatabase> => {
    const copy = database ?? (await filledDatabase());
    opened.push(copy);
    limitCopy(copy, { instances });
    return copy;
  };
  const numbersOnly = (): Promise<SqliteDatabase> => limited([{ id: SHOWN, text: false }]);
  const withText = (): Promise<SqliteDatabase> => limited([{ id: SHOWN, text: true }]);

  it('holds nothing of another instance, in no table, no view and no byte of the file', async () => {
    for (const copy of [await numbersOnly(), await withText()]) {
      assert.ok(!everythingIn(copy).includes('#2'));
      assert.ok(marksIn(copy, SHOWN).includes('users.name'));
    }
  });

  it('holds of an instance without text the names of people and models, and what is counted, but no words', async () => {
    const all = marksIn(await numbersOnly(), SHOWN);
    const times =
      /_at$|^\w+\.(?:sync_datetime|last_sync|last_full_sync|last_complete_walk|first_sync)$|_since$/u;
    assert.deepEqual(
      all.filter((mark) => !times.test(mark)),
      [
        'analysis_settings.allocation',
        'analysis_settings.content_hash',
        'analysis_settings.cost_type',
        'budgets.currency',
        'chat_models.model_id',
        'chats.current_message_id',
        'chats.folder_id',
        'chats.remote_id',
        'engagement_weights.name',
        'excluded_accounts.remote_id',
        'feedback.chat_remote_id',
        'feedback.message_remote_id',
        'feedback.model_id',
        'feedback.remote_id',
        'feedback.sibling_model_ids',
        'files.content_type',
        'files.remote_id',
        'generation_costs.cost_type',
        'generation_costs.currency',
        'held_deletions.reason',
        'held_deletions.remote_id',
        'held_deletions.stream',
        'holidays.date',
        'holidays.name',
        'instances.name',
        'instances.version',
        'knowledge_bases.remote_id',
        'merged_accounts.person_remote_id',
        'merged_accounts.remote_id',
        'message.created_at_source',
        'message.model_id',
        'message.remote_id',
        'message.usage_dialect',
        'message_sources.kind',
        'message_sources.remote_id',
        'message_sources.use',
        'models.base_model_id',
        'models.model_id',
        'models.name',
        'models.owner',
        'models.source',
        'prices.currency',
        'prices.model_id',
        'prices.source',
        'prices.valid_from',
        'quarantine.reason',
        'quarantine.remote_id',
        'quarantine.stream',
        'sync_run_streams.error_code',
        'sync_run_streams.status',
        'sync_run_streams.stream',
        'sync_runs.client_version',
        'sync_runs.error_code',
        'sync_runs.kind',
        'sync_runs.run_id',
        'sync_runs.server_version',
        'sync_runs.status',
        'sync_runs.trigger',
        'sync_runs.walk',
        'sync_state.problem_code',
        'sync_state.scope',
        'sync_state.stream',
        'user_groups.name',
        'user_groups.remote_id',
        'users.name',
        'users.remote_id',
        'users.role',
      ],
    );
  });

  it('holds everything of an instance with text but addresses, share links, hashes and what is no fact about it', async () => {
    const before = marksIn(await filledDatabase(), SHOWN);
    const after = new Set(marksIn(await withText(), SHOWN));
    const gone = before.filter((mark) => !after.has(mark) && !mark.endsWith('.row_hash'));
    const isOfBills = (mark: string): boolean => mark.startsWith('cost_');
    assert.deepEqual(gone.filter(isOfBills), before.filter(isOfBills), 'bills are of no instance');
    assert.deepEqual(
      gone.filter((mark) => !isOfBills(mark)),
      [
        'chats.share_id',
        'content_shards.name',
        'content_shards.sync_datetime',
        'erased_people.person_hash',
        'erased_people.sync_datetime',
        'instances.url',
        'meta.key',
        'meta.value',
        'tombstones.created_at',
        'tombstones.kind',
        'tombstones.mode',
        'tombstones.sync_datetime',
      ],
    );
    assert.deepEqual(
      [...after].filter((mark) => mark.endsWith('.row_hash')),
      [],
    );
  });

  it('says of a chat without its title that it is shared, and what the file is', async () => {
    const copy = await numbersOnly();
    assert.deepEqual(copy.all('SELECT title, is_shared FROM v_chats'), [[null, 1]]);
    assert.deepEqual(copy.all('SELECT * FROM meta ORDER BY key'), [
      ['generation', '7'],
      ['zone', 'Europe/Berlin'],
    ]);
  });

  it('holds list prices of all instances and nothing else where nothing is visible', async () => {
    const copy = await limited([]);
    const isCommon = (mark: string): boolean => COMMON_TABLES.has(mark.slice(0, mark.indexOf('.')));
    assert.deepEqual(
      marksIn(copy, SHOWN).filter((mark) => !isCommon(mark)),
      [],
    );
    assert.deepEqual(copy.all('SELECT model_id FROM prices'), [['general']]);
  });

  it('is not made of a database with a table that nobody has thought about', async () => {
    const database = await filledDatabase();
    database.script('PRAGMA query_only = OFF; CREATE TABLE diaries (entry TEXT)');
    await assert.rejects(limited([{ id: SHOWN, text: false }], database), /tables.*diaries/u);
  });

  it('is not made of a database of a newer version', async () => {
    const database = await filledDatabase();
    database.script('PRAGMA query_only = OFF; PRAGMA user_version = 999');
    await assert.rejects(limited([{ id: SHOWN, text: false }], database), NewerDatabaseError);
  });

  describe('asked by statements of any kind', () => {
    const root = useTemporaryFolder();
    /** What must come back from no statement. */
    const SECRET =
      /#2|(?:message_text\.content|chats\.(?:title|list_title|tags)|feedback\.(?:comment|tags)|files\.filename)#1/u;

    const answerOf = async (image: Uint8Array, sql: string): Promise<string> => {
      const database = await SqliteDatabase.open(image);
      const shards = new ContentShards(root());
      database.script('PRAGMA query_only = ON');
      try {
        return textOf(rowsOf(await runStatement(statementsOf(database, shards), sql, 10_000)));
      } catch (error) {
        return toError(error).message;
      } finally {
        database.close();
      }
    };

    const HOSTILE = [
      'SELECT * FROM sqlite_schema',
      'SELECT * FROM sqlite_temp_schema',
      'SELECT * FROM main.message_text',
      'SELECT * FROM messages UNION ALL SELECT * FROM messages_counted',
      'SELECT title FROM chats UNION SELECT content FROM message_text UNION SELECT comment FROM feedback',
      "SELECT content FROM messages WHERE content MATCH 'text'",
      "SELECT * FROM message_search WHERE message_search MATCH 'text'",
      'CREATE VIRTUAL TABLE f USING fts5(content)',
      'CREATE TEMP TABLE t AS SELECT * FROM message_text',
      'SELECT * FROM v_chats',
      'SELECT * FROM v_sources',
      'SELECT * FROM chat_tags',
      'SELECT * FROM v_cost',
      'SELECT * FROM instances WHERE id = 2 OR 1 = 1',
      'PRAGMA writable_schema = ON',
      'PRAGMA query_only = OFF',
      'PRAGMA database_list',
      'PRAGMA foreign_key_check',
      'PRAGMA integrity_check',
      'SELECT * FROM pragma_database_list',
      'SELECT * FROM pragma_foreign_key_list("message")',
      "ATTACH '/dbfile_1' AS other",
      "ATTACH 'file:/dbfile_1?mode=ro' AS other",
      "VACUUM INTO '/stolen.db'",
      'SELECT * FROM quarantine',
      'SELECT run_id, notes, error FROM sync_runs',
      'SELECT error FROM sync_run_streams',
      'SELECT * FROM held_deletions',
      'SELECT * FROM erased_people',
      'SELECT * FROM content_shards',
      'SELECT shard_text(1, 2)',
      'SELECT shard_text(content_shard, id) FROM message',
      'SELECT * FROM shard_1.message_text',
      'SELECT * FROM meta',
      'SELECT * FROM budgets',
      "SELECT data FROM sqlite_dbpage('main')",
      'SELECT * FROM dbstat',
      "SELECT hex(readfile('/dbfile_1'))",
      "SELECT load_extension('x')",
      "SELECT fts3_tokenizer('simple')",
      "INSERT INTO message_text VALUES (2, 'x') RETURNING *",
      'UPDATE instances SET id = id RETURNING *',
      'DELETE FROM messages RETURNING content',
      'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 99) SELECT i, (SELECT content FROM message_text WHERE rowid = i) FROM n',
      'SELECT group_concat(name), json_group_array(title) FROM users, chats',
      'EXPLAIN SELECT content FROM messages',
      'EXPLAIN QUERY PLAN SELECT content FROM messages',
    ];

    it('answers none of those that look for what is hidden', async () => {
      const image = (await numbersOnly()).export();
      const whole = (await filledDatabase()).export();
      let found = 0;
      for (const sql of HOSTILE) {
        assert.doesNotMatch(await answerOf(image, sql), SECRET, sql);
        found += SECRET.test(await answerOf(whole, sql)) ? 1 : 0;
      }
      assert.ok(found >= 15, `only ${found} of them find something in a copy that is not limited`);
    });

    it('answers no question that is made of its own tables and columns', async () => {
      const copy = await numbersOnly();
      const columns = columnsOf(copy);
      const image = copy.export();
      const column = fc.constantFrom(...columns);
      const statement = fc
        .tuple(column, column, column, fc.constantFrom('JOIN', 'LEFT JOIN', 'FULL JOIN', 'CROSS JOIN'))
        .map(
          ([a, b, c, join]) =>
            `SELECT a.${a.name}, b.${b.name}, a.*, (SELECT group_concat(c.${c.name}) FROM ${c.table} c) AS c
             FROM ${a.table} a ${join} ${b.table} b ON a.${a.name} IS NOT b.${b.name} OR 1 UNION ALL
             SELECT a.${a.name}, b.${b.name}, a.*, '' FROM ${a.table} a, ${b.table} b`,
        );
      await fc.assert(
        fc.asyncProperty(statement, async (sql) => {
          assert.doesNotMatch(await answerOf(image, sql), SECRET);
        }),
        { numRuns: 150 },
      );
    });
  });

  describe('of a mirror whose older text is in files', () => {
    const root = useTemporaryFolder();
    const sealed = async (): Promise<SqliteDatabase> => {
      const database = await SqliteDatabase.open(await sampleImage(300));
      sealUpTo(database, ensureDataFolder(root()).content, [200]);
      return database;
    };
    const texts = async (instances: readonly VisibleInstance[]): Promise<readonly (readonly unknown[])[]> => {
      const copy = await limited(instances, await sealed());
      const shards = new ContentShards(ensureDataFolder(root()).content);
      opened.push(shards);
      const sql = 'SELECT instance_id, count(content), count(*) FROM messages GROUP BY 1 ORDER BY 1';
      return rowsOf(await runStatement(statementsOf(copy, shards), sql, 10)).map((row) => Object.values(row));
    };

    it('reads those files only where the text of every instance of the mirror is visible', async () => {
      const all = await texts([
        { id: 1, text: true },
        { id: 2, text: true },
      ]);
      assert.ok(all.every(([, withContent, count]) => Number(withContent) > 0.9 * Number(count)));
      const [one] = await texts([{ id: 1, text: true }]);
      assert.ok(
        Number(one?.[1]) > 0 && Number(one?.[1]) < 0.5 * Number(one?.[2]),
        'only what is in the database',
      );
      const mixed = await texts([
        { id: 1, text: true },
        { id: 2, text: false },
      ]);
      assert.deepEqual(mixed[0], one);
      assert.equal(mixed[1]?.[1], 0);
    });

    it('names no file of text that it cannot read', async () => {
      const copy = await limited([{ id: 1, text: true }], await sealed());
      assert.deepEqual(copy.all('SELECT * FROM content_shards'), []);
      assert.deepEqual(copy.all('SELECT id FROM message WHERE content_shard IS NOT NULL'), []);
    });
  });

  describe('that queries run on', () => {
    const mirrors = useMirrors();
    const outdir = mkdtempSync(join(tmpdir(), 'openwebui-sync-limited-'));
    let workerPath = '';
    before(async () => {
      workerPath = (await bundle(outdir, { query: 'src/store/queryWorker.ts' }))('query');
    });
    after(() => rmSync(outdir, { recursive: true, force: true }));

    const CHATS = 'SELECT instance_id, title FROM chats ORDER BY id';

    it('is that of the question, of the newest generation and of the runs that the journal knows', async () => {
      const mirror = await mirrors.open();
      publishChat(mirror, 'one', exchange('one'), { instanceId: 1 });
      publishChat(mirror, 'two', exchange('two'), { instanceId: 2 });
      const runner = createQueryRunner({ folder: mirrors.root(), workerPath });
      opened.push({ close: () => runner.dispose() });
      const ask = async (sql: string, ...instances: VisibleInstance[]): Promise<unknown[][]> => {
        const result = await runner.run(sql, { limit: 100, visible: { instances } });
        return rowsOf(result).map((row) => Object.values(row));
      };
      assert.deepEqual(await ask(CHATS, { id: 1, text: false }), [[1, null]]);
      assert.deepEqual(await ask(CHATS, { id: 1, text: true }), [[1, 'Chat one']]);
      assert.deepEqual(await ask(CHATS, { id: 2, text: false }), [[2, null]]);
      await assert.rejects(ask('DELETE FROM chats', { id: 2, text: false }), /read-only copy/u);
      assert.deepEqual(await ask(CHATS, { id: 2, text: false }), [[2, null]]);

      publishChat(mirror, 'new', exchange('new'), { instanceId: 2 });
      assert.equal((await ask(CHATS, { id: 2, text: false })).length, 2);

      begin(mirror, 'under way', 1);
      begin(mirror, 'elsewhere', 2);
      const runs = await ask('SELECT run_id FROM sync_runs ORDER BY id DESC LIMIT 1', { id: 2, text: false });
      assert.deepEqual(runs, [['elsewhere']]);
      const all = await runner.run(CHATS, { limit: 100 });
      assert.equal(all.rowCount, 3, 'a query without limits sees the whole mirror');
    });
  });
});
