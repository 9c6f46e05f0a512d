import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ContentShards } from '../../../../src/store/content/contentShards';
import { listShards } from '../../../../src/store/content/shardFile';
import { ensureDataFolder } from '../../../../src/store/files/dataFolder';
import { TextFileError } from '../../../../src/store/errors';
import { runStatement } from '../../../../src/store/reading/runStatement';
import { statementsOf, type Statements } from '../../../../src/store/reading/shardedText';
import { SqlError } from '../../../../src/store/resultSet';
import { SqliteDatabase, type Row } from '../../../../src/store/sqlite/sqlite';
import { useTemporaryFolder } from '../builders';
import { sampleImage, sampleText, shardedCopy } from '../content/builders';

const COUNT = 3_000;
/** Three shards with gaps, and 600 messages inline. */
const BOUNDS = [700, 1_500, 2_400];

/** Statements that must not notice where text lies; those with parameters bind `:id`. */
const STATEMENTS = [
  'SELECT * FROM messages WHERE id = 5',
  'SELECT * FROM messages ORDER BY id',
  'SELECT * FROM messages_counted ORDER BY id',
  'SELECT count(*) FROM messages',
  'SELECT count(content), sum(length(content)) FROM messages',
  'SELECT count(content), sum(length(content)) FROM messages_counted',
  "SELECT id FROM messages WHERE content LIKE '%budget%' ORDER BY id",
  "SELECT id, content FROM messages WHERE content LIKE '%Grüße 🎉 no 1%' ORDER BY id",
  "SELECT id FROM messages WHERE content GLOB '*日本語*' AND role = 'user' ORDER BY id",
  "SELECT id, content FROM messages WHERE content LIKE '%no 2%' AND day = 20397 ORDER BY id",
  'SELECT id, content FROM messages ORDER BY created_at DESC LIMIT 50',
  'SELECT id, content FROM messages ORDER BY length(content) DESC, id LIMIT 20',
  'SELECT content FROM messages WHERE chat_id = 7 ORDER BY id',
  'SELECT content FROM messages WHERE chat_id IN (1, 20, 39) ORDER BY id DESC',
  'SELECT c.title, m.content FROM chats c JOIN messages m ON m.chat_id = c.id WHERE c.user_id = 3 ORDER BY m.id',
  "SELECT u.name, count(*) FROM users u JOIN messages m ON m.user_id = u.id WHERE m.content LIKE '%plan%' GROUP BY u.id",
  'SELECT a.content, b.content FROM messages a JOIN messages b ON b.id = a.id + 700 WHERE a.chat_id = 3 ORDER BY a.id',
  'SELECT t.id, m.content FROM chats t LEFT JOIN messages m ON m.id = t.id * 97 ORDER BY t.id',
  'WITH long AS (SELECT id, content FROM messages WHERE length(content) > 100) SELECT count(*), max(content) FROM long',
  'WITH messages AS (SELECT 1 AS content) SELECT content FROM messages',
  "SELECT content FROM messages WHERE id = 3 UNION SELECT content FROM messages WHERE id = 2999 UNION ALL SELECT 'x'",
  'SELECT (SELECT m.content FROM messages m WHERE m.chat_id = c.id ORDER BY m.id DESC LIMIT 1) FROM chats c ORDER BY 1',
  'SELECT title FROM chats c WHERE EXISTS (SELECT 1 FROM messages m WHERE m.chat_id = c.id AND m.content IS NULL) ORDER BY 1',
  'SELECT DISTINCT substr(content, 1, 5) FROM messages ORDER BY 1',
  'SELECT role, group_concat(substr(content, 1, 1), "") FROM (SELECT * FROM messages ORDER BY id) GROUP BY role',
  'SELECT id, row_number() OVER (ORDER BY content, id) FROM messages WHERE chat_id < 9 ORDER BY id',
  'SELECT m.id, m.content FROM main.messages m WHERE m.id % 500 = 1 ORDER BY 1',
  'SELECT count(content) FROM main.messages_counted',
  'SELECT content FROM messages WHERE id = :id',
  "SELECT id FROM messages WHERE content = 'budget no ' || :id",
  'SELECT typeof(content), content IS NULL, count(*) FROM messages GROUP BY 1, 2 ORDER BY 1, 2',
  'SELECT model_id, count(*) FROM messages GROUP BY model_id ORDER BY 1',
  "SELECT id FROM messages WHERE (content LIKE '%lorem%' OR role = 'assistant') AND NOT content LIKE '%plan%' ORDER BY id",
  "SELECT name FROM pragma_table_info('messages')",
];

