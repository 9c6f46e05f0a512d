import assert from 'node:assert/strict';
import { join } from 'node:path';
import fc from 'fast-check';
import { wellFormed } from '../../../src/store/sqlite/sqliteValues';
import { begin, message, runEnd, user } from '../store/builders';
import { publishChat, SMALL_LIMITS } from '../store/shards';
import { filesBelow, LAST_EVENING, parquetRows, tell, useExports } from './stage';

describe('an export as Parquet', () => {
  const stage = useExports();
  const rowsOf = (path: string): Promise<Record<string, unknown>[]> =>
    parquetRows(join(stage.output(), path));

  it('has a folder for each table, divided by instance and local month', async () => {
    const mirror = await stage.open();
    tell(mirror, 'c1', { at: LAST_EVENING });
    tell(mirror, 'c2', { at: LAST_EVENING + 3_600, instance: 2 });
    await stage.run();
    assert.deepEqual(
      stage.files().filter((name) => name.startsWith('messages/')),
      [
        'messages/instance=instance-1-1/month=2026-01/part-0.parquet',
        'messages/instance=instance-2-2/month=2026-02/part-0.parquet',
      ],
    );
  });

  it('has a file without rows for a table without any, so that its columns are known', async () => {
    tell(await stage.open(), 'c1');
    await stage.run();
    assert.deepEqual(await rowsOf('prices/part-0.parquet'), []);
    const [feedback] = stage.files().filter((name) => name.startsWith('feedback/'));
    assert.equal(feedback, 'feedback/instance=none/month=none/part-0.parquet');
  });

  it('tells moments in UTC and in the zone of the mirror, 0 and 1 as booleans, days as dates', async () => {
    tell(await stage.open(), 'c1');
    await stage.run();
    const [row] = await rowsOf('messages/instance=instance-1-1/month=2026-01/part-0.parquet');
    assert.deepEqual(
      [row?.['created_at_utc'], row?.['created_at'], row?.['day'], row?.['is_done'], row?.['is_copy']],
      [new Date(LAST_EVENING * 1000), new Date('2026-01-31T23:30:00Z'), new Date('2026-01-31'), true, false],
    );
    assert.deepEqual([row?.['hour'], row?.['input_tokens']], [23n, null]);
  });

  it('has no column that only serves the mirror, and nothing that opens a shared chat', async () => {
    tell(await stage.open(), 'c1');
    await stage.run();
    const columns = new Set<string>();
    for (const path of stage.files().filter((name) => name.endsWith('.parquet'))) {
      for (const row of await rowsOf(path)) {
        Object.keys(row).forEach((name) => columns.add(name));
      }
    }
    for (const name of ['row_hash', 'content_shard', 'share_id', 'list_title', 'last_changed_run']) {
      assert.equal(columns.has(name), false, name);
    }
    assert.ok(columns.has('is_shared'));
    assert.deepEqual(
      [...columns].filter((name) => /_epoch$|_e8$/u.test(name)),
      [],
    );
  });

  it('holds the text of every message, also of those in sealed files', async () => {
    const mirror = await stage.open({ shardLimits: SMALL_LIMITS });
    const expected = new Map<string, string>();
    for (let index = 0; index < 40; index += 1) {
      const text = `Grüße 🎉 no ${index} `.padEnd(100, '.');
      expected.set(`c${index}-q`, text);
      tell(mirror, `c${index}`, { text, at: LAST_EVENING - index * 86_400 });
    }
    assert.ok(filesBelow(join(stage.root(), 'content')).length > 1, 'text was sealed');
    await stage.run({ tables: ['messages'] });
    const found = new Map<string, string>();
    for (const path of stage.files().filter((name) => name.endsWith('.parquet'))) {
      for (const row of await rowsOf(path)) {
        found.set(String(row['remote_id']), String(row['content']));
      }
    }
    assert.deepEqual(found, expected);
  });

  it('names the folder of an instance so that no reader takes it for a number or a date', async () => {
    const mirror = await stage.open();
    const names = ['2026-01', '???', 'Zürich/Süd: "A"', '..'];
    for (const [index, name] of names.entries()) {
      const run = begin(mirror, `named ${index}`, index + 1, { name });
      mirror.applyUsers(run, [user(`u${index}`)]);
      mirror.endRun(runEnd({ runId: run }));
    }
    mirror.publish();
    await stage.run({ tables: ['users'] });
    assert.deepEqual(
      stage.files().filter((path) => path.startsWith('users')),
      [
        'users/instance=instance-2026-01-1/part-0.parquet',
        'users/instance=instance-2/part-0.parquet',
        'users/instance=instance-4/part-0.parquet',
        'users/instance=zürich-süd-a-3/part-0.parquet',
      ].sort(),
    );
  });

  it('gives back whatever texts were written', async () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(text, { minLength: 1, maxLength: 12 }), async (texts) => {
        const mirror = await stage.open();
        try {
          publishChat(
            mirror,
            'c1',
            texts.map((content, index) => message(`m${index}`, { content, createdAt: LAST_EVENING })),
          );
          await stage.run({ tables: ['messages'] });
          const rows = await rowsOf('messages/instance=instance-1-1/month=2026-01/part-0.parquet');
          const found = new Map(rows.map((row) => [row['remote_id'], row['content']]));
          texts.forEach((content, index) => assert.equal(found.get(`m${index}`), wellFormed(content)));
        } finally {
          stage.close(mirror);
        }
      }),
      { numRuns: 6 },
    );
  });
});
