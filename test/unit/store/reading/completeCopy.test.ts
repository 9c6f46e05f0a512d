import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listShards } from '../../../../src/store/content/shardFile';
import { dataFolderAt, ensureDataFolder, type DataFolder } from '../../../../src/store/files/dataFolder';
import { NoDatabaseError, TextFileError } from '../../../../src/store/errors';
import { generationPath, openSealed, sealOf } from '../../../../src/store/files/fileGeneration';
import { readMeta } from '../../../../src/store/migrations';
import { saveCompleteCopy } from '../../../../src/store/reading/completeCopy';
import { SqliteDatabase } from '../../../../src/store/sqlite/sqlite';
import { useTemporaryFolder } from '../builders';
import { sampleImage, shardedCopy } from '../content/builders';

const ALL = 'SELECT * FROM messages ORDER BY id';

describe('A complete copy of the database', () => {
  const root = useTemporaryFolder();
  const elsewhere = useTemporaryFolder();
  let image: Uint8Array;
  before(async () => {
    image = await sampleImage(600);
  });
  const folder = (): DataFolder => dataFolderAt(root());
  const target = (): string => join(elsewhere(), 'copy.db');

  /** Publishes the sample, its text in shards as the bounds say. */
  const publish = async (bounds: readonly number[], of = image): Promise<void> => {
    ensureDataFolder(root());
    const database = await shardedCopy(root(), of, bounds);
    const bytes = database.export();
    database.close();
    writeFileSync(generationPath(folder().generations, 3), Buffer.concat([bytes, sealOf(bytes, 3)]));
  };
  const withCopy = async (use: (copy: SqliteDatabase) => void): Promise<void> => {
    const sealed = openSealed(readFileSync(target()));
    assert.equal(sealed?.number, 3);
    const copy = await SqliteDatabase.open(sealed.image);
    try {
      use(copy);
    } finally {
      copy.close();
    }
  };

  it('holds all text in one file that any reader understands', async () => {
    await publish([200, 350, 500]);
    const size = await saveCompleteCopy(folder(), target());
    const inline = await SqliteDatabase.open(image);
    await withCopy((copy) => {
      assert.deepEqual(copy.all(ALL), inline.all(ALL));
      assert.deepEqual(copy.all('SELECT * FROM content_shards'), []);
      assert.equal(readMeta(copy, 'min_reader'), readMeta(inline, 'min_reader'));
      assert.deepEqual(copy.get('PRAGMA integrity_check'), ['ok']);
      assert.deepEqual(copy.all('PRAGMA foreign_key_check'), []);
    });
    inline.close();
    assert.equal(statSync(target()).size, size);
    assert.equal(statSync(target()).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(elsewhere()), ['copy.db']);
  });

  it('of a database without shards is its newest file', async () => {
    await publish([]);
    await saveCompleteCopy(folder(), target());
    assert.ok(readFileSync(target()).equals(readFileSync(generationPath(folder().generations, 3))));
  });

  it('leaves the published files as they are and replaces an older copy', async () => {
    await publish([500]);
    const path = generationPath(folder().generations, 3);
    const before = readFileSync(path);
    writeFileSync(target(), 'older');
    await saveCompleteCopy(folder(), target());
    await saveCompleteCopy(folder(), target());
    assert.ok(readFileSync(path).equals(before));
    await withCopy((copy) => assert.deepEqual(copy.get('SELECT count(content) FROM messages'), [588]));
  });

  it('takes a text of 20 MB over', async () => {
    const huge = `${'… '.repeat(5_000_000)}end`;
    const source = await SqliteDatabase.open(new Uint8Array(image));
    source.run('UPDATE message_text SET content = CAST(? AS TEXT) WHERE id = 10', [Buffer.from(huge)]);
    await publish([200], source.export());
    source.close();
    await saveCompleteCopy(folder(), target());
    await withCopy((copy) => {
      assert.ok(copy.get<[string]>('SELECT content FROM messages WHERE id = 10')?.[0] === huge);
    });
  });

  it('is not saved when a shard is missing, and an older copy stays', async () => {
    await publish([200, 500]);
    const [first = ''] = listShards(folder().content).sort();
    rmSync(join(folder().content, first));
    writeFileSync(target(), 'older');
    await assert.rejects(
      saveCompleteCopy(folder(), target()),
      (error) => error instanceof TextFileError && error.message.includes(`content/${first} is missing`),
    );
    assert.equal(readFileSync(target(), 'utf8'), 'older');
    assert.deepEqual(readdirSync(elsewhere()), ['copy.db']);
  });

  it('says that there is nothing to copy yet', async () => {
    ensureDataFolder(root());
    await assert.rejects(saveCompleteCopy(folder(), target()), NoDatabaseError);
  });

  it('says in one sentence why it cannot be written', async () => {
    await publish([]);
    await assert.rejects(
      saveCompleteCopy(folder(), join(elsewhere(), 'missing', 'copy.db')),
      /The copy copy\.db cannot be saved in .*missing: there is no such folder\./u,
    );
    mkdirSync(target());
    await assert.rejects(saveCompleteCopy(folder(), target()), /a folder has that name/u);
    assert.deepEqual(readdirSync(elsewhere()), ['copy.db']);
  });

  it('never takes the place of a file of the data folder', async () => {
    await publish([]);
    for (const path of [folder().fixedName, generationPath(folder().generations, 3), folder().lock]) {
      await assert.rejects(saveCompleteCopy(folder(), path), /outside the data folder/u);
    }
    assert.ok(!existsSync(folder().fixedName));
  });
});
