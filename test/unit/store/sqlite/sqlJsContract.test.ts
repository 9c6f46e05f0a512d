import assert from 'node:assert/strict';
import { DatabaseBrokenError, MirrorFullError } from '../../../../src/store/errors';
import { loadSqlite, longText, SqliteDatabase } from '../../../../src/store/sqlite/sqlite';
import { withoutMemory } from '../withoutMemory';

const TABLE = 'CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, s TEXT)';
const FILL = `WITH RECURSIVE k (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < 6000)
  INSERT INTO t (s) SELECT CAST(zeroblob(4000) AS TEXT) || i FROM k`;

/** The rules of sql.js that the store relies on: an upgrade that changes one is seen here. */
describe('sql.js, as the store relies on it', () => {
  const opened: SqliteDatabase[] = [];
  const open = async (image?: Uint8Array): Promise<SqliteDatabase> => {
    const database = await SqliteDatabase.open(image);
    opened.push(database);
    return database;
  };
  afterEach(() => {
    opened.splice(0).forEach((database) => database.close());
  });
  /** A new database with the table `t`. */
  const openTable = async (): Promise<SqliteDatabase> => {
    const database = await open();
    database.script(TABLE);
    return database;
  };

  it('is loaded once', () => {
    assert.equal(loadSqlite(), loadSqlite());
  });

  describe('an export', () => {
    it('throws inside a write transaction instead of committing it', async () => {
      const database = await openTable();
      assert.throws(() =>
        database.transaction(() => {
          database.run('INSERT INTO t (n) VALUES (1)');
          database.export();
        }),
      );
      assert.deepEqual(database.get('SELECT count(*) FROM t'), [0]);
    });

    it('keeps pragmas, functions, temporary tables and cached statements', async () => {
      const database = await openTable();
      database.script('PRAGMA query_only = OFF; PRAGMA max_page_count = 5000; CREATE TEMP TABLE kept (x)');
      database.defineFunction('twice', (n) => Number(n) * 2);
      const insert = (n: number): number => database.run('INSERT INTO t (n) VALUES (twice(?))', [n]);
      insert(1);
      database.export();
      insert(2);
      assert.deepEqual(database.all('SELECT n FROM t'), [[2], [4]]);
      const pragmas = ['foreign_keys', 'cache_spill', 'synchronous', 'temp_store', 'max_page_count'];
      assert.deepEqual(
        pragmas.map((name) => database.get(`PRAGMA ${name}`)?.[0]),
        [1, 0, 0, 2, 5_000],
      );
      assert.deepEqual(database.get('PRAGMA journal_mode'), ['memory']);
      assert.deepEqual(database.get('SELECT count(*) FROM kept'), [0]);
    });

    it('is a whole file that opens again, as often as one likes', async () => {
      const database = await openTable();
      for (const n of [1, 2, 3]) {
        database.run('INSERT INTO t (n) VALUES (?)', [n]);
        const copy = await open(database.export());
        assert.deepEqual(copy.get('SELECT count(*) FROM t'), [n]);
        assert.deepEqual(copy.get('PRAGMA integrity_check'), ['ok']);
      }
    });
  });

  describe('bytes that are opened', () => {
    const image = async (): Promise<Uint8Array> => {
      const source = await openTable();
      return source.export();
    };
    const write = (database: SqliteDatabase): void => {
      database.script('INSERT INTO t (n) VALUES (1); PRAGMA user_version = 9');
    };

    it('are copied where they are plain, so that a published image stays pristine', async () => {
      const bytes = new Uint8Array(await image());
      const before = Buffer.from(bytes).toString('hex');
      write(await open(bytes));
      assert.equal(Buffer.from(bytes).toString('hex'), before);
    });

    it('are the database itself where they are a Buffer', async () => {
      const bytes = Buffer.from(await image());
      write(await open(bytes));
      assert.equal(bytes.readUInt32BE(60), 9);
    });

    it('are grown into where there is room behind them', async () => {
      const bytes = await image();
      const room = new Uint8Array(40_000_000);
      room.set(bytes);
      const database = SqliteDatabase.openWithin(room, bytes.length);
      opened.push(database);
      database.run(FILL);
      const [pages = 0] = database.get<[number]>('PRAGMA page_count') ?? [];
      const copy = await open(Buffer.from(room.buffer, 0, pages * 4_096));
      assert.deepEqual(copy.get('SELECT count(*) FROM t'), [6_000]);
      assert.deepEqual(copy.get('PRAGMA integrity_check'), ['ok']);
      // What comes after the change counter's place in the header is equal to the byte.
      assert.ok(
        Buffer.from(database.export())
          .subarray(100)
          .equals(room.subarray(100, pages * 4_096)),
      );
    });

    it('may have others behind the last page', async () => {
      const source = await openTable();
      source.run('INSERT INTO t (n) VALUES (42)');
      const copy = await open(Buffer.concat([source.export(), Buffer.alloc(64, 7)]));
      assert.deepEqual(copy.get('SELECT n FROM t'), [42]);
      assert.deepEqual(copy.get('PRAGMA integrity_check'), ['ok']);
    });
  });

  describe('attaching', () => {
    /** A database that is only read here: one that was written to keeps its lock. */
    const openOther = async (): Promise<SqliteDatabase> => {
      const source = await openTable();
      source.run('INSERT INTO t (n) VALUES (7)');
      return open(source.export());
    };

    it('reaches another open database by its file name, and lets it go again', async () => {
      const other = await openOther();
      assert.deepEqual(other.all('SELECT n FROM t'), [[7]]);
      const database = await open();
      for (let round = 0; round < 3; round++) {
        database.script(`ATTACH '${other.filename}' AS other`);
        assert.deepEqual(database.all('SELECT n FROM other.t'), [[7]]);
        database.script('DETACH other');
      }
      assert.deepEqual(other.all('SELECT n FROM t'), [[7]]);
    });

    it('protects what is attached as well by query_only', async () => {
      const other = await openOther();
      const database = await open();
      database.script(`ATTACH '${other.filename}' AS other; PRAGMA query_only = ON`);
      assert.throws(() => database.run('INSERT INTO other.t (n) VALUES (1)'), /readonly/);
      assert.throws(() => database.script('CREATE TEMP VIEW v AS SELECT 1'), /readonly/);
    });

    it('stops at ten', async () => {
      const database = await open();
      const attach = (index: number): void => database.script(`ATTACH ':memory:' AS other_${index}`);
      for (let index = 0; index < 10; index++) {
        attach(index);
      }
      assert.throws(() => attach(10), /too many attached databases/);
    });

    it('makes an empty database of the name of a closed one', async () => {
      const other = await SqliteDatabase.open();
      other.script(TABLE);
      const { filename } = other;
      other.close();
      const database = await open();
      database.script(`ATTACH '${filename}' AS other`);
      assert.deepEqual(database.all('SELECT name FROM other.sqlite_schema'), []);
    });

    it('lets a temporary view reach other databases, but none of the file itself', async () => {
      const other = await openOther();
      const database = await openTable();
      database.script(`ATTACH '${other.filename}' AS other; CREATE TEMP VIEW v AS SELECT n FROM other.t`);
      assert.deepEqual(database.all('SELECT * FROM v'), [[7]]);
      assert.throws(() => database.script('CREATE VIEW main.w AS SELECT * FROM other.t'), /cannot reference/);
    });
  });

  it('grows to many megabytes and stays sound', async () => {
    const database = await openTable();
    for (let round = 0; round < 3; round++) {
      database.run(FILL);
    }
    assert.ok((database.get<[number]>('PRAGMA page_count')?.[0] ?? 0) * 4_096 > 72_000_000);
    assert.deepEqual(database.get('PRAGMA integrity_check'), ['ok']);
    assert.deepEqual((await open(database.export())).get('SELECT count(*) FROM t'), [18_000]);
  });

  describe('text', () => {
    const texts = {
      'is empty': '',
      'has characters beyond the basic plane': '😀'.repeat(80),
      'has a NUL': `a\0b${'x'.repeat(300)}`,
      'has 20 MB': `${'Grüße '.repeat(2_900_000)}end`,
    };
    for (const [what, text] of Object.entries(texts)) {
      it(`comes back as it went where it ${what}`, async () => {
        const database = await openTable();
        database.run('INSERT INTO t (s) VALUES (CAST(? AS TEXT))', [longText(text)]);
        const [back, type] = database.get<[string, string]>('SELECT s, typeof(s) FROM t') ?? [];
        assert.ok(back === text);
        assert.equal(type, 'text');
      });
    }

    it('has no lone surrogates afterwards', async () => {
      const database = await openTable();
      const long = `\ud800${'x'.repeat(200)}\udfff`;
      for (const text of ['a\ud800b', long]) {
        database.run('INSERT INTO t (s) VALUES (CAST(? AS TEXT))', [longText(text)]);
      }
      assert.deepEqual(database.all('SELECT s FROM t'), [['a\uFFFDb'], [`\uFFFD${'x'.repeat(200)}\uFFFD`]]);
    });

    it('goes through a function as bytes, whatever its length', async () => {
      const database = await open();
      const long = 'y'.repeat(20_000_000);
      database.defineFunction(
        'text_of',
        (size) => new Uint8Array(Buffer.from(Number(size) === 0 ? '' : long)),
      );
      assert.ok(database.get<[string]>('SELECT CAST(text_of(1) AS TEXT)')?.[0] === long);
      assert.deepEqual(database.get('SELECT CAST(text_of(0) AS TEXT)'), ['']);
    });
  });

  it('binds and brings back integers beyond 2^53', async () => {
    const database = await openTable();
    for (const n of [9_007_199_254_740_993n, -9_223_372_036_854_775_808n, 3n, 4_294_967_296]) {
      database.run('INSERT INTO t (n) VALUES (?)', [n]);
    }
    assert.deepEqual(database.all('SELECT n, typeof(n) FROM t'), [
      [9_007_199_254_740_993n, 'integer'],
      [-9_223_372_036_854_775_808n, 'integer'],
      [3, 'integer'],
      [4_294_967_296, 'integer'],
    ]);
  });

  describe('a function', () => {
    it('gets as many arguments as it names', async () => {
      const database = await open();
      database.defineFunction('joined', (a, b) => `${String(a)}-${String(b)}`);
      assert.deepEqual(database.get("SELECT joined(1, 'x')"), ['1-x']);
      assert.throws(() => database.get('SELECT joined(1)'), /wrong number of arguments/);
    });

    it('that throws ends the statement with what it threw, and nothing else', async () => {
      class OwnError extends Error {}
      const database = await openTable();
      for (const error of [new OwnError('own'), new RangeError('range')]) {
        database.defineFunction('failing', (value) => {
          if (value !== null) {
            throw error;
          }
          return value;
        });
        assert.throws(
          () => database.run('INSERT INTO t (n) SELECT failing(1)'),
          (thrown) => thrown === error,
        );
        assert.deepEqual(database.get('SELECT failing(NULL)'), [null]);
        assert.throws(() => database.get('SELECT missing FROM t'), /no such column/);
      }
    });
  });

  it('has FTS4, its tokenizer for all scripts, and JSON; no FTS5', async () => {
    const database = await open();
    database.script(`CREATE VIRTUAL TABLE f USING fts4 (x, tokenize=unicode61 "remove_diacritics=2");
      INSERT INTO f VALUES ('Viele Grüße')`);
    assert.deepEqual(database.get("SELECT count(*) FROM f WHERE f MATCH 'GRUSSE OR gruße'"), [1]);
    assert.deepEqual(database.get("SELECT sum(value) FROM json_each('[1,2]')"), [3]);
    assert.throws(() => database.script('CREATE VIRTUAL TABLE g USING fts5 (x)'), /no such module: fts5/);
  });

  it('stops at max_page_count, rolls back, and stays usable', async () => {
    const database = await openTable();
    database.run("INSERT INTO t (s) VALUES ('kept')");
    database.script('PRAGMA max_page_count = 20');
    for (let round = 0; round < 3; round++) {
      assert.throws(() => database.transaction(() => database.run(FILL)), MirrorFullError);
    }
    database.run('UPDATE t SET n = 1');
    assert.deepEqual(database.all('SELECT n, s FROM t'), [[1, 'kept']]);
    database.script('PRAGMA max_page_count = 10000');
    database.run(FILL);
    assert.deepEqual(database.get('PRAGMA integrity_check'), ['ok']);
  });

  it('rolls schema changes and their bookkeeping back together', async () => {
    const database = await openTable();
    assert.throws(
      () =>
        database.transaction(() => {
          database.script('CREATE TABLE other (x); ALTER TABLE t ADD COLUMN y; PRAGMA user_version = 7');
          database.script('PRAGMA application_id = 5; DROP VIEW IF EXISTS none');
          database.run('INSERT INTO t (n) VALUES (1)');
          throw new Error('stop');
        }),
      /stop/,
    );
    assert.deepEqual(database.get('SELECT count(*) FROM t'), [0]);
    assert.deepEqual(database.get('PRAGMA user_version'), [0]);
    assert.deepEqual(database.get('PRAGMA application_id'), [0]);
    assert.deepEqual(database.all('SELECT name FROM sqlite_schema'), [['t']]);
    assert.deepEqual(database.all("SELECT name FROM pragma_table_info('t')"), [['id'], ['n'], ['s']]);
  });

  it('case 41: is given up after an error that flew through SQLite', async () => {
    const broken = await openTable();
    assert.throws(
      () =>
        withoutMemory(() => {
          broken.run('INSERT INTO t (s) VALUES (zeroblob(3000000))');
        }),
      DatabaseBrokenError,
    );
    assert.throws(() => broken.get('SELECT 1'), DatabaseBrokenError);
    assert.throws(() => broken.export(), DatabaseBrokenError);
  });
});