describe('Reading text in shards', () => {
  const root = useTemporaryFolder();
  let image: Uint8Array;
  before(async () => {
    image = await sampleImage(COUNT);
  });

  const opened: { close(): void }[] = [];
  beforeEach(() => ensureDataFolder(root()));
  afterEach(() => {
    opened.splice(0).forEach((item) => item.close());
  });
  const content = (): string => join(root(), 'content');
  const newShards = (): ContentShards => {
    const shards = new ContentShards(content());
    opened.push(shards);
    return shards;
  };
  const copy = async (bounds: readonly number[] = BOUNDS, of = image): Promise<SqliteDatabase> => {
    const database = await shardedCopy(root(), of, bounds);
    opened.push(database);
    return database;
  };
  /** Rows without the one column that tells where text lies. */
  const rows = async (statements: Statements, sql: string): Promise<readonly Row[]> => {
    const selection = await statements.select(sql, Infinity, sql.includes(':id') ? { id: 1_000 } : {});
    return selection.rows.map((row) =>
      row.filter((_, column) => selection.columns[column] !== 'content_shard'),
    );
  };
  /** Names of the shards that a reader has opened. */
  const openedBy = (shards: ContentShards): string[] => {
    const names: string[] = [];
    const original = shards.shard.bind(shards);
    shards.shard = (name): SqliteDatabase => {
      names.push(name);
      return original(name);
    };
    return names;
  };
  const different = (names: readonly string[]): number => new Set(names).size;

  describe('gives what the same text inline gives', () => {
    const inlineRows = new Map<string, readonly Row[]>();
    before(async () => {
      const inline = await SqliteDatabase.open(image);
      for (const sql of STATEMENTS) {
        inlineRows.set(sql, await rows(inline, sql));
      }
      inline.close();
    });
    const modes = [
      ['one by one', Infinity],
      ['with the shards attached', 0],
      ['as it comes', undefined],
    ] as const;
    for (const [mode, maxSingleTexts] of modes) {
      it(mode, async () => {
        const statements = statementsOf(await copy(), newShards(), maxSingleTexts);
        for (const sql of STATEMENTS) {
          assert.deepEqual(await rows(statements, sql), inlineRows.get(sql), sql);
        }
      });
    }
  });

  it('keeps the columns of the views, their names and order', async () => {
    const database = await copy();
    const before = database.select('SELECT * FROM messages LIMIT 0', 1).columns;
    const statements = statementsOf(database, newShards(), 0);
    assert.deepEqual((await statements.select('SELECT * FROM messages LIMIT 0', 1)).columns, before);
    assert.deepEqual((await statements.select('SELECT * FROM messages', 1)).columns, before);
  });

  it('leaves a database without shards as it is', async () => {
    const database = await copy([]);
    assert.equal(statementsOf(database, newShards()), database);
  });

  it('opens no shard for what needs no text', async () => {
    const shards = newShards();
    const names = openedBy(shards);
    const statements = statementsOf(await copy(), shards);
    await rows(statements, "SELECT count(*), max(created_at) FROM messages WHERE role = 'user'");
    await rows(statements, 'SELECT id FROM messages WHERE id = 2999 AND content IS NOT NULL');
    await rows(statements, 'EXPLAIN QUERY PLAN SELECT content FROM messages');
    assert.deepEqual(names, []);
  });

  it('opens only the shards that hold the texts of a chat', async () => {
    const shards = newShards();
    const names = openedBy(shards);
    const statements = statementsOf(await copy(), shards);
    await rows(statements, 'SELECT content FROM messages WHERE chat_id = 2');
    assert.equal(different(names), 1);
    await rows(statements, 'SELECT * FROM messages LIMIT 100');
    assert.equal(different(names), 1);
  });

  it('is protected against writing afterwards', async () => {
    const statements = statementsOf(await copy(), newShards(), 0);
    await rows(statements, 'SELECT sum(length(content)) FROM messages');
    for (const sql of [
      'DELETE FROM message',
      'CREATE TEMP TABLE t (x)',
      'DROP VIEW messages',
      'CREATE TEMP VIEW v AS SELECT 1',
    ]) {
      await assert.rejects(runStatement(statements, sql, 1), SqlError, sql);
    }
  });

  describe('never lets a statement write into a shard that lives on', () => {
    const ATTACKS = [
      'DELETE FROM shard_1.message_text',
      "UPDATE shard_1.message_text SET content = 'x'",
      "INSERT INTO shard_1.message_search (message_search) VALUES ('rebuild')",
      'PRAGMA shard_1.user_version = 7',
      'PRAGMA shard_1.journal_mode = WAL',
      'VACUUM shard_1',
      'ATTACH DATABASE :name AS other',
    ];
    it('while the shards are attached and query_only is on', async () => {
      const shards = newShards();
      const database = await copy();
      const [name = ''] = listShards(content());
      const before = Buffer.from(shards.shard(name).export());
      database.script(
        `PRAGMA query_only = OFF; ATTACH '${shards.shard(name).filename}' AS shard_1; PRAGMA query_only = ON`,
      );
      for (const sql of ATTACKS) {
        try {
          database.select(sql, 1, sql.includes(':name') ? { name: ':memory:' } : {});
        } catch (error) {
          assert.match(String(error), /readonly|locked|cannot VACUUM|no such/u, sql);
        }
      }
      database.script('DETACH shard_1');
      assert.ok(Buffer.from(shards.shard(name).export()).equals(before));
    });

    it('because none is attached when a statement of unknown text begins', async () => {
      const statements = statementsOf(await copy(), newShards(), 0);
      for (const sql of ATTACKS.slice(0, 4)) {
        await assert.rejects(runStatement(statements, sql, 1), SqlError, sql);
      }
      await runStatement(statements, 'PRAGMA query_only = OFF', 1);
      await assert.rejects(runStatement(statements, 'DELETE FROM shard_1.message_text', 1), /no such table/u);
    });
  });

  describe('says which file is missing or damaged', () => {
    const failsWith = async (statements: Statements, sql: string, words: RegExp): Promise<void> => {
      await assert.rejects(
        runStatement(statements, sql, 10_000),
        (error) => error instanceof TextFileError && words.test(error.message),
        sql,
      );
    };
    for (const maxSingleTexts of [0, Infinity]) {
      it(maxSingleTexts === 0 ? 'with the shards attached' : 'one by one', async () => {
        const database = await copy();
        const [first = '', second = ''] = listShards(content()).sort();
        rmSync(join(content(), first));
        const bytes = readFileSync(join(content(), second));
        bytes[5_000] = (bytes[5_000] ?? 0) ^ 1;
        writeFileSync(join(content(), second), bytes);
        const statements = statementsOf(database, newShards(), maxSingleTexts);
        await failsWith(
          statements,
          'SELECT content FROM messages WHERE id = 1',
          new RegExp(`content/${first} is missing`, 'u'),
        );
        await failsWith(
          statements,
          "SELECT id FROM messages WHERE content LIKE '%x%'",
          /is missing.*"Check Database"/u,
        );
        await failsWith(
          statements,
          'SELECT content FROM messages WHERE id = 1499',
          new RegExp(`content/${second} is damaged`, 'u'),
        );
        // What lies elsewhere is still read.
        assert.equal(
          (await rows(statements, 'SELECT content FROM messages WHERE id BETWEEN 1501 AND 3000')).length,
          1_500,
        );
        assert.deepEqual(await rows(statements, 'SELECT content FROM messages WHERE id = 2999'), [
          [sampleText(2_999)],
        ]);
      });
    }

    it('and which lacks a text', async () => {
      const database = await copy();
      database.script('PRAGMA query_only = OFF; UPDATE message SET content_shard = 3 WHERE id = 1');
      for (const maxSingleTexts of [0, Infinity]) {
        const statements = statementsOf(database, newShards(), maxSingleTexts);
        await failsWith(statements, 'SELECT content FROM messages', /content\/0003-\w+\.db lacks some/u);
      }
    });
  });

  describe('keeps clear of the traps', () => {
    it('1: a text of 20 MB does not break the module, by function or attached', async () => {
      const huge = `${'… '.repeat(5_000_000)}end`;
      const source = await SqliteDatabase.open(new Uint8Array(image));
      source.run('UPDATE message_text SET content = CAST(? AS TEXT) WHERE id = 10', [Buffer.from(huge)]);
      const large = source.export();
      source.close();
      const database = await copy([20], large);
      for (const maxSingleTexts of [Infinity, 0]) {
        const statements = statementsOf(database, newShards(), maxSingleTexts);
        assert.ok((await rows(statements, 'SELECT content FROM messages WHERE id = 10'))[0]?.[0] === huge);
        assert.deepEqual(
          await rows(statements, "SELECT id FROM messages WHERE content LIKE '%end' AND id < 20"),
          [[10]],
        );
      }
      assert.deepEqual(database.get('SELECT 1'), [1]);
    });

    it('2: a text is read once, and behind the cheap conditions', async () => {
      const shards = newShards();
      const statements = statementsOf(await copy(), shards, Infinity);
      let texts = 0;
      const original = shards.text.bind(shards);
      shards.text = (name, id): Uint8Array | undefined => {
        texts++;
        return original(name, id);
      };
      await rows(
        statements,
        "SELECT content FROM messages WHERE content LIKE '%no%' AND hour = 5 AND id <= 2400",
      );
      const [[matching] = []] = await rows(
        statements,
        'SELECT count(*) FROM message WHERE hour = 5 AND content_shard IS NOT NULL',
      );
      assert.equal(texts, matching);
    });

    it('3: text that a statement does not ask for costs nothing, joined or not', async () => {
      const statements = statementsOf(await copy(), newShards(), 0);
      const plan = await rows(
        statements,
        'EXPLAIN QUERY PLAN SELECT u.name, count(*) FROM users u JOIN messages m ON m.user_id = u.id GROUP BY u.id',
      );
      assert.doesNotMatch(JSON.stringify(plan), /message_text|SUBQUERY|UNION/u);
    });

    it('4: more than ten shards are read, the rest of them one by one', async () => {
      const bounds = Array.from({ length: 13 }, (_, index) => (index + 1) * 200);
      const shards = newShards();
      const names = openedBy(shards);
      const statements = statementsOf(await copy(bounds), shards, 0);
      const inline = await SqliteDatabase.open(image);
      opened.push(inline);
      const sql = 'SELECT id, content FROM messages ORDER BY id';
      assert.deepEqual(await rows(statements, sql), await rows(inline, sql));
      assert.equal(different(names), 13);
    });

    it('5: shards are attached again and again, idle ones opened anew in between', async () => {
      let now = 0;
      const shards = new ContentShards(content(), () => now);
      opened.push(shards);
      const statements = statementsOf(await copy(), shards, 0);
      const sql = 'SELECT count(content), sum(length(content)) FROM messages';
      const expected = await rows(statements, sql);
      assert.deepEqual(await rows(statements, sql), expected);
      now += 60_000;
      shards.closeIdle();
      assert.deepEqual(await rows(statements, sql), expected);
      assert.equal(Number(expected[0]?.[0]), 2_940);
    });

    it('6: a shard is opened in the bytes that were read, without a copy of them', async () => {
      const database = await copy([700]);
      const [name = ''] = listShards(content());
      const size = readFileSync(join(content(), name)).length;
      const shards = newShards();
      const before = process.memoryUsage().arrayBuffers;
      shards.text(name, 1);
      assert.ok(process.memoryUsage().arrayBuffers - before < size * 1.5);
      database.close();
    });

    it('7: a statement that reads many texts attaches the shards, one that reads few does not', async () => {
      const database = await copy();
      const scripts: string[] = [];
      const original = database.script.bind(database);
      database.script = (sql): void => {
        scripts.push(sql);
        original(sql);
      };
      const statements = statementsOf(database, newShards());
      const attachments = async (sql: string, limit = Infinity): Promise<number> => {
        scripts.length = 0;
        await statements.select(sql, limit);
        return scripts.filter((script) => script.startsWith('ATTACH')).length;
      };
      assert.equal(await attachments('SELECT content FROM messages WHERE chat_id = 3'), 0);
      assert.equal(await attachments('SELECT content FROM messages WHERE day = 20397'), 0);
      assert.equal(await attachments('SELECT * FROM messages LIMIT 1000'), 0);
      assert.equal(await attachments('SELECT * FROM messages'), 3);
      assert.equal(await attachments('SELECT * FROM messages', 2_300), 0, 'the first rows of many');
      assert.equal(await attachments("SELECT count(*) FROM messages WHERE content LIKE '%x%'"), 3);
      assert.equal(
        await attachments(
          "SELECT count(*) FROM chats c JOIN messages m ON m.chat_id = c.id WHERE m.content LIKE '%x%'",
        ),
        3,
      );
    });

    it('8: the newest messages with their text are the newest', async () => {
      const statements = statementsOf(await copy([700, 1_500, COUNT]), newShards());
      const newest = await rows(
        statements,
        'SELECT id, content FROM messages ORDER BY created_at DESC LIMIT 3',
      );
      assert.deepEqual(newest, [
        [3_000, null],
        [2_999, sampleText(2_999)],
        [2_998, sampleText(2_998)],
      ]);
    });
  });
});
