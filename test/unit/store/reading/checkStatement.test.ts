import assert from 'node:assert/strict';
import { checkStatement, type CheckMessage } from '../../../../src/store/reading/checkStatement';
import { SqliteDatabase } from '../../../../src/store/sqlite/sqlite';

describe('checkStatement', () => {
  let database: SqliteDatabase;
  before(async () => {
    database = await SqliteDatabase.open();
    database.script('CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)');
  });
  after(() => {
    database.close();
  });
  const check = (sql: string): CheckMessage => checkStatement(database, sql);

  it('tells the columns and parameters of a statement that would run', () => {
    assert.deepEqual(check('SELECT id, name AS who FROM users WHERE id = :id OR name = $name -- :no'), {
      error: undefined,
      parameters: [':id', '$name'],
      columns: ['id', 'who'],
    });
  });

  it('tells an error with its place and the parameters all the same', () => {
    assert.deepEqual(check('SELECT nam FROM users WHERE id = :id'), {
      error: { message: 'no such column: nam', offset: 7 },
      parameters: [':id'],
      columns: [],
    });
  });

  it('finds what would be refused at a run because it writes, and changes nothing', () => {
    for (const sql of [
      "INSERT INTO users (name) VALUES ('x')",
      'WITH gone AS (SELECT 1 AS id) DELETE FROM users WHERE id IN (SELECT id FROM gone)',
      'UPDATE users SET name = :name',
      'CREATE TABLE t (x)',
      'CREATE TEMP TABLE t (x)',
      'DROP TABLE users',
    ]) {
      assert.match(check(sql).error?.message ?? '', /^This is a read-only copy/, sql);
    }
    assert.deepEqual(database.get("SELECT count(*) FROM sqlite_schema WHERE type = 'table'"), [1]);
  });

  it('lets statements about statements pass', () => {
    for (const sql of [
      'EXPLAIN QUERY PLAN SELECT * FROM users',
      '/* plan */ EXPLAIN SELECT 1',
      'PRAGMA table_info(users)',
      'VALUES (1), (2)',
    ]) {
      assert.equal(check(sql).error, undefined, sql);
    }
  });

  it('wants names for parameters, since others could be given no value', () => {
    assert.deepEqual(check('SELECT ?').error, {
      message: 'Give each parameter a name, such as :from.',
      offset: 7,
    });
  });

  it('checks one statement only', () => {
    assert.match(check('SELECT 1; SELECT 2').error?.message ?? '', /one statement at a time/);
    assert.equal(check('SELECT 1; -- done').error, undefined);
  });
});
