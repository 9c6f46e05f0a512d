import assert from 'node:assert/strict';
import { SqlError } from '../../../../src/store/resultSet';
import { runStatement } from '../../../../src/store/reading/runStatement';
import { SqliteDatabase } from '../../../../src/store/sqlite/sqlite';

describe('runStatement', () => {
  let database: SqliteDatabase;
  before(async () => {
    database = await SqliteDatabase.open();
    database.script('CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT); PRAGMA query_only = ON');
  });
  after(() => {
    database.close();
  });
  const errorOf = async (sql: string): Promise<SqlError> => {
    try {
      await runStatement(database, sql, 10);
    } catch (error) {
      assert.ok(error instanceof SqlError);
      return error;
    }
    return assert.fail('no error');
  };

  it('returns columns with one value per row', async () => {
    const result = await runStatement(
      database,
      "SELECT 1 AS a, 'x' AS b UNION ALL SELECT 2, NULL -- end",
      10,
    );
    assert.deepEqual(
      result.columns.map((column) => [column.name, ...column]),
      [
        ['a', 1, 2],
        ['b', 'x', null],
      ],
    );
    assert.deepEqual([result.rowCount, result.truncated], [2, false]);
    assert.ok(result.elapsedMs >= 0);
  });

  it('binds named parameters and stops at the limit', async () => {
    const sql = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i * :by FROM n';
    const result = await runStatement(database, sql, 2, { by: 5 });
    assert.deepEqual([[...(result.columns[0] ?? [])], result.truncated], [[5, 10], true]);
  });

  it('says that the copy is read-only to whatever writes', async () => {
    for (const sql of [
      'DELETE FROM users',
      "INSERT INTO users (name) VALUES ('x')",
      'CREATE TABLE t (x)',
      'DROP TABLE users',
    ]) {
      assert.match((await errorOf(sql)).message, /^This is a read-only copy/, sql);
    }
  });

  it('runs one statement only; semicolons and comments behind it are fine', async () => {
    assert.equal((await runStatement(database, 'SELECT 1; -- done\n ;', 10)).rowCount, 1);
    const error = await errorOf('SELECT 1;\n SELECT 2');
    assert.equal(error.message, 'Run one statement at a time.');
    assert.equal(error.offset, 11);
    assert.equal((await errorOf('SELECT 1; SELCT')).offset, 10);
  });

  it('says so when there is nothing to run', async () => {
    for (const sql of ['', ' \n', '-- only a comment']) {
      assert.equal((await errorOf(sql)).message, 'There is no statement to run.');
    }
  });

  const places: readonly (readonly [sql: string, wrong: string])[] = [
    ['SELECT name FRM users', 'users'],
    ["SELECT 'FROM' AS x, name FROM users ORDER BY FROM", 'FROM'],
    ['SELCT 1', 'SELCT'],
    ['SELECT nam FROM users', 'nam '],
    ['SELECT unname, u.nam FROM users u', 'unname'],
    ['SELECT 1 FROM users u WHERE u.nam = 1', 'u.nam'],
    ['SELECT * FROM user', 'user'],
    ['SELECT nofunction(1)', 'nofunction'],
    ["SELECT 'ä', 'open", "'open"],
    ['SELECT id FROM users a JOIN users b WHERE name = 1', 'id'],
    ['SELECT name FROM users WHERE (', ''],
  ];
  for (const [sql, wrong] of places) {
    it(`finds the place of the error in ${JSON.stringify(sql)}`, async () => {
      const expected = wrong === '' ? sql.length : sql.lastIndexOf(wrong);
      assert.equal((await errorOf(sql)).offset, expected);
    });
  }
});
