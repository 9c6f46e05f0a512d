import assert from 'node:assert/strict';
import { DuckDBInstance } from '@duckdb/node-api';
import { LAST_EVENING, tell, useExports } from './stage';

type Answer = readonly unknown[];

/** Rows of a statement, values as text where DuckDB has types of its own. */
async function ask(sql: string): Promise<Answer[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

describe('an export as Parquet in DuckDB', () => {
  const stage = useExports();
  const table = (name: string): string =>
    `read_parquet('${stage.output()}/${name}/**/*.parquet', hive_partitioning = true)`;

  it('is read as a whole, with instance and month as columns', async () => {
    const mirror = await stage.open();
    tell(mirror, 'c1');
    tell(mirror, 'c2', { at: LAST_EVENING + 3_600 });
    tell(mirror, 'c3', { at: LAST_EVENING + 3_600, instance: 2 });
    await stage.run();
    assert.deepEqual(
      await ask(
        `SELECT instance, month, count(*)::INTEGER FROM ${table('messages')} GROUP BY ALL ORDER BY ALL`,
      ),
      [
        ['instance-1-1', '2026-01', 1],
        ['instance-1-1', '2026-02', 1],
        ['instance-2-2', '2026-02', 1],
      ],
    );
    assert.deepEqual(
      await ask(`SELECT count(*)::INTEGER FROM ${table('chats')} c
      JOIN ${table('messages')} m ON m.chat_id = c.id WHERE m.user_id = c.user_id`),
      [[3]],
    );
  });

  it('has the types of the schema', async () => {
    tell(await stage.open(), 'c1');
    await stage.run();
    const types = new Map(
      (await ask(`DESCRIBE SELECT * FROM ${table('messages')}`)).map(([name, type]) => [name, type]),
    );
    assert.deepEqual(
      ['id', 'created_at', 'created_at_utc', 'day', 'is_copy', 'content', 'rating', 'instance', 'month'].map(
        (name) => types.get(name),
      ),
      [
        ...['BIGINT', 'TIMESTAMP', 'TIMESTAMP WITH TIME ZONE', 'DATE', 'BOOLEAN', 'VARCHAR', 'BIGINT'],
        ...['VARCHAR', 'VARCHAR'],
      ],
    );
    const costs = await ask(`DESCRIBE SELECT cost, quantity, utc_day FROM ${table('cost_daily')}`);
    assert.deepEqual(
      costs.map(([, type]) => type),
      ['DECIMAL(18,8)', 'DOUBLE', 'DATE'],
    );
  });

  it('tells the same moment in UTC and in local time across a change of the clock', async () => {
    const mirror = await stage.open();
    // Berlin changes at 01:00 UTC on 29 March 2026.
    const change = Date.UTC(2026, 2, 29, 1) / 1000;
    tell(mirror, 'before', { at: change - 1 });
    tell(mirror, 'after', { at: change });
    await stage.run();
    assert.deepEqual(
      await ask(
        `SELECT epoch(created_at_utc)::BIGINT::INTEGER, created_at::VARCHAR FROM ${table('messages')} ORDER BY 1`,
      ),
      [
        [change - 1, '2026-03-29 01:59:59'],
        [change, '2026-03-29 03:00:00'],
      ],
    );
  });

  it('keeps NULL apart from nothing, and characters beyond the first plane', async () => {
    const mirror = await stage.open();
    tell(mirror, 'c1', { text: '👩‍🔬 𝔘𝔫𝔦\n"quoted", 漢字' });
    tell(mirror, 'c2', { text: '' });
    await stage.run();
    assert.deepEqual(
      await ask(
        `SELECT m.content, m.model_id IS NULL, m.content_chars::INTEGER FROM ${table('messages')} m ORDER BY m.id`,
      ),
      [
        ['👩‍🔬 𝔘𝔫𝔦\n"quoted", 漢字', true, 20],
        ['', true, 0],
      ],
    );
  });

  it('reads tables without rows and without folders inside', async () => {
    tell(await stage.open(), 'c1');
    await stage.run();
    assert.deepEqual(await ask(`SELECT count(*)::INTEGER FROM ${table('feedback')}`), [[0]]);
    assert.deepEqual(await ask(`SELECT name, enabled FROM ${table('instances')}`), [['instance 1', true]]);
  });
});
