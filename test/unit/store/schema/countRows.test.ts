import assert from 'node:assert/strict';
import { rowsOf } from '../../../../src/store/resultSet';
import { countRows } from '../../../../src/store/schema/countRows';
import { describeSchema } from '../../../../src/store/schema/describeSchema';
import { at, TestMirror } from '../../reports/mirror';

/** Two chats, one of which repeats a turn of the other; files, tags and a price. */
function fill(mirror: TestMirror): void {
  const instance = mirror.instance('alpha');
  const ann = mirror.user(instance, 'Ann');
  mirror.model(instance, 'gpt-4o');
  mirror.price('gpt-4o', { input: 2, output: 8 });
  for (const isCopy of [false, true]) {
    const chat = mirror.chat(ann);
    const turn = mirror.message(chat, at('2026-03-02 10:00'), { isCopy });
    mirror.message(chat, at('2026-03-02 10:01'), { role: 'assistant', parent: turn, isCopy });
    mirror.message(chat, at('2026-03-02 10:02'), { role: 'assistant', parent: turn });
    mirror.uses(turn, 'web', 'called');
  }
  mirror.run(`UPDATE chats SET tags = '["a", "b"]'`);
}

describe('the number of rows of tables and views', () => {
  let mirror: TestMirror;

  beforeEach(async () => {
    mirror = await TestMirror.create();
    fill(mirror);
  });
  afterEach(() => mirror.dispose());

  it('is what counting each of them gives', async () => {
    const counts = await countRows(mirror, await describeSchema(mirror));
    assert.equal(counts.get('messages'), 6);
    assert.equal(counts.get('v_turns'), 2);
    assert.equal(counts.get('v_cost'), 3);
    for (const [name, count] of counts) {
      const [row] = rowsOf(await mirror.query(`SELECT COUNT(*) AS n FROM ${name}`));
      assert.equal(count, row?.['n'], name);
    }
  });

  it('is found by one statement', async () => {
    const statements: string[] = [];
    const tables = await describeSchema(mirror);
    await countRows(
      {
        query: (sql, parameters) => {
          statements.push(sql);
          return mirror.query(sql, parameters);
        },
      },
      tables,
    );
    assert.equal(statements.length, 1);
  });

  it('is told of every table, and of no view that would have to be worked out', async () => {
    const tables = await describeSchema(mirror);
    const counts = await countRows(mirror, tables);
    assert.deepEqual(
      tables.filter(({ name }) => !counts.has(name)).map(({ name }) => name),
      ['v_chats', 'v_usage_daily', 'v_model_prices'],
    );
  });

  it('is found in a database without messages, and with names that need quotes', async () => {
    const tables = [
      { name: 'o\'dd "name"', kind: 'table', meaning: undefined, isInternal: true, columns: [] },
    ] as const;
    mirror.run('CREATE TABLE "o\'dd ""name""" (id)');
    assert.deepEqual([...(await countRows(mirror, tables))], [['o\'dd "name"', 0]]);
    assert.deepEqual([...(await countRows(mirror, []))], []);
  });
});
