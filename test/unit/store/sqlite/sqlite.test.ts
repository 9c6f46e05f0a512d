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
