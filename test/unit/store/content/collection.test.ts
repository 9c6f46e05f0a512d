import assert from 'node:assert/strict';
import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectableShards, collectShards } from '../../../../src/store/content/collection';
import { newShardName } from '../../../../src/store/content/shardFile';
import { ensureDataFolder, type DataFolder } from '../../../../src/store/files/dataFolder';
import { useTemporaryFolder } from '../builders';

const DAY_MS = 86_400_000;

describe('collecting shards', () => {
  const root = useTemporaryFolder();
  let folder: DataFolder;
  let name: string;
  const now = Date.UTC(2025, 10, 16);
  const put = (age = 2 * DAY_MS, id = 1): string => {
    const shard = newShardName(id);
    writeFileSync(join(folder.content, shard), 'text');
    utimesSync(join(folder.content, shard), (now - age) / 1000, (now - age) / 1000);
    return shard;
  };
  const collect = (named: readonly string[] = []): string[] =>
    collectShards(folder, { named: new Set(named), now });
  beforeEach(() => {
    folder = ensureDataFolder(root());
    name = put();
  });

  it('deletes what no file names', () => {
    const other = put(2 * DAY_MS, 2);
    writeFileSync(join(folder.generations, '00000007.db'), `some pages, ${other}, more pages`);
    assert.deepEqual(collect(), [name]);
    assert.ok(existsSync(join(folder.content, other)));
    assert.deepEqual(collect(), []);
  });

  for (const path of [
    'db/00000007.db',
    'db/00000009.db.tmp-7-0a1b2c3d',
    'daily/2025-11-14.db',
    'pinned/schema-2-00000003.db',
    'corrupt/00000003-20251101-120000-7.db',
    'openwebui_sync.db',
    'openwebui_sync.db-wal',
    'openwebui_sync.edited-20251102-120000.db',
  ]) {
    it(`keeps what ${path} names, whatever its state`, () => {
      writeFileSync(join(root(), path), `\0\0damaged\0${name}\0`);
      assert.deepEqual(collect(), []);
    });
  }

  it('keeps what the newest generation names', () => {
    assert.deepEqual(collect([name]), []);
  });

  it('keeps what is younger than a day: its generation may be on the way', () => {
    const young = put(DAY_MS - 1, 2);
    assert.deepEqual(collect(), [name]);
    assert.ok(existsSync(join(folder.content, young)));
  });

  it('finds a name in a large file, also where it crosses the pieces that are read', () => {
    for (const place of [0, 4 * 1024 * 1024 - 7, 8 * 1024 * 1024 - 25, 9 * 1024 * 1024]) {
      const bytes = Buffer.alloc(9 * 1024 * 1024 + 100);
      bytes.write(name, place);
      writeFileSync(join(folder.daily, '2025-11-14.db'), bytes);
      assert.deepEqual(collect(), [], `at ${place}`);
    }
  });

  it('keeps everything while a file cannot be read', () => {
    mkdirSync(join(folder.daily, '2025-11-14.db'));
    assert.deepEqual(collect(), []);
  });

  it('leaves files alone that are no shards', () => {
    writeFileSync(join(folder.content, 'notes.db'), '');
    utimesSync(join(folder.content, 'notes.db'), 0, 0);
    assert.deepEqual(collect(), [name]);
  });

  it('can be asked for before', () => {
    assert.deepEqual(collectableShards(folder, { named: new Set(), now }), [name]);
    assert.ok(existsSync(join(folder.content, name)));
  });
});
