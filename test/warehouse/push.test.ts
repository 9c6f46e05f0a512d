import assert from 'node:assert/strict';
import { dataFolderAt, ensureDataFolder } from '../../src/store/files/dataFolder';
import { GenerationStore } from '../../src/store/files/generationStore';
import { setZone } from '../../src/store/instances/instancesFile';
import { fullMirror } from '../unit/reports/fullMirror';
import { begin, exchange, message, NOON, rating, runEnd, user } from '../unit/store/builders';
import { publishedRows } from '../unit/store/published';
import { messagesOf, shardFiles, SMALL_LIMITS, textOf, writeChat } from '../unit/store/shards';
import { assertEqualToMirror } from './support/pushed';
import { usePushes } from './support/warehouses';

/** A time at which each later write of a test happens. */
const LATER = NOON + 3_600;

describe('A push', function () {
  this.timeout(180_000);
  const { root, open, close, schema, push, write } = usePushes();
  const { values } = schema;

  it('makes the warehouse equal to the mirror, and writes nothing again', async () => {
    await write(NOON, (mirror) => writeChat(mirror, 'one', exchange('one')));
    const first = await push();
    await assertEqualToMirror(schema.client, root());
    assert.deepEqual([first.hadNews, first.isFull, first.generation], [true, true, 1]);
    assert.equal(first.tables['message']?.inserted, 2);
    assert.equal(first.tables['message_text']?.inserted, 2);
    const second = await push();
    assert.deepEqual([second.hadNews, second.tables], [false, {}]);
    const full = await push({ isFull: true });
    assert.deepEqual([full.isFull, full.tables], [true, {}]);
  });

  it('carries over every table of a mirror with a bit of everything', async () => {
    const { mirror } = await fullMirror();
    publishImage(root(), mirror.bytes());
    await push();
    await assertEqualToMirror(schema.client, root());
    const full = await push({ isFull: true });
    assert.deepEqual(full.tables, {});
  });

  it('follows rows that were added, changed, deleted and are back', async () => {
    await write(NOON, (mirror) => {
      writeChat(mirror, 'one', exchange('one'));
      writeChat(mirror, 'two', exchange('two'));
    });
    await push();
    await write(LATER, (mirror) => {
      writeChat(mirror, 'one', [
        ...exchange('one'),
        message('one-q2', { parentRemoteId: 'one-a', content: 'one more' }),
      ]);
      const run = begin(mirror, 'deleting');
      mirror.markDeleted(run, 'chats', ['two']);
      mirror.endRun(runEnd({ runId: run }));
    });
    const changed = await push();
    await assertEqualToMirror(schema.client, root());
    assert.deepEqual([changed.isFull, changed.tables['message']?.inserted], [false, 1]);
    assert.deepEqual(await values('SELECT remote_id FROM chats WHERE is_deleted = 1'), ['two']);
    await write(LATER + 60, (mirror) => writeChat(mirror, 'two', exchange('two')));
    await push();
    await assertEqualToMirror(schema.client, root());
    assert.deepEqual(await values('SELECT remote_id FROM chats WHERE is_deleted = 1'), []);
  });

  it('sees a message that was written in the second of the last push', async () => {
    await write(NOON, (mirror) => writeChat(mirror, 'one', exchange('one')));
    await push();
    await write(NOON, (mirror) =>
      writeChat(mirror, 'one', [message('one-q', { content: 'an edit' }), ...exchange('one').slice(1)]),
    );
    await push();
    await assertEqualToMirror(schema.client, root());
    assert.deepEqual(await values("SELECT content FROM message_text WHERE content = 'an edit'"), ['an edit']);
  });

  it('finds what a clock wrote that went back', async () => {
    await write(LATER, (mirror) => writeChat(mirror, 'one', exchange('one')));
    await push();
    await write(NOON, (mirror) => {
      writeChat(mirror, 'one', [message('one-q', { content: 'an edit' }), ...exchange('one').slice(1)]);
      writeChat(mirror, 'two', exchange('two'));
    });
    const result = await push();
    assert.equal(result.isFull, false);
    const pushed = await values('SELECT remote_id FROM message ORDER BY remote_id');
    assert.deepEqual(pushed, ['one-a', 'one-q', 'two-a', 'two-q']);
    await assertEqualToMirror(schema.client, root());
  });

  it('compares only the parts of large tables in which something was written or is missing', async () => {
    await write(NOON, (mirror) => {
      for (let place = 0; place < 3; place += 1) {
        writeChat(mirror, `chat ${place}`, exchange(`${place}`, 'gpt-4o'));
      }
    });
    await push();
    await write(LATER, (mirror) => writeChat(mirror, 'a question', [message('alone')]));
    await push();
    const seen: string[] = [];
    const onProgress = ({ table }: { readonly table: string }): void => void seen.push(table);
    await write(LATER + 60, (mirror) => {
      mirror.applyUsers(begin(mirror, 'people'), [user('bob')]);
      mirror.endRun(runEnd({ runId: 'people' }));
    });
    await push({ onProgress });
    assert.ok(seen.includes('users') && !seen.includes('chat_models'), seen.join());
    await schema.client.query('DELETE FROM chat_models WHERE chat_id = 2; DELETE FROM chats WHERE id = 3');
    await write(LATER + 120, (mirror) => {
      mirror.applyUsers(begin(mirror, 'more people'), [user('eve')]);
      mirror.endRun(runEnd({ runId: 'more people' }));
    });
    await push();
    await assertEqualToMirror(schema.client, root());
  });

  it('follows local times to another zone', async () => {
    await write(NOON, (mirror) => writeChat(mirror, 'one', exchange('one')));
    await push();
    await setZone(root(), 'America/New_York');
    const mirror = await open({ zone: 'America/New_York', now: () => LATER });
    writeChat(mirror, 'two', exchange('two'));
    mirror.publish();
    close(mirror);
    assert.equal((await push()).isFull, true);
    await assertEqualToMirror(schema.client, root());
  });

  it('replaces what was derived: models of a chat, sources of a message', async () => {
    const [question, answer] = exchange('one');
    assert.ok(question !== undefined && answer !== undefined);
    const tool = { kind: 'tool', use: 'called', remoteId: 'search', times: 1 } as const;
    await write(NOON, (mirror) => writeChat(mirror, 'one', [question, { ...answer, sources: [tool] }]));
    await push();
    await write(LATER, (mirror) =>
      writeChat(mirror, 'one', [
        question,
        { ...answer, modelId: 'llama', sources: [{ ...tool, remoteId: 'calculator' }] },
      ]),
    );
    const { tables } = await push();
    await assertEqualToMirror(schema.client, root());
    assert.deepEqual(await values('SELECT model_id FROM chat_models'), ['llama']);
    assert.deepEqual(await values('SELECT remote_id FROM message_sources'), ['calculator']);
    assert.equal(tables['chat_models']?.deleted, 1);
  });

  it('brings texts of sealed files, and does not move when they do', async () => {
    const mirror = await open({ shardLimits: SMALL_LIMITS });
    writeChat(mirror, 'old', messagesOf('old', 20));
    mirror.publish();
    assert.ok(shardFiles(root()).length > 0);
    await push();
    await assertEqualToMirror(schema.client, root());
    assert.deepEqual(await values('SELECT count(*)::int FROM message_text'), [20]);
    assert.deepEqual(await values('SELECT count(content_shard)::int FROM message'), [0]);
    writeChat(mirror, 'new', messagesOf('new', 20, NOON - 3_600));
    mirror.publish();
    const { tables } = await push();
    assert.deepEqual([tables['message']?.inserted, tables['message']?.updated], [20, 0]);
    assert.equal(tables['message_text']?.updated ?? 0, 0);
    await assertEqualToMirror(schema.client, root());
    close(mirror);
  });

  it('keeps text and sync runs that the mirror let go to save space', async () => {
    const mirror = await open({ shardLimits: SMALL_LIMITS });
    writeChat(mirror, 'old', messagesOf('old', 20, NOON - 400 * 86_400));
    writeChat(mirror, 'new', exchange('new'));
    mirror.publish();
    await push();
    close(mirror);
    const texts = await values('SELECT content FROM message_text ORDER BY id');
    const runs = await values('SELECT run_id FROM sync_runs ORDER BY id');
    assert.ok(texts.includes(textOf('old3')) && runs.length >= 2);
    await write(NOON + 500 * 86_400, (later) => {
      writeChat(later, 'newest', messagesOf('newest', 2, NOON + 499 * 86_400));
      later.freeUp({ textMonths: 6, runDays: 30 });
    });
    const left = await publishedRows(root(), 'SELECT count(*) FROM message_text');
    assert.deepEqual(left, [[2]]);
    const { tables } = await push();
    assert.deepEqual(
      Object.entries(tables).filter(([, { deleted }]) => deleted > 0),
      [],
    );
    const kept = await values('SELECT content FROM message_text ORDER BY id');
    assert.deepEqual(kept.slice(0, texts.length), texts);
    assert.equal(kept.length, texts.length + 2);
    assert.deepEqual((await values('SELECT run_id FROM sync_runs ORDER BY id')).slice(0, runs.length), runs);
    const full = await push({ isFull: true });
    assert.deepEqual(full.tables, {});
  });

  it('marks rows deleted that only the warehouse has, when the mirror says that their chat is gone', async () => {
    await write(NOON, (mirror) => writeChat(mirror, 'one', exchange('one')));
    await push();
    // As if the mirror had let the oldest message go, with what was derived of it: it stands before all others.
    await schema.client.query(
      `INSERT INTO message_sources (message_id, kind, use, remote_id, times, instance_id, sync_datetime, sync_datetime_epoch,
         is_deleted) VALUES (0, 'tool', 'called', 'search', 1, 1, '', 0, 0);
       UPDATE message SET id = 0, remote_id = 'long-ago', warehouse_digest = NULL WHERE id = 1`,
    );
    await write(LATER, (mirror) => {
      const run = begin(mirror, 'deleting');
      mirror.markDeleted(run, 'chats', ['one']);
      mirror.endRun(runEnd({ runId: run }));
    });
    const { tables } = await push();
    assert.equal(tables['message']?.marked, 1);
    assert.deepEqual(await values('SELECT is_deleted::int FROM message ORDER BY id'), [1, 1, 1]);
    assert.deepEqual(await values("SELECT id::int FROM message WHERE remote_id = 'long-ago'"), [0]);
    assert.deepEqual(await values('SELECT message_id::int FROM message_sources'), [0]);
  });

  it('brings what no PostgreSQL text can hold, characters beyond the first plane and large integers', async () => {
    const content = 'before\u0000after 🦄 \u{10FFFF} \uD800';
    await write(NOON, (mirror) => {
      writeChat(mirror, 'one', [message('one', { content })]);
      const run = begin(mirror, 'ratings');
      mirror.applyFeedback(run, [rating('r1', { comment: 'nul \u0000 here' })]);
      mirror.endRun(runEnd({ runId: run, bytesReceived: Number.MAX_SAFE_INTEGER }));
    });
    await push();
    assert.deepEqual(await values('SELECT content FROM message_text'), [
      'before\u2400after 🦄 \u{10FFFF} \uFFFD',
    ]);
    assert.deepEqual(await values('SELECT comment FROM feedback'), ['nul \u2400 here']);
    assert.deepEqual(await values('SELECT max(bytes_received)::text FROM sync_runs'), ['9007199254740991']);
    assert.deepEqual((await push({ isFull: true })).tables, {});
  });
});

/** Publishes a database as the next generation of a folder. */
function publishImage(root: string, image: Uint8Array): void {
  ensureDataFolder(root);
  new GenerationStore(dataFolderAt(root)).publish(image, 1, '2026-03-31');
}
