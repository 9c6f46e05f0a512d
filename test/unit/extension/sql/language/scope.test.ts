import assert from 'node:assert/strict';
import { parseQuery } from '../../../../../src/extension/sql/language/query/parseQuery';
import { scopeAt, type Scope } from '../../../../../src/extension/sql/language/query/scope';
import { atCursor, SCHEMA } from './schema';

function scopeOf(marked: string): Scope {
  const { text, offset } = atCursor(marked);
  return scopeAt(parseQuery(text), offset, SCHEMA);
}

/** `name: its columns` of each source. */
function seen(marked: string): Record<string, string> {
  return Object.fromEntries(
    scopeOf(marked).sources.map(({ name, columns }) => [
      name,
      columns.map((column) => column.name).join(' '),
    ]),
  );
}

const USERS = 'id instance_id name role';
const CHATS = 'id instance_id user_id title';

describe('what a statement sees', () => {
  it('is its tables by their names and aliases, wherever the cursor stands', () => {
    const expected = { u: USERS, chats: CHATS };
    assert.deepEqual(seen('SELECT | FROM users AS u JOIN chats ON u.id = user_id'), expected);
    assert.deepEqual(seen('SELECT 1 FROM users u, main.chats WHERE |'), expected);
    assert.deepEqual(seen('SELECT 1 FROM users u LEFT OUTER JOIN chats USING (id) ORDER BY |'), expected);
    assert.deepEqual(seen('SELECT 1 FROM (users u JOIN chats ON 1) WHERE |'), expected);
  });

  it('survives what is half typed', () => {
    assert.deepEqual(seen('SELECT u.| FROM users u WHERE'), { u: USERS });
    assert.deepEqual(seen('SELECT u.name, FROM users u WHERE u.id IN (SELECT |'), { u: USERS });
    assert.deepEqual(seen('SELECT FROM users u JOIN |'), { u: USERS });
    assert.deepEqual(seen('|'), {});
  });

  it('takes quoted names as SQLite does', () => {
    assert.deepEqual(seen('SELECT | FROM "Users" AS [the u], `chats`'), { 'the u': USERS, chats: CHATS });
  });

  it('knows the columns of a query in FROM', () => {
    assert.deepEqual(seen('SELECT | FROM (SELECT u.name, count(*) AS n, max(u.id) last FROM users u) AS x'), {
      x: 'name n last',
    });
    assert.deepEqual(seen('SELECT | FROM (SELECT *, 1 AS more FROM users) x'), { x: `${USERS} more` });
    assert.deepEqual(seen('SELECT | FROM (SELECT c.* FROM users u JOIN chats c) x'), { x: CHATS });
  });

  it('knows CTEs with given, derived and recursive columns', () => {
    assert.deepEqual(seen('WITH a (x, y) AS (SELECT id, name FROM users) SELECT | FROM a'), { a: 'x y' });
    assert.deepEqual(seen('WITH a AS (SELECT id, name FROM users), b AS (SELECT * FROM a) SELECT | FROM b'), {
      b: 'id name',
    });
    assert.deepEqual(
      seen('WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n) SELECT | FROM n'),
      { n: 'i' },
    );
    assert.deepEqual(
      scopeOf('WITH a AS MATERIALIZED (SELECT 1 AS x) SELECT * FROM |').ctes.map(({ name }) => name),
      ['a'],
    );
  });

  it('is that of the SELECT of a compound in which the cursor stands', () => {
    assert.deepEqual(seen('SELECT id FROM users UNION ALL SELECT | FROM chats'), { chats: CHATS });
    assert.deepEqual(seen('SELECT | FROM users UNION ALL SELECT id FROM chats'), { users: USERS });
  });

  it('of a query inside is its own first, then what is around it', () => {
    assert.deepEqual(
      Object.keys(seen('SELECT (SELECT | FROM chats c WHERE c.user_id = u.id) FROM users u')),
      ['c', 'u'],
    );
    assert.deepEqual(Object.keys(seen('SELECT coalesce(max((SELECT | FROM chats c)), 1) FROM users u')), [
      'c',
      'u',
    ]);
  });

  it('of a CTE or a query in FROM is its own alone', () => {
    assert.deepEqual(Object.keys(seen('SELECT * FROM users u JOIN (SELECT | FROM chats c) x')), ['c']);
    assert.deepEqual(Object.keys(seen('WITH a AS (SELECT | FROM chats c) SELECT * FROM users')), ['c']);
  });

  it('keeps type and meaning of a column that is passed on', () => {
    const [source] = scopeOf('SELECT | FROM (SELECT m.input_tokens AS tokens FROM messages m) x').sources;
    assert.deepEqual(source?.columns, [
      { name: 'tokens', type: 'INTEGER', meaning: 'as the provider reported them' },
    ]);
  });

  it('has no columns of a table that it does not know', () => {
    assert.deepEqual(scopeOf('SELECT | FROM nowhere n').sources, [
      { name: 'n', kind: 'unknown', table: undefined, columns: [] },
    ]);
  });
});
