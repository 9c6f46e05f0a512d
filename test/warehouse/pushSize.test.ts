import assert from 'node:assert/strict';
import { dataFolderAt, ensureDataFolder } from '../../src/store/files/dataFolder';
import { GenerationStore } from '../../src/store/files/generationStore';
import type { PushResult } from '../../src/warehouse/warehouseTypes';
import { TestMirror } from '../unit/reports/mirror';
import { startProxy, type TestProxy } from './support/proxy';
import { usePushes, warehouseAt } from './support/warehouses';

const MESSAGES = 100_000;

/** What goes over: bytes from the warehouse and to it. */
interface Traffic extends Pick<PushResult, 'requests' | 'hadNews' | 'isFull'> {
  readonly received: number;
  readonly sent: number;
}

describe('What a push of 100,000 messages sends', function () {
  this.timeout(600_000);
  const { root, schema, push } = usePushes();
  let proxy: TestProxy;
  beforeEach(async () => (proxy = await startProxy()));
  afterEach(() => proxy.close());

  const measured = async (): Promise<Traffic> => {
    const [received, sent] = [proxy.received(), proxy.sent()];
    const result = await push({ warehouse: warehouseAt(schema.name, { port: proxy.port }) });
    return { ...result, received: proxy.received() - received, sent: proxy.sent() - sent };
  };

  it('is little where little is new, whatever the mirror has let go', async () => {
    const mirror = await manyMessages();
    publish(root(), mirror, 1);
    const first = await measured();
    assert.ok(first.sent > 100 * MESSAGES, `${first.sent} bytes`);
    const nothing = await measured();
    assert.equal(nothing.hadNews, false);
    assert.ok(nothing.requests < 10 && nothing.received < 10_000, JSON.stringify(nothing));
    const news = async (generation: number, ...sql: readonly string[]): Promise<Traffic> => {
      sql.forEach((statement) => mirror.run(statement));
      publish(root(), mirror, generation);
      const traffic = await measured();
      assert.deepEqual([traffic.hadNews, traffic.isFull], [true, false]);
      return traffic;
    };
    const one = await news(2, ...editOf(50_000));
    // Every other text, so that no part of the table holds what the mirror's does.
    const letGo = await news(3, 'DELETE FROM message_text WHERE id % 2 = 1', ...editOf(60_000));
    for (const traffic of [one, letGo]) {
      assert.ok(traffic.sent < first.sent / 100, JSON.stringify(traffic));
      assert.ok(traffic.received < first.sent / 50, JSON.stringify(traffic));
      assert.ok(traffic.requests < first.requests, JSON.stringify(traffic));
    }
    assert.deepEqual(await schema.values('SELECT count(*)::int FROM message_text'), [MESSAGES]);
    mirror.dispose();
  });

  it('brings texts that the warehouse has lost', async () => {
    const mirror = await manyMessages(1_000);
    publish(root(), mirror, 1);
    await push();
    await schema.client.query('DELETE FROM message_text WHERE id IN (3, 5)');
    editOf(700).forEach((sql) => mirror.run(sql));
    publish(root(), mirror, 2);
    const { tables } = await push();
    assert.deepEqual([tables['message_text']?.inserted, tables['message_text']?.updated], [2, 1]);
    assert.deepEqual(await schema.values(`SELECT value FROM warehouse_meta WHERE key = 'texts'`), ['1000']);
    mirror.dispose();
  });
});

async function manyMessages(count = MESSAGES): Promise<TestMirror> {
  const mirror = await TestMirror.create();
  const chat = mirror.chat(mirror.user(mirror.instance('one'), 'Ann'));
  const numbers = `WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < ${count})`;
  mirror.run(
    `${numbers} INSERT INTO message (id, instance_id, remote_id, chat_id, user_id, role, created_at, created_at_epoch,
       created_at_source, day, hour, row_hash, sync_datetime, sync_datetime_epoch)
     SELECT n.id, 1, 'm' || n.id, ?, 1, 'user', '2026-01-01 10:00:00', 1767258000, 'message', 20454, 10, 'h', '', n.id FROM n`,
    [chat],
  );
  mirror.run(`${numbers} INSERT INTO message_text (id, content) SELECT id, 'text of ' || id FROM n`);
  return mirror;
}

/** As a sync writes an edit, later than all before. */
function editOf(id: number): readonly string[] {
  return [
    `UPDATE message SET row_hash = 'h' || ${id}, sync_datetime_epoch = 1000000 + ${id} WHERE id = ${id}`,
    `UPDATE message_text SET content = 'an edit' WHERE id = ${id}`,
  ];
}

function publish(root: string, mirror: TestMirror, generation: number): void {
  ensureDataFolder(root);
  new GenerationStore(dataFolderAt(root)).publish(mirror.bytes(), generation, '2026-03-31');
}
