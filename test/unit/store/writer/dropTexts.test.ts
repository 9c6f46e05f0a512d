import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TextFileError } from '../../../../src/store/errors';
import { injectFaults } from '../../../../src/store/files/failpoints';
import { dropTexts, shardsHolding, type DroppedTexts } from '../../../../src/store/writer/dropTexts';
import { MirrorFile } from '../../../../src/store/writer/mirrorFile';
import { NOON, useMirrors } from '../builders';
import { filesHolding, publishedRows } from '../published';
import { messagesOf, publishChat, publishedTexts, shardFiles, SMALL_LIMITS, textOf } from '../shards';

describe('Dropping the text of messages', () => {
  const { root, open, close } = useMirrors();
  let file: MirrorFile;
  const drop = (where: string, values: readonly (string | number)[] = []): DroppedTexts =>
    file.change('rows', () => dropTexts(file.session, file.shards, where, values));

  beforeEach(async () => {
    const mirror = await open({ shardLimits: SMALL_LIMITS });
    publishChat(mirror, 'a', messagesOf('a', 11, NOON - 9_000));
    close(mirror);
    file = await MirrorFile.open({ folder: root(), zone: 'UTC', now: () => NOON });
  });
  afterEach(() => {
    injectFaults(undefined);
    file.close();
  });

  it('writes a shard anew without it, and removes it from the image', async () => {
    const [before = ''] = shardFiles(root());
    assert.deepEqual(shardsHolding(file.session, 'm.created_at_epoch < ?', [NOON - 9_000 + 2]), [before]);
    assert.deepEqual(drop('m.remote_id IN (?, ?, ?)', ['a0', 'a1', 'a10']), {
      messages: 3,
      textBytes: 300,
      freedShards: [before],
    });
    file.publish();
    const texts = await publishedTexts(root());
    assert.deepEqual(
      [...texts].filter(([, text]) => text === undefined).map(([remoteId]) => remoteId),
      ['a0', 'a1', 'a10'],
    );
    assert.equal(texts.get('a2'), textOf('a2'));
    const after = shardFiles(root()).filter((name) => name !== before);
    assert.equal(after.length, 1);
    assert.equal(readFileSync(join(root(), 'content', after[0] ?? '')).includes(textOf('a0')), false);
    assert.deepEqual(
      filesHolding(root(), 'removed 1').map((name) => name.slice(0, 3)),
      ['db/'],
    );
  });

  it('lets a shard go that holds nothing else', async () => {
    const [before = ''] = shardFiles(root());
    assert.deepEqual(drop('m.content_shard IS NOT NULL'), {
      messages: 8,
      textBytes: 800,
      freedShards: [before],
    });
    file.publish();
    assert.deepEqual(await publishedRows(root(), 'SELECT id, is_deleted FROM content_shards'), [[1, 1]]);
    assert.deepEqual(shardFiles(root()), [before], 'older generations need it');
  });

  it('keeps rows and hashes, so that an unchanged message does not get its text back', async () => {
    drop('true');
    file.publish();
    file.close();
    const mirror = await open({ shardLimits: SMALL_LIMITS });
    publishChat(mirror, 'a', messagesOf('a', 11, NOON - 9_000));
    assert.ok([...(await publishedTexts(root())).values()].every((text) => text === undefined));
    file = await MirrorFile.open({ folder: root(), zone: 'UTC', now: () => NOON });
  });

  it('does nothing where there is no such text', () => {
    const before = shardFiles(root());
    assert.deepEqual(drop('m.remote_id = ?', ['nobody']), { messages: 0, textBytes: 0, freedShards: [] });
    assert.deepEqual(shardFiles(root()), before);
    assert.deepEqual(shardsHolding(file.session, 'm.remote_id = ?', ['a10']), []);
  });

  it('happens as a whole or not at all', async () => {
    const before = shardFiles(root());
    injectFaults({
      at: (point) => {
        if (point === 'shard:named') {
          throw new Error('stopped');
        }
      },
    });
    assert.throws(() => drop(`m.remote_id IN ('a0', 'a10')`), /stopped/u);
    injectFaults(undefined);
    assert.deepEqual(shardFiles(root()), before);
    file.publish();
    assert.equal((await publishedTexts(root())).get('a0'), textOf('a0'));
    assert.equal((await publishedTexts(root())).get('a10'), textOf('a10'));
  });

  it('is refused where the shard is damaged, and names it', () => {
    const [name = ''] = shardFiles(root());
    writeFileSync(join(root(), 'content', name), 'damaged');
    assert.throws(
      () => drop(`m.remote_id = 'a0'`),
      (error) => error instanceof TextFileError && error.message.includes(name),
    );
  });
});
