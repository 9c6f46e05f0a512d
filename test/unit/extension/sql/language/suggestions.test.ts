import assert from 'node:assert/strict';
import {
  suggestionsAt,
  type Suggestion,
  type Suggestions,
} from '../../../../../src/extension/sql/language/completion/suggestions';
import { atCursor, SCHEMA } from './schema';

const INSTANCES = [
  { id: 1, name: 'alpha' },
  { id: 7, name: "beta's" },
];

function suggestionsOf(marked: string): Suggestions {
  const { text, offset } = atCursor(marked);
  return suggestionsAt(text, offset, { tables: SCHEMA, instances: INSTANCES });
}

/** Labels in the order of the list, of one kind when it is named. */
function labels(marked: string, ...kinds: readonly Suggestion['kind'][]): string[] {
  return suggestionsOf(marked)
    .list.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
    .sort((a, b) => a.rank - b.rank)
    .map(({ label }) => label);
}

describe('suggestions in a statement', () => {
  it('are the columns of a source behind its name and a dot', () => {
    assert.deepEqual(labels('SELECT u.| FROM users u'), ['id', 'instance_id', 'name', 'role']);
    assert.deepEqual(labels('SELECT * FROM chats c JOIN users u ON c.us|'), [
      'id',
      'instance_id',
      'user_id',
      'title',
    ]);
    assert.deepEqual(labels('SELECT x.| FROM users u'), []);
  });

  it('are tables and views behind FROM and JOIN, queries of the statement first, internal tables last', () => {
    assert.deepEqual(labels('WITH top AS (SELECT 1) SELECT * FROM |'), [
      'top',
      'instances',
      'users',
      'chats',
      'messages',
      'message',
    ]);
    for (const marked of ['SELECT * FROM us|', 'SELECT * FROM users u JOIN |', 'SELECT * FROM users u, |']) {
      assert.ok(labels(marked).includes('chats'), marked);
      assert.equal(labels(marked).at(-1), 'message', marked);
    }
  });

  it('are columns, aliases, parameters, functions and keywords where a value is due', () => {
    const marked = 'SELECT | FROM users u WHERE u.role = :role';
    assert.deepEqual(labels(marked, 'column'), ['id', 'instance_id', 'name', 'role']);
    assert.deepEqual(labels(marked, 'table'), ['u']);
    assert.deepEqual(labels(marked, 'parameter'), [':role', ':instance', ':from', ':to']);
    assert.ok(labels(marked, 'function').includes('count'));
    assert.ok(labels(marked, 'keyword').includes('DISTINCT'));
    assert.equal(labels(marked)[0], 'id');
  });

  it('name the source of a column that several have', () => {
    const { list } = suggestionsOf('SELECT | FROM users u JOIN chats c');
    const columns = list.filter(({ kind }) => kind === 'column').map(({ label }) => label);
    assert.ok(columns.includes('u.id') && columns.includes('c.id'));
    assert.ok(columns.includes('title') && !columns.includes('c.title'));
  });

  it('are what may follow where a value has ended', () => {
    assert.deepEqual(labels('SELECT * FROM users |', 'column', 'function', 'table'), []);
    assert.ok(labels('SELECT * FROM users |').includes('WHERE'));
    assert.ok(labels('SELECT * FROM users GROUP BY role |').includes('HAVING'));
    assert.ok(!labels('SELECT * FROM users GROUP BY role |').includes('WHERE'));
    assert.deepEqual(labels('SELECT * FROM users LIMIT 5 |'), ['OFFSET']);
  });

  it('begin a statement at its start and behind a semicolon', () => {
    for (const marked of ['|', 'SEL|', 'SELECT 1; |', 'SELECT 1;\n\n|\nSELECT 2']) {
      assert.deepEqual(labels(marked), ['SELECT', 'WITH', 'VALUES', 'EXPLAIN QUERY PLAN'], marked);
    }
  });

  it('are of the statement at the cursor alone', () => {
    assert.deepEqual(labels('SELECT 1 FROM chats; SELECT | FROM instances; SELECT 1 FROM users', 'column'), [
      'id',
      'name',
      'url',
    ]);
  });

  it('are names of instances inside quotes that are compared with them', () => {
    const expected = ['alpha', "beta's"];
    assert.deepEqual(labels("SELECT * FROM instances i WHERE i.name = '|'"), expected);
    assert.deepEqual(labels("SELECT * FROM instances WHERE name IN ('alpha', 'be|"), expected);
    assert.deepEqual(labels("SELECT * FROM instances i WHERE i.name <> 'al|'"), expected);
    const [, second] = suggestionsOf("SELECT * FROM instances WHERE name = '|'").list;
    assert.equal(second?.insert, "beta''s");
  });

  it('are nothing inside other texts, comments, behind AS and behind a number', () => {
    for (const marked of [
      "SELECT * FROM users u WHERE u.name = '|'",
      "SELECT 'a|b'",
      "SELECT 'ab'|",
      'SELECT 1 -- no|',
      'SELECT /* | */ 1',
      'SELECT id AS |',
      'SELECT 12|',
    ]) {
      assert.deepEqual(labels(marked), [], marked);
    }
  });

  it('are ids of instances where one is compared, with the name beside it', () => {
    for (const marked of [
      'SELECT * FROM users WHERE instance_id = |',
      'SELECT * FROM users u WHERE u.instance_id IN (1, |',
      'SELECT * FROM instances i WHERE i.id = |',
    ]) {
      const values = suggestionsOf(marked).list.filter(({ kind }) => kind === 'value');
      assert.deepEqual(
        values.map(({ label, detail }) => [label, detail]),
        [
          ['1', 'alpha'],
          ['7', "beta's"],
        ],
        marked,
      );
    }
    assert.deepEqual(labels('SELECT * FROM users u WHERE u.id = |', 'value'), []);
  });

  it('are conditions that join a table to those before it, first of all', () => {
    assert.deepEqual(labels('SELECT * FROM users u JOIN chats c ON |').slice(0, 1), ['c.user_id = u.id']);
    assert.deepEqual(
      labels('SELECT * FROM instances i JOIN users u ON u.instance_id = i.id JOIN chats ON |', 'condition'),
      ['chats.instance_id = i.id', 'chats.user_id = u.id'],
    );
    assert.deepEqual(labels('SELECT * FROM chats c JOIN users u ON |', 'condition'), ['c.user_id = u.id']);
    assert.deepEqual(labels('SELECT * FROM users u JOIN chats c WHERE |', 'condition'), []);
  });

  it('are parameters behind their sign, which they replace', () => {
    const { from, list } = suggestionsOf('SELECT * FROM chats WHERE user_id = :us|; SELECT :user');
    assert.deepEqual(
      list.map(({ label }) => label),
      [':user', ':instance', ':from', ':to'],
    );
    assert.equal(from, 36);
    assert.equal(suggestionsOf('SELECT :|').from, 7);
  });

  it('replace the word that is typed and keep what is before it', () => {
    assert.equal(suggestionsOf('SELECT na| FROM users').from, 7);
    assert.equal(suggestionsOf('SELECT u.na| FROM users u').from, 9);
    assert.equal(suggestionsOf("SELECT * FROM instances WHERE name = 'al|'").from, 38);
  });

  it('quote what needs it', () => {
    const { list } = suggestionsOf('SELECT | FROM (SELECT 1 AS "order", 2 AS "a b") x');
    assert.deepEqual(
      list.filter(({ kind }) => kind === 'column').map(({ insert }) => insert),
      ['"order"', '"a b"'],
    );
  });
});
