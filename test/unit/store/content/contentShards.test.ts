import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildShard } from '../../../../src/store/content/buildShard';
import { closeIdleShards, ContentShards } from '../../../../src/store/content/contentShards';
import { listShards, newShardName, writeShard } from '../../../../src/store/content/shardFile';
import { TextFileError } from '../../../../src/store/errors';
import { loadSqlite } from '../../../../src/store/sqlite/sqlite';
import { useTemporaryFolder } from '../builders';

/** What `start` wants to have done again and again. */
function intervalOf(start: () => void): () => void {
  const original = globalThis.setInterval;
  let tick: (() => void) | undefined;
  globalThis.setInterval = ((work: () => void) => {
    tick = work;
    return { unref: () => undefined };
  }) as unknown as typeof setInterval;
  try {
    start();
  } finally {
    globalThis.setInterval = original;
  }
  return () => tick?.();
}

describe('a shard of message text', () => {
  const folder = useTemporaryFolder();
  before(() => loadSqlite());

  function seal(texts: Readonly<Record<number, string>>): string {
    const { image } = buildShard(
      Object.entries(texts).map(([id, content]) => ({ id: Number(id), content: Buffer.from(content) })),
    );
    const name = newShardName(1);
    writeShard(folder(), name, image, 1);
    return name;
  }

  it('gives back the text of a message', () => {
    const name = seal({ 7: 'Grüße 🎉', 8: '' });
    const shards = new ContentShards(folder());
    assert.equal(Buffer.from(shards.text(name, 7) ?? []).toString(), 'Grüße 🎉');
    assert.equal(shards.text(name, 8)?.length, 0);
    assert.equal(shards.text(name, 9), undefined);
    shards.close();
  });

  it('finds words whatever their case and accents', () => {
    const name = seal({ 7: 'Viele Grüße', 8: 'nothing' });
    const shards = new ContentShards(folder());
    const rows = shards
      .shard(name)
      .all<[number]>('SELECT docid FROM message_search WHERE message_search MATCH ?', ['GRUSSE OR gruße']);
    assert.deepEqual(rows, [[7]]);
    shards.close();
  });

  it('is told from other files by its name', () => {
    const name = seal({ 1: 'a' });
    writeFileSync(join(folder(), 'notes.db'), '');
    assert.deepEqual(listShards(folder()), [name]);
  });

  it('says which file is damaged, and what to do', () => {
    const name = seal({ 1: 'a' });
    const path = join(folder(), name);
    const bytes = readFileSync(path);
    bytes[4_096] = (bytes[4_096] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    assert.throws(
      () => new ContentShards(folder()).text(name, 1),
      (error) => error instanceof TextFileError && error.message.includes(`content/${name} is damaged`),
    );
  });

  it('is closed by itself in a worker that lives on', () => {
    let now = 0;
    const name = seal({ 1: 'a' });
    const shards = new ContentShards(folder(), () => now);
    const tick = intervalOf(() => closeIdleShards(shards));
    const before = shards.shard(name);
    now = 59_999;
    tick();
    assert.equal(shards.shard(name), before);
    now = 120_000;
    tick();
    assert.notEqual(shards.shard(name), before);
    shards.close();
  });

  it('is opened ahead, with others that are missing or damaged', async () => {
    const names = [seal({ 1: 'a' }), '0002-0000000000000000.db', seal({ 2: 'b' }), seal({ 3: 'c' })];
    const [first = '', missing = '', damaged = '', last = ''] = names;
    writeFileSync(join(folder(), damaged), 'damaged');
    const shards = new ContentShards(folder());
    await shards.openAhead(names);
    // What is open is not read again.
    rmSync(join(folder(), first));
    rmSync(join(folder(), last));
    assert.equal(Buffer.from(shards.text(first, 1) ?? []).toString(), 'a');
    assert.equal(Buffer.from(shards.text(last, 3) ?? []).toString(), 'c');
    assert.throws(() => shards.shard(missing), /is missing/);
    assert.throws(() => shards.shard(damaged), /is damaged/);
    shards.close();
  });

  it('says so where it cannot be read at all', () => {
    const shards = new ContentShards(folder());
    mkdirSync(join(folder(), '0001-0000000000000000.db'));
    assert.throws(() => shards.shard('0001-0000000000000000.db'), TextFileError);
  });

  it('is closed when nobody has asked for a minute, and opened again', () => {
    let now = 0;
    const name = seal({ 1: 'a' });
    const shards = new ContentShards(folder(), () => now);
    const before = shards.shard(name);
    now = 59_999;
    shards.closeIdle();
    assert.equal(shards.shard(name), before);
    now = 120_000;
    shards.closeIdle();
    assert.notEqual(shards.shard(name), before);
    shards.close();
  });
});
