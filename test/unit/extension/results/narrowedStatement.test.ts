import assert from 'node:assert/strict';
import {
  narrowedStatement,
  whyFixed,
  type BoundStatement,
} from '../../../../src/extension/results/narrowedStatement';
import { runStatement } from '../../../../src/store/reading/runStatement';
import type { Cell, ResultSet } from '../../../../src/store/resultSet';
import { SqliteDatabase } from '../../../../src/store/sqlite/sqlite';
import { WHOLE_RESULT, type FilterKind, type Narrowing } from '../../../../src/webview/results/narrowing';

describe('a narrowed statement', () => {
  let database: SqliteDatabase;
  before(async () => {
    database = await SqliteDatabase.open();
    database.script(`CREATE TABLE t (name, value);
      INSERT INTO t VALUES ('Berta', 10), ('anton', 9.5), ('Cäsar', NULL), (NULL, 9007199254740993),
        ('it''s', 'text'), ('blob', x'00ff');`);
  });
  after(() => database.close());

  async function narrowed(
    statement: string | BoundStatement,
    narrowing: Partial<Narrowing>,
  ): Promise<ResultSet> {
    const bound = typeof statement === 'string' ? { text: statement } : statement;
    const { columns } = await runStatement(database, bound.text, 100, bound.parameters);
    const names = columns.map(({ name }) => name);
    const { text, parameters } = narrowedStatement(bound, names, { ...WHOLE_RESULT, ...narrowing });
    return runStatement(database, text, 100, parameters);
  }
  const valuesOf = (result: ResultSet, column = 0): Cell[] => [...(result.columns[column] ?? [])];
  const filtered = async (column: number, kind: FilterKind, value = ''): Promise<Cell[]> =>
    valuesOf(await narrowed('SELECT name, value FROM t', { filters: [{ column, kind, value }] }));

  it('sorts up and down, whatever the case of letters, with NULL below everything', async () => {
    const sorted = async (isDescending: boolean) =>
      valuesOf(await narrowed('SELECT name FROM t', { sort: { column: 0, isDescending } }));
    const up = [null, 'anton', 'Berta', 'blob', 'Cäsar', "it's"];
    assert.deepEqual(await sorted(false), up);
    assert.deepEqual(await sorted(true), up.toReversed());
  });

  it('filters by text, value, order and NULL', async () => {
    assert.deepEqual(await filtered(0, 'contains', 'B'), ['Berta', 'blob']);
    assert.deepEqual(await filtered(0, 'contains', "'"), ["it's"]);
    assert.deepEqual(await filtered(0, 'contains', '%'), []);
    assert.deepEqual(await filtered(0, 'equals', 'Berta'), ['Berta']);
    assert.deepEqual(await filtered(1, 'equals', '10.0'), ['Berta']);
    assert.deepEqual(await filtered(1, 'less', '10'), ['anton']);
    assert.deepEqual(await filtered(1, 'greater', '9.5'), ['Berta', null]);
    assert.deepEqual(await filtered(0, 'greater', 'b'), ["it's", 'blob']);
    assert.deepEqual(await filtered(1, 'isNull'), ['Cäsar']);
    assert.deepEqual((await filtered(1, 'isNotNull')).length, 5);
    assert.deepEqual((await filtered(0, 'differs', 'Berta')).length, 5);
  });

  it('tells integers beyond 2^53 apart, and gives them and bytes back as they are', async () => {
    assert.deepEqual(await filtered(1, 'equals', '9007199254740992'), []);
    const integer = await narrowed('SELECT value FROM t', {
      filters: [{ column: 0, kind: 'equals', value: '9007199254740993' }],
    });
    assert.deepEqual(valuesOf(integer), [9007199254740993n]);
    const bytes = await narrowed('SELECT value FROM t', {
      filters: [{ column: 0, kind: 'contains', value: '00FF' }],
    });
    assert.deepEqual(valuesOf(bytes), [new Uint8Array([0, 255])]);
  });

  it('finds a text in any column', async () => {
    assert.deepEqual(valuesOf(await narrowed('SELECT name, value FROM t', { search: 'T' })), [
      'Berta',
      'anton',
      "it's",
    ]);
  });

  it('keeps equal and odd names of columns', async () => {
    const result = await narrowed('SELECT 1 AS "a", 2 AS "a", 3 AS "say ""x""", 4 AS ""', {
      sort: { column: 1, isDescending: true },
    });
    assert.deepEqual(
      result.columns.map(({ name }) => name),
      ['a', 'a', 'say "x"', ''],
    );
  });

  it('takes statements with comments, semicolons, expressions of their own and the order they have', async () => {
    const odd = "/* a */ WITH x AS (SELECT ';' AS s -- no end;\n) SELECT s FROM x -- last\n; -- behind";
    assert.deepEqual(valuesOf(await narrowed(odd, { search: ';' })), [';']);
    assert.deepEqual(valuesOf(await narrowed('VALUES (2), (1), (3)', { search: '1' })), [1]);
    const ordered = 'SELECT name FROM t WHERE name IS NOT NULL ORDER BY name DESC LIMIT 4';
    assert.deepEqual(valuesOf(await narrowed(ordered, { search: 'a' })), ['anton', 'Cäsar']);
  });

  it('binds what was typed beside the parameters of the statement, and avoids its names', async () => {
    const statement = {
      text: 'SELECT name, :ow_result_1 AS ow_result FROM t WHERE name LIKE :like',
      parameters: { ow_result_1: 'mine', like: 'b%' },
    };
    const result = await narrowed(statement, { search: "x' OR 1=1 --" });
    assert.deepEqual(valuesOf(result), []);
    assert.deepEqual(valuesOf(await narrowed(statement, { search: 'mine' }), 1), ['mine', 'mine']);
  });

  it('searches a result of a thousand columns', async () => {
    const many = `SELECT ${Array.from({ length: 1000 }, (_, index) => `${index} AS c`).join(', ')}`;
    assert.equal((await narrowed(many, { search: '777' })).rowCount, 1);
  });

  it('is refused with words for statements whose rows nothing can read', () => {
    assert.equal(whyFixed('-- x\nselect 1'), undefined);
    assert.equal(whyFixed('WITH a AS (SELECT 1) SELECT * FROM a'), undefined);
    assert.match(whyFixed('PRAGMA table_info(users)') ?? '', /not those of PRAGMA/);
    assert.match(whyFixed('EXPLAIN QUERY PLAN SELECT 1') ?? '', /not those of EXPLAIN/);
  });
});
