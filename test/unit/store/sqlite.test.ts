import assert from 'node:assert/strict';
import { DatabaseBrokenError, MirrorFullError } from '../../../src/store/errors';
import { SqliteDatabase, loadSqlite, longText } from '../../../src/store/sqlite';

/** No large array can be made while `work` runs, as on a machine that is out of memory. */
function withoutMemory(work: () => void): void {
  const original = globalThis.Uint8Array;
  globalThis.Uint8Array = new Proxy(original, {
    construct: (target, args: unknown[]) => {
      if (Number(args[0]) > 1_000_000) {
        throw new RangeError('Array buffer allocation failed');
      }
      return Reflect.construct(target, args) as object;
    },
  });
  try {
    work();
  } finally {
    globalThis.Uint8Array = original;
  }
}

describe('SqliteDatabase', () => {
  let database: SqliteDatabase;
  beforeEach(async () => {
    database = await SqliteDatabase.open();
    database.script('CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, s TEXT)');
  });
  afterEach(() => {
    database.close();
  });

  it('brings integers beyond 2^53 back exactly and others as numbers', () => {
    database.run('INSERT INTO t (n, s) VALUES (?, ?)', [9_007_199_254_740_993n, 'x']);
    assert.deepEqual(database.get('SELECT n, id, 0.5, 1e300 FROM t'), [
      9_007_199_254_740_993n,
      1,
      0.5,
      1e300,
    ]);
  });

  it('keeps text of any length, with characters beyond the basic plane and NUL', () => {
    for (const text of ['', 'ж', '😀'.repeat(80), `a\0b${'x'.repeat(300)}`]) {
      database.run('INSERT INTO t (s) VALUES (CAST(? AS TEXT))', [longText(text)]);
      const row = database.get('SELECT s, typeof(s) FROM t ORDER BY id DESC LIMIT 1');
      assert.deepEqual(row, [text, 'text']);
    }
  });

  it('replaces lone surrogates, which are no valid text', () => {
    database.run('INSERT INTO t (s) VALUES (?)', ['a\ud800b']);
    assert.deepEqual(database.get('SELECT s FROM t'), ['a\uFFFDb']);
  });

  it('rolls a failed transaction back as a whole, schema included', () => {
    assert.throws(
      () =>
        database.transaction(() => {
          database.script('CREATE TABLE other (x); PRAGMA user_version = 7');
          database.run('INSERT INTO t (n) VALUES (1)');
          throw new Error('stop');
        }),
      /stop/,
    );
    assert.deepEqual(database.get('SELECT count(*) FROM t'), [0]);
    assert.deepEqual(database.get('PRAGMA user_version'), [0]);
    assert.deepEqual(database.all("SELECT name FROM sqlite_schema WHERE name = 'other'"), []);
  });

  it('is usable after a statement failed', () => {
    assert.throws(() => database.run('INSERT INTO t (id) VALUES (1), (1)'), /UNIQUE/);
    assert.equal(database.run('INSERT INTO t (id) VALUES (1)'), 1);
  });

  it('keeps its settings and statements over an export', () => {
    database.run('INSERT INTO t (n) VALUES (?)', [1]);
    database.export();
    database.run('INSERT INTO t (n) VALUES (?)', [2]);
    assert.deepEqual(database.get('PRAGMA foreign_keys'), [1]);
    assert.deepEqual(database.get('SELECT count(*) FROM t'), [2]);
  });

  it('says "full" at its largest size and rolls back', () => {
    database.script('PRAGMA max_page_count = 20');
    const fill = (): void => {
      database.transaction(() => {
        for (let row = 0; row < 1_000; row++) {
          database.run('INSERT INTO t (s) VALUES (?)', ['x'.repeat(1_000)]);
        }
      });
    };
    assert.throws(fill, MirrorFullError);
    assert.deepEqual(database.get('SELECT count(*) FROM t'), [0]);
  });

  it('gives a connection up after an error that flew through SQLite', async () => {
    const broken = await SqliteDatabase.open();
    broken.script('CREATE TABLE t (s TEXT)');
    assert.throws(
      () =>
        withoutMemory(() => {
          broken.run('INSERT INTO t VALUES (zeroblob(3000000))');
        }),
      DatabaseBrokenError,
    );
    assert.throws(() => broken.get('SELECT 1'), DatabaseBrokenError);
    assert.throws(() => broken.export(), DatabaseBrokenError);
    broken.close();
  });

  it('truncates a selection at its limit and says so', () => {
    database.run('INSERT INTO t (n) VALUES (1), (2), (3)');
    assert.deepEqual(database.select('SELECT n FROM t WHERE n > :least', 1, { least: 1 }), {
      columns: ['n'],
      rows: [[2]],
      truncated: true,
    });
    assert.equal(database.select('SELECT n FROM t', 3).truncated, false);
  });

  it('names the columns of an empty result', () => {
    assert.deepEqual(database.select('SELECT n AS "a b", s FROM t', 10).columns, ['a b', 's']);
  });
});

describe('sql.js, as the store relies on it', () => {
  it('throws on an export inside a write transaction instead of committing it', async () => {
    const database = await SqliteDatabase.open();
    database.script('CREATE TABLE t (x)');
    assert.throws(() =>
      database.transaction(() => {
        database.run('INSERT INTO t VALUES (1)');
        database.export();
      }),
    );
    assert.deepEqual(database.get('SELECT count(*) FROM t'), [0]);
    database.close();
  });

  it('copies plain bytes, so that a published image stays pristine', async () => {
    const source = await SqliteDatabase.open();
    source.script('CREATE TABLE t (x)');
    const image = new Uint8Array(source.export());
    const before = Buffer.from(image).toString('hex');
    const copy = await SqliteDatabase.open(image);
    copy.script('INSERT INTO t VALUES (1); PRAGMA user_version = 9');
    assert.equal(Buffer.from(image).toString('hex'), before);
    copy.close();
    source.close();
  });

  it('ignores bytes behind the last page', async () => {
    const source = await SqliteDatabase.open();
    source.script('CREATE TABLE t (x); INSERT INTO t VALUES (42)');
    const copy = await SqliteDatabase.open(Buffer.concat([source.export(), Buffer.alloc(64, 7)]));
    assert.deepEqual(copy.get('SELECT x FROM t'), [42]);
    assert.deepEqual(copy.get('PRAGMA integrity_check'), ['ok']);
    copy.close();
    source.close();
  });

  it('has FTS4 and JSON', async () => {
    const database = await SqliteDatabase.open();
    database.script("CREATE VIRTUAL TABLE f USING fts4 (x); INSERT INTO f VALUES ('hello world')");
    assert.deepEqual(database.get("SELECT count(*) FROM f WHERE f MATCH 'world'"), [1]);
    assert.deepEqual(database.get("SELECT sum(value) FROM json_each('[1,2]')"), [3]);
    database.close();
  });

  it('is loaded once', () => {
    assert.equal(loadSqlite(), loadSqlite());
  });
});
