import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolderAt } from '../../../../src/store/files/dataFolder';
import { MirrorFullError } from '../../../../src/store/errors';
import { injectFaults } from '../../../../src/store/files/failpoints';
import type { Row } from '../../../../src/store/sqlite/sqlite';
import type { MirrorDatabase } from '../../../../src/store/writer/mirrorDatabase';
import { begin, chat, fetched, message, NOON, runEnd, useMirrors } from '../builders';
import { nativeSqlite } from '../nativeSqlite';
import { filesIn, publishedRows } from '../published';
import {
  ageShards,
  messagesOf,
  publishChat,
  publishedTexts,
  shardFiles,
  SMALL_LIMITS,
  textOf,
  writeChat,
} from '../shards';

const PLACES = `SELECT m.remote_id, m.content_shard, t.id IS NOT NULL FROM message m
  LEFT JOIN message_text t ON t.id = m.id ORDER BY m.created_at_epoch, m.id`;
const SHARDS = 'SELECT id, message_count, text_bytes, is_deleted FROM content_shards ORDER BY id';

describe('Text that has become much', () => {
  const mirrors = useMirrors();
  const { root } = mirrors;
  const open = (): Promise<MirrorDatabase> => mirrors.open({ shardLimits: SMALL_LIMITS });
  const rows = (sql: string): Promise<Row[]> => publishedRows(root(), sql);
  afterEach(() => {
    injectFaults(undefined);
  });

  it('stays in one file below the limit', async () => {
    publishChat(await open(), 'c', messagesOf('m', 10));
    assert.deepEqual(await rows(SHARDS), []);
    assert.deepEqual(shardFiles(root()), []);
    assert.deepEqual(await rows(`SELECT value FROM meta WHERE key = 'min_reader'`), [['1']]);
  });

  it('moves to a shard, oldest first, and leaves the newest in the image', async () => {
    publishChat(await open(), 'c', messagesOf('m', 11));
    assert.deepEqual(await rows(SHARDS), [[1, 8, 800, 0]]);
    assert.deepEqual(
      await rows(PLACES),
      messagesOf('m', 11).map(({ remoteId }, index) => [remoteId, index < 8 ? 1 : null, index < 8 ? 0 : 1]),
    );
    const [name = ''] = shardFiles(root());
    assert.match(name, /^0001-[0-9a-f]{16}\.db$/u);
    assert.deepEqual(await rows('SELECT name, file_bytes, sync_datetime FROM content_shards'), [
      [name, readFileSync(join(root(), 'content', name)).length, '2025-11-16 13:00:00'],
    ]);
    assert.deepEqual(
      [...(await publishedTexts(root()))],
      messagesOf('m', 11).map(({ remoteId }) => [remoteId, textOf(remoteId)]),
    );
  });

  it('keeps away versions that know nothing of shards', async () => {
    publishChat(await open(), 'c', messagesOf('m', 11));
    assert.deepEqual(await rows(`SELECT value FROM meta WHERE key = 'min_reader'`), [['3']]);
  });

  it('is no change of the rows: a sync finds them as it left them', async () => {
    const mirror = await open();
    const columns = 'remote_id, row_hash, sync_datetime_epoch, first_seen_run';
    const sql = `SELECT ${columns.replace(', first_seen_run', '')} FROM message ORDER BY id`;
    publishChat(mirror, 'c', messagesOf('m', 10));
    const before = await rows(sql);
    publishChat(mirror, 'other', messagesOf('o', 5, NOON));
    assert.ok(shardFiles(root()).length > 0);
    assert.deepEqual((await rows(sql)).slice(0, 10), before);
    const run = begin(mirror, 'again');
    const again = mirror.applyChat(run, fetched(chat('c', { messages: messagesOf('m', 10) })));
    assert.deepEqual(again.outcome === 'applied' && again.messages.unchanged, 10);
  });

  it('moves earlier once there are shards, and merges those of similar size', async () => {
    const mirror = await open();
    publishChat(mirror, 'a', messagesOf('a', 11, NOON - 9_000));
    publishChat(mirror, 'b', messagesOf('b', 3, NOON - 8_000));
    assert.deepEqual(await rows(SHARDS), [[1, 8, 800, 0]], '600 bytes may stay');
    publishChat(mirror, 'c', messagesOf('c', 1, NOON - 7_000));
    assert.deepEqual(await rows(SHARDS), [
      [1, 8, 800, 1],
      [2, 12, 1_200, 0],
    ]);
    publishChat(mirror, 'd', messagesOf('d', 4, NOON - 6_000));
    assert.deepEqual(await rows(SHARDS), [
      [1, 8, 800, 1],
      [2, 12, 1_200, 0],
      [3, 4, 400, 0],
    ]);
    const texts = await publishedTexts(root());
    assert.equal(texts.size, 19);
    assert.ok([...texts].every(([remoteId, text]) => text === textOf(remoteId)));
  });

  it('forgets the name of a shard that is not needed any more', async () => {
    const mirror = await open();
    publishChat(mirror, 'a', messagesOf('a', 11));
    const [name = ''] = shardFiles(root());
    publishChat(mirror, 'b', messagesOf('b', 8, NOON));
    assert.deepEqual(await rows('SELECT name FROM content_shards WHERE is_deleted = 1'), [['removed 1']]);
    const [, newest] = [...filesIn(join(root(), 'db'))].at(-1) ?? [];
    assert.equal(newest?.includes(name), false);
  });

  it('carries texts of any kind: none, empty, huge, and beyond ASCII', async () => {
    const contents = ['', 'Grüße 🎉', 'a'.repeat(6_000_000), '\u0000x', '" \\ \n'];
    const messages = contents.map((content, index) =>
      message(`m${index}`, { content, createdAt: NOON - 90 + index }),
    );
    publishChat(await open(), 'c', [...messages, ...messagesOf('n', 3, NOON)]);
    const texts = await publishedTexts(root());
    assert.deepEqual(
      contents.map((_, index) => texts.get(`m${index}`)),
      contents,
    );
    assert.deepEqual(await rows(SHARDS), [
      [1, 3, 6_000_012, 0],
      [2, 2, 7, 0],
    ]);
  });

  it('moves even the newest text where that alone is too much', async () => {
    publishChat(await open(), 'c', [message('m', { content: 'x'.repeat(1_001) })]);
    assert.deepEqual(await rows('SELECT count(*) FROM message_text'), [[0]]);
    assert.equal((await publishedTexts(root())).get('m')?.length, 1_001);
  });

  it('comes back into the image when a message changes, and is dropped from its shard at the next merge', async () => {
    const mirror = await open();
    publishChat(mirror, 'a', messagesOf('a', 11));
    const changed = messagesOf('a', 11).map((record, index) =>
      index === 0 ? { ...record, content: 'changed' } : record,
    );
    publishChat(mirror, 'a', changed);
    assert.deepEqual((await rows(PLACES))[0], ['a0', null, 1]);
    assert.equal((await publishedTexts(root())).get('a0'), 'changed');
    publishChat(mirror, 'b', messagesOf('b', 8, NOON));
    const [, next] = await rows(SHARDS);
    assert.deepEqual(next, [2, 19 - 3, 7 + 15 * 100, 0]);
    assert.equal((await publishedTexts(root())).get('a0'), 'changed');
  });

  it('lets a shard go that no message names any more', async () => {
    const mirror = await open();
    publishChat(mirror, 'a', messagesOf('a', 11));
    writeChat(
      mirror,
      'a',
      messagesOf('a', 11).map((record) => ({ ...record, content: `${record.remoteId} changed`.padEnd(90) })),
    );
    mirror.publish();
    assert.deepEqual((await rows(SHARDS))[0], [1, 8, 800, 1]);
    assert.equal((await publishedTexts(root())).get('a0'), 'a0 changed'.padEnd(90));
  });

  it('goes past a damaged or a missing shard, which stays as it is', async () => {
    const mirror = await open();
    publishChat(mirror, 'a', messagesOf('a', 11));
    const [name = ''] = shardFiles(root());
    const path = join(root(), 'content', name);
    const bytes = readFileSync(path);
    writeFileSync(path, 'damaged');
    publishChat(mirror, 'b', messagesOf('b', 8, NOON));
    rmSync(path);
    publishChat(mirror, 'c', messagesOf('c', 8, NOON));
    assert.deepEqual((await rows(SHARDS))[0], [1, 8, 800, 0]);
    writeFileSync(path, bytes);
    const texts = await publishedTexts(root());
    assert.ok([...texts].every(([remoteId, text]) => text === textOf(remoteId)));
  });

  it('packs the image, so that what moved is not published any more', async () => {
    const mirror = await open();
    publishChat(mirror, 'a', [message('old', { content: 'x'.repeat(500_000) }), ...messagesOf('m', 3, NOON)]);
    assert.deepEqual(await rows('PRAGMA freelist_count'), [[0]]);
    const [, newest] = [...filesIn(join(root(), 'db'))].at(-1) ?? [];
    assert.ok((newest?.length ?? Infinity) < 450_000);
  });

  it('never gives an id twice, whoever has used it', async () => {
    const mirror = await open();
    const { content } = dataFolderAt(root());
    writeFileSync(join(content, '0007-0123456789abcdef.db'), 'of a writer that lost its race');
    publishChat(mirror, 'a', messagesOf('a', 11));
    assert.deepEqual(await rows(SHARDS), [[8, 8, 800, 0]]);
    rmSync(join(content, '0007-0123456789abcdef.db'));
    publishChat(mirror, 'b', messagesOf('b', 8, NOON));
    assert.deepEqual(await rows('SELECT max(id) FROM content_shards'), [[9]]);
  });

  it('is not moved by a run that changed nothing, nor by a preview', async () => {
    const before = await mirrors.open();
    publishChat(before, 'a', messagesOf('a', 11));
    const mirror = await open();
    begin(mirror, 'idle');
    mirror.endRun(runEnd({ runId: 'idle' }));
    mirror.publish();
    assert.deepEqual(shardFiles(root()), []);
    const files = filesIn(root());
    const preview = await mirrors.open({ shardLimits: SMALL_LIMITS, isDryRun: true });
    publishChat(preview, 'b', messagesOf('b', 11));
    assert.deepEqual(filesIn(root()), files);
  });

  it('stays where it was, and is published there, when the disk is full; it moves later', async () => {
    const mirror = await open();
    publishChat(mirror, 'a', messagesOf('a', 3));
    writeChat(mirror, 'b', messagesOf('b', 11, NOON));
    injectFaults({
      before: (step, path) => {
        if (step === 'sync' && path.includes('content')) {
          throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
        }
      },
    });
    assert.equal(mirror.publish().published, true);
    assert.deepEqual(shardFiles(root()), []);
    assert.equal((await publishedTexts(root())).get('b0'), textOf('b0'));
    injectFaults(undefined);
    publishChat(mirror, 'c', messagesOf('c', 1, NOON));
    assert.equal(shardFiles(root()).length, 1);
    const texts = await publishedTexts(root());
    assert.equal(texts.size, 15);
    assert.ok([...texts].every(([remoteId, text]) => text === textOf(remoteId)));
  });

  it('makes room in an image that is full', async () => {
    const maxPages = 120;
    const mirror = await mirrors.open({ maxPages });
    let count = 0;
    assert.throws(() => {
      for (; count < 1_000; count++) {
        writeChat(mirror, `c${count}`, [message(`m${count}`, { content: 'x'.repeat(3_000) })]);
      }
    }, MirrorFullError);
    assert.ok(count > 20);
    mirror.publish();
    mirrors.close(mirror);
    const next = await mirrors.open({ maxPages, shardLimits: SMALL_LIMITS });
    publishChat(next, 'c0', [message('m0', { content: 'changed' })]);
    for (let more = 0; more < 10; more++) {
      publishChat(next, `more ${more}`, [message(`more${more}`, { content: 'y'.repeat(3_000) })]);
    }
    const texts = await publishedTexts(root());
    assert.equal(texts.get('m1')?.length, 3_000);
    assert.equal(texts.get('more9')?.length, 3_000);
  });

  it('leaves files that the program sqlite3 opens', async function () {
    const ask = nativeSqlite();
    if (ask === undefined) {
      this.skip();
    }
    publishChat(await open(), 'c', messagesOf('m', 11));
    const [name = ''] = shardFiles(root());
    const sql = `PRAGMA integrity_check; SELECT count(*) FROM message_text;
      SELECT count(*) FROM message_search WHERE message_search MATCH 'm3';`;
    assert.equal(ask(join(root(), 'content', name), sql), 'ok\n8\n1\n');
  });

  it('is collected from where nothing names it, in the publish that follows a day later', async () => {
    const mirror = await open();
    publishChat(mirror, 'a', messagesOf('a', 11));
    const left = '0009-0123456789abcdef.db';
    writeFileSync(join(dataFolderAt(root()).content, left), 'of a writer that crashed');
    publishChat(mirror, 'b', messagesOf('b', 1, NOON));
    assert.ok(shardFiles(root()).includes(left));
    ageShards(root());
    publishChat(mirror, 'c', messagesOf('c', 1, NOON));
    assert.equal(shardFiles(root()).includes(left), false);
    assert.equal((await publishedTexts(root())).get('a0'), textOf('a0'));
  });
});
