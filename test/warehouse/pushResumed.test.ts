import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { cpSync, renameSync, rmSync } from 'node:fs';
import { dataFolderAt } from '../../src/store/files/dataFolder';
import type { PushOptions } from '../../src/warehouse/warehouseTypes';
import { begin, exchange, message, NOON, openMirror, rating, runEnd, user } from '../unit/store/builders';
import { november, readCosts, row, SCOPE } from '../unit/store/writer/cloudCostBuilders';
import { messagesOf, shardFiles, SMALL_LIMITS, writeChat } from '../unit/store/shards';
import { assertEqualToMirror } from './support/pushed';
import { usePushes } from './support/warehouses';

const LATER = NOON + 3_600;

describe('A push after others', function () {
  this.timeout(180_000);
  const { root, open, close, schema, push, write } = usePushes();
  const { values } = schema;

  /** A push that is stopped as soon as it comes to a table. */
  const stopAt = async (table: string, changes: Partial<PushOptions> = {}): Promise<void> => {
    const stop = new AbortController();
    const onProgress: PushOptions['onProgress'] = (progress) => {
      if (progress.table === table) {
        stop.abort();
      }
    };
    await assert.rejects(push({ ...changes, signal: stop.signal, onProgress }), { name: 'AbortError' });
  };

  it('brings texts that a clock wrote that went back, also where the one before was stopped', async () => {
    await write(LATER, (mirror) => {
      writeChat(mirror, 'one', exchange('one'));
      writeChat(mirror, 'two', exchange('two'));
    });
    await push();
    await write(NOON, (mirror) => {
      writeChat(mirror, 'one', [message('one-q', { content: 'an edit' }), ...exchange('one').slice(1)]);
    });
    await stopAt('message');
    await push();
    assert.deepEqual(await values("SELECT content FROM message_text WHERE content = 'an edit'"), ['an edit']);
    await assertEqualToMirror(schema.client, root());
  });

  it('compares all rows where one that was to do so was stopped', async () => {
    await write(NOON, (mirror) => writeChat(mirror, 'one', exchange('one')));
    await push();
    await schema.client.query("UPDATE message_text SET content = 'damaged', warehouse_digest = NULL");
    await stopAt('chats', { isFull: true });
    const { hadNews, isFull } = await push();
    assert.deepEqual([hadNews, isFull], [true, true]);
    await assertEqualToMirror(schema.client, root());
  });

  it('goes on to follow a restored mirror where the one before was stopped', async () => {
    await write(NOON, (mirror) => writeChat(mirror, 'one', exchange('one')));
    await write(LATER, (mirror) => {
      writeChat(mirror, 'two', exchange('two'), { userRemoteId: 'bob' });
      const run = begin(mirror, 'ratings');
      mirror.applyFeedback(run, [rating('r1')]);
      mirror.endRun(runEnd({ runId: run }));
    });
    await push();
    const restoring = await openMirror(root(), { now: () => LATER + 60 });
    await restoring.restore('db/00000001.db');
    restoring.close();
    await stopAt('users', { afterRestore: true });
    await push();
    assert.deepEqual(await values('SELECT remote_id FROM users'), ['ann']);
    assert.deepEqual(await values('SELECT remote_id FROM feedback'), []);
  });

  it('refuses a mirror that lost nothing but people', async () => {
    await write(NOON, (mirror) => writeChat(mirror, 'one', exchange('one')));
    await write(LATER, (mirror) => {
      const run = begin(mirror, 'people');
      mirror.applyUsers(run, [user('bob')]);
      mirror.endRun(runEnd({ runId: run }));
    });
    await push();
    const restoring = await openMirror(root(), { now: () => LATER + 60 });
    await restoring.restore('db/00000001.db');
    restoring.close();
    await assert.rejects(push(), { name: 'WarehouseError', message: /restored from a backup/u });
  });

  it('leaves to sync runs that retention took what is told of their streams, after a restore too', async () => {
    await write(NOON, (mirror) => writeChat(mirror, 'one', exchange('one')));
    await push();
    const told = `SELECT count(*)::int FROM sync_run_streams WHERE sync_run_id = 0`;
    await schema.client.query(
      `INSERT INTO sync_runs SELECT (jsonb_populate_record(r, '{"id": 0, "run_id": "long ago"}')).* FROM sync_runs r;
       INSERT INTO sync_run_streams (sync_run_id, stream, status, seen, inserted, updated, unchanged, deleted, restored,
         quarantined, held_back, requests, sync_datetime, sync_datetime_epoch, is_deleted)
       VALUES (0, 'chats', 'ok', 1, 1, 0, 0, 0, 0, 0, 0, 1, '', 0, 0)`,
    );
    const before = await values(told);
    await push({ afterRestore: true });
    assert.deepEqual(await values("SELECT id::int FROM sync_runs WHERE run_id = 'long ago'"), [0]);
    assert.deepEqual(before, [1]);
    assert.deepEqual(await values(told), before);
  });

  it('takes whatever a server has as an id: shortened, and told from others', async () => {
    const long = `0${randomBytes(20_000).toString('hex')}`;
    const other = `${long.slice(0, -1)}-`;
    await write(NOON, (mirror) =>
      writeChat(mirror, 'one', [
        message(long),
        message('answer', {
          ...{ role: 'assistant', modelId: long, parentRemoteId: long },
          sources: [long, other, 'a\0b'].map((remoteId) => ({
            kind: 'tool',
            use: 'called',
            remoteId,
            times: 1,
          })),
        }),
        message('again', { role: 'assistant', modelId: 'a\0b', parentRemoteId: long }),
        message(other),
      ]),
    );
    await push();
    const ids = await values('SELECT remote_id FROM message ORDER BY id');
    assert.deepEqual(
      ids.map((id) => String(id).slice(0, 500)),
      [long.slice(0, 500), 'answer', 'again', long.slice(0, 500)],
    );
    assert.equal(new Set(ids).size, 4);
    assert.deepEqual(await values('SELECT model_id FROM chat_models ORDER BY 1'), [ids[0], 'a\u2400b']);
    assert.deepEqual(await values('SELECT remote_id FROM message_sources WHERE length(remote_id) < 9'), [
      'a\u2400b',
    ]);
    assert.deepEqual((await push({ isFull: true })).tables, {});
  });

  it('takes bills whatever they say, however long it is', async () => {
    const long = (): string => randomBytes(4_000).toString('hex');
    const mirror = await open();
    const scope = { ...SCOPE, scope: `subscriptions/${long()}`, name: long() };
    const named = { resourceId: long(), meter: long(), meterSubcategory: long(), tag: long() };
    readCosts(
      mirror,
      november([row('2025-11-10', 7n * 10n ** 16n, { ...named, chargeType: long() })]),
      NOON,
      scope,
    );
    await push();
    assert.deepEqual(await values('SELECT tag FROM cost_daily'), [named.tag]);
    assert.deepEqual(await values('SELECT cost_e8 FROM cost_daily'), ['70000000000000000']);
    assert.deepEqual((await push({ isFull: true })).tables, {});
  });

  it('begins once more where files with older text went meanwhile', async () => {
    const mirror = await open({ shardLimits: SMALL_LIMITS });
    writeChat(mirror, 'old', messagesOf('old', 20));
    mirror.publish();
    const before = shardFiles(root());
    assert.ok(before.length > 0);
    close(mirror);
    // What an erasure makes of the folder, to be put in its place at one blow.
    const erased = `${root()}-erased`;
    cpSync(root(), erased, { recursive: true });
    const other = await openMirror(erased, { shardLimits: SMALL_LIMITS });
    await other.erasePerson(1, 'ann');
    other.close();
    let isErased = false;
    await push({
      onProgress: ({ table }) => {
        if (table === 'message' && !isErased) {
          isErased = true;
          rmSync(root(), { recursive: true });
          renameSync(erased, root());
        }
      },
    });
    assert.deepEqual(shardFiles(root()), []);
    await assertEqualToMirror(schema.client, root());
  });

  it('counts once what was taken back and pushed again', async () => {
    const seal = async (at: number, name: string): Promise<void> => {
      const mirror = await open({ shardLimits: SMALL_LIMITS, now: () => at });
      writeChat(mirror, name, messagesOf(name, 20));
      mirror.publish();
      close(mirror);
    };
    await seal(NOON, 'old');
    await push();
    await seal(LATER, 'more');
    // A later generation, whose files with older text come a moment after it.
    const [later, aside] = [`${root()}-later`, `${root()}-aside`];
    cpSync(root(), later, { recursive: true });
    const other = await openMirror(later, { shardLimits: SMALL_LIMITS, now: () => LATER + 60 });
    writeChat(other, 'newest', exchange('newest'));
    other.publish();
    other.close();
    const { content } = dataFolderAt(root());
    let attempts = 0;
    const { isFull, tables } = await push({
      onProgress: ({ table }) => {
        if (table === 'chats' && ++attempts === 2) {
          renameSync(aside, content);
        } else if (table === 'message' && attempts === 1) {
          rmSync(root(), { recursive: true });
          renameSync(later, root());
          renameSync(content, aside);
        }
      },
    });
    assert.deepEqual([attempts, isFull], [2, false]);
    assert.deepEqual([tables['chats']?.inserted, tables['message']?.inserted], [2, 22]);
    await assertEqualToMirror(schema.client, root());
  });

  it('makes functions and views anew that another version made otherwise', async () => {
    await write(NOON, (mirror) => writeChat(mirror, 'one', exchange('one')));
    await push();
    await schema.client.query(
      `CREATE FUNCTION weeks(days bigint) RETURNS bigint LANGUAGE sql AS 'SELECT days / 7';
       CREATE VIEW v_of_before AS SELECT chat_id, turns, weeks(first_day) AS week FROM v_chats;
       DROP VIEW v_cost CASCADE;
       CREATE VIEW v_cost AS SELECT 1 AS generation_id;
       DROP FUNCTION instr(text, text);
       CREATE FUNCTION instr(whole text, part text) RETURNS integer LANGUAGE sql AS 'SELECT strpos(whole, part)';
       CREATE VIEW v_found AS SELECT instr(remote_id, 'o') AS place FROM chats;
       UPDATE warehouse_meta SET value = value || ',v_of_before,v_found' WHERE key = 'views';
       DELETE FROM warehouse_meta WHERE key IN ('client', 'definitions')`,
    );
    await push();
    assert.deepEqual(await values(`SELECT pg_typeof(instr('abc', 'c'))::text`), ['bigint']);
    assert.deepEqual(await values('SELECT count(*)::int FROM v_cost'), [1]);
    assert.deepEqual(
      await values(`SELECT to_regclass('${schema.name}.v_of_before')::text UNION ALL
        SELECT to_regprocedure('${schema.name}.weeks(bigint)')::text`),
      [null, null],
    );
  });

  it('brings of a chat which run changed it, also where only a message of it changed', async () => {
    await write(NOON, (mirror) => writeChat(mirror, 'one', exchange('one')));
    await write(LATER, (mirror) => writeChat(mirror, 'two', exchange('two')));
    await push();
    await write(LATER + 60, (mirror) =>
      writeChat(mirror, 'one', [message('one-q', { content: 'an edit' }), ...exchange('one').slice(1)]),
    );
    await push();
    await assertEqualToMirror(schema.client, root());
  });
});
