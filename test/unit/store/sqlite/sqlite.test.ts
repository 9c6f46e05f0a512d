import assert from 'node:assert/strict';
import { SqliteDatabase } from '../../../../src/store/sqlite/sqlite';

describe('SqliteDatabase', () => {
  let database: SqliteDatabase;
  beforeEach(async () => {
    database = await SqliteDatabase.open();
    database.script('CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, s TEXT)');
  });
  afterEach(() => {
    database.close();
  });

  it('is usable after a statement failed', () => {
    assert.throws(() => database.run('INSERT INTO t (id) VALUES (1), (1)'), /UNIQUE/);
    assert.equal(database.run('INSERT INTO t (id) VALUES (1)'), 1);
  });

  it('hands rows to a sink as they come, until it wants no more', () => {
    const seen: unknown[] = [];
    const sink = {
      begin: (columns: readonly string[]) => void seen.push(columns),
      row: (row: readonly unknown[]) => seen.push(row) < 3,
    };
    const sql = 'SELECT 1 AS a UNION ALL SELECT 2 UNION ALL SELECT 3';
    const { rows, truncated } = database.select(sql, { rows: Infinity, sink });
    assert.deepEqual(seen, [['a'], [1], [2]]);
    assert.deepEqual([rows, truncated], [[], true]);
  });

  it('truncates a selection at its limit and says so', () => {
    database.run('INSERT INTO t (n) VALUES (1), (2), (3)');
    assert.deepEqual(database.select('SELECT n FROM t WHERE n > :least', 1, { least: 1 }), {
      columns: ['n'],
      rows: [[2]],
      truncated: true,
      size: 8,
    });
    assert.equal(database.select('SELECT n FROM t', 3).truncated, false);
  });

  it('stops behind the row that makes a selection too large, and says why', () => {
    database.run(`INSERT INTO t (s) VALUES ('${'a'.repeat(600)}'), ('${'b'.repeat(600)}'), ('c')`);
    const { rows, truncated, isFull } = database.select('SELECT s FROM t ORDER BY id', {
      rows: 10,
      size: 1000,
    });
    assert.deepEqual([rows.length, truncated, isFull], [2, true, true]);
    const whole = database.select('SELECT s FROM t', { rows: 10, size: 10_000 });
    assert.deepEqual([whole.rows.length, whole.truncated, whole.isFull], [3, false, undefined]);
  });

  it('names the columns of an empty result', () => {
    assert.deepEqual(database.select('SELECT n AS "a b", s FROM t', 10).columns, ['a b', 's']);
  });
});
