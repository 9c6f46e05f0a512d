import assert from 'node:assert/strict';
import { explainStatement } from '../../../../../src/extension/sql/language/plan/explainStatement';
import { checkStatement } from '../../../../../src/store/reading/checkStatement';
import { runStatement } from '../../../../../src/store/reading/runStatement';
import { SqlError } from '../../../../../src/store/resultSet';
import { SqliteDatabase } from '../../../../../src/store/sqlite/sqlite';

describe('the plan of a statement', () => {
  let database: SqliteDatabase;
  before(async () => {
    database = await SqliteDatabase.open();
    database.script(`CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
      CREATE TABLE chats (id INTEGER PRIMARY KEY, user_id INTEGER, title TEXT);
      CREATE INDEX chats_by_user ON chats (user_id)`);
  });
  after(() => {
    database.close();
  });
  const explain = async (sql: string): Promise<string> => {
    const { text } = await explainStatement(
      {
        check: (checked) => {
          const { error, ...rest } = checkStatement(database, checked);
          return Promise.resolve({ ...rest, error: error && new SqlError(error.message, error.offset) });
        },
        run: (run, { limit }) => runStatement(database, run, limit),
      },
      sql,
    );
    return text;
  };
  const steps = async (sql: string): Promise<string[]> =>
    (await explain(sql)).split('\n').filter((line) => /^ *- /.test(line));

  it('says which tables are read as a whole and which by an index or id', async () => {
    assert.deepEqual(
      await steps('SELECT title FROM users u CROSS JOIN chats c ON c.user_id = u.id ORDER BY title'),
      [
        '- SCAN u (reads all rows of u)',
        '- SEARCH c USING INDEX chats_by_user (user_id=?) (finds rows of c by an index)',
        '- USE TEMP B-TREE FOR ORDER BY (sorts the rows)',
      ],
    );
    assert.deepEqual(await steps('SELECT name FROM users WHERE id = :id'), [
      '- SEARCH users USING INTEGER PRIMARY KEY (rowid=?) (finds rows of users by their id)',
    ]);
  });

  it('puts what a step is made of below it', async () => {
    const lines = await steps('SELECT (SELECT count(*) FROM chats c WHERE c.title = u.name) FROM users u');
    assert.deepEqual(lines, [
      '- SCAN u (reads all rows of u)',
      '- CORRELATED SCALAR SUBQUERY 1 (runs again for each row)',
      '  - SCAN c (reads all rows of c)',
    ]);
  });

  it('says so when no table is read', async () => {
    assert.deepEqual(await steps('SELECT abs(1)'), ['- SCAN CONSTANT ROW (one row of values)']);
    assert.match(await explain('PRAGMA user_version'), /Nothing is read from tables/);
  });

  it('explains a statement that asks for it itself', async () => {
    assert.deepEqual(
      await steps('EXPLAIN QUERY PLAN SELECT * FROM users'),
      await steps('SELECT * FROM users'),
    );
    assert.deepEqual(await steps('-- why\nEXPLAIN SELECT * FROM users'), await steps('SELECT * FROM users'));
  });

  it('tells what is wrong at its place in the statement, not in what was run', async () => {
    await assert.rejects(explain('SELECT nam FROM users'), (error: unknown) => {
      assert.ok(error instanceof SqlError);
      assert.equal(error.offset, 7);
      return true;
    });
  });
});
