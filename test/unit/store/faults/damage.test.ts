import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dataFolderAt } from '../../../../src/store/files/dataFolder';
import { tellingOfEdits } from '../../../../src/store/files/editedCopy';
import { generationPath, openSealed, SEAL_LENGTH, sealOf } from '../../../../src/store/files/fileGeneration';
import { readSealed } from '../../../../src/store/files/generationStore';
import type { StoreWriter } from '../../../../src/store/mirrorWriter';
import { NewestImage } from '../../../../src/store/reading/newestImage';
import { SqliteDatabase } from '../../../../src/store/sqlite/sqlite';
import type { MirrorDatabase } from '../../../../src/store/writer/mirrorDatabase';
import { useMirrors } from '../builders';
import { publishedNames, writePerson } from './operations';

const BLOCK = 4_096;

/** A SQLite file that is not ours. */
async function foreignFile(): Promise<Uint8Array> {
  const database = await SqliteDatabase.open();
  database.script('CREATE TABLE notes (text); INSERT INTO notes VALUES (1)');
  const image = database.export();
  database.close();
  return image;
}

/** What another program does to a file that it opens: the pages change, the seal behind them goes. */
async function editedBySqlite(path: string): Promise<Uint8Array> {
  const database = await SqliteDatabase.open(readFileSync(path).subarray(0, -SEAL_LENGTH));
  database.script("UPDATE users SET name = 'edited'");
  const image = database.export();
  database.close();
  return image;
}

describe('A file that is not as it was written', () => {
  const mirrors = useMirrors();
  let path = '';
  let whole = Buffer.alloc(0);
  beforeEach(async () => {
    const mirror = await mirrors.open();
    for (const userId of ['ann', 'bob']) {
      writePerson(mirror, userId);
      mirror.publish();
    }
    mirrors.close(mirror);
    path = generationPath(dataFolderAt(mirrors.root()).generations, 2);
    whole = readFileSync(path);
  });

  /** A run on what there is, as the product sees it. @returns what it said */
  const told = async (mirror: MirrorDatabase): Promise<string[]> => {
    const sentences: string[] = [];
    const writer = { refreshCopies: () => Promise.resolve(mirror.refreshCopies()) } as unknown as StoreWriter;
    const telling = tellingOfEdits(writer, (sentence) => sentences.push(sentence));
    await telling.refreshCopies();
    await telling.refreshCopies();
    return sentences;
  };

  const regions = (): Readonly<Record<string, number>> => ({
    'the header': 20,
    'the middle': Math.floor(whole.length / 2),
    'the last page': whole.length - SEAL_LENGTH - 1,
    'the magic of the seal': whole.length - SEAL_LENGTH,
    'the number in the seal': whole.length - SEAL_LENGTH + 8,
    'the length in the seal': whole.length - SEAL_LENGTH + 16,
    'what is reserved in the seal': whole.length - SEAL_LENGTH + 24,
    'the hash in the seal': whole.length - 1,
  });

  it('is damaged with one bit flipped in any region', () => {
    for (const [region, position] of Object.entries(regions())) {
      const bytes = Buffer.from(whole);
      bytes[position] = (bytes[position] ?? 0) ^ 1;
      assert.equal(openSealed(bytes), undefined, region);
    }
  });

  it('is damaged wherever it was cut', () => {
    for (let length = 0; length < whole.length; length += BLOCK) {
      assert.equal(openSealed(whole.subarray(0, length)), undefined, `${length} bytes`);
    }
    assert.equal(openSealed(whole.subarray(0, -1)), undefined);
  });

  const damages: Readonly<Record<string, () => Uint8Array | string | Promise<Uint8Array>>> = {
    'has no bytes': () => '',
    'has a flipped bit': () => {
      const bytes = Buffer.from(whole);
      bytes[BLOCK] = (bytes[BLOCK] ?? 0) ^ 1;
      return bytes;
    },
    'was cut': () => whole.subarray(0, 2 * BLOCK),
    'is a web page': () => '<!doctype html><title>Sign in</title>',
    'is a database of another program': foreignFile,
    'was edited by sqlite3': () => editedBySqlite(path),
  };
  for (const [damage, contentOf] of Object.entries(damages)) {
    it(`case 36: a generation that ${damage} is passed over, kept and said once`, async () => {
      const content = Buffer.from(await contentOf());
      writeFileSync(path, content);
      const { corrupt } = dataFolderAt(mirrors.root());
      const reader = new NewestImage(dataFolderAt(mirrors.root()));
      assert.equal(reader.current()?.number, 1, 'a window reads the older one');
      assert.deepEqual(readdirSync(corrupt), [], 'and leaves the damaged one to the writer');
      const mirror = await mirrors.open();
      const [name = ''] = readdirSync(corrupt);
      assert.deepEqual(readFileSync(`${corrupt}/${name}`), content);
      assert.deepEqual(await told(mirror), [
        `The database was damaged and went on from an older state. What was damaged is kept as corrupt/${name}; ` +
          'what is missing now is fetched by the next sync.',
      ]);
      writePerson(mirror, 'bob');
      mirror.publish();
      assert.deepEqual(await publishedNames(mirrors.root()), ['ann', 'bob']);
    });
  }

  it('case 37: one with a good seal that makes no sense to SQLite is passed over, kept and said once', async () => {
    const image = Buffer.from(whole.subarray(0, -SEAL_LENGTH)).fill(0, BLOCK, 3 * BLOCK);
    writeFileSync(path, Buffer.concat([image, sealOf(image, 2)]));
    const mirror = await mirrors.open();
    assert.match((await told(mirror)).join(), /^The database was damaged and went on from an older state\./u);
    writePerson(mirror, 'cy');
    mirror.publish();
    assert.deepEqual(await publishedNames(mirrors.root()), ['ann', 'cy']);
  });

  it('case 38: the fixed name that another program edited is kept beside it and said once', async () => {
    const mirror = await mirrors.open();
    mirror.refreshCopies();
    const { root, fixedName } = dataFolderAt(mirrors.root());
    const edited = await editedBySqlite(fixedName);
    writeFileSync(fixedName, edited);
    assert.deepEqual(await told(mirror), [
      'Another program had changed openwebui_sync.db. Its version is kept as openwebui_sync.edited-20251116-130000.db; the mirror itself is untouched.',
    ]);
    assert.deepEqual(readFileSync(`${root}/openwebui_sync.edited-20251116-130000.db`), Buffer.from(edited));
    assert.deepEqual(readFileSync(fixedName), whole);
  });

  it('case 36: a fixed name of 0 bytes is replaced without a word', async () => {
    writeFileSync(dataFolderAt(mirrors.root()).fixedName, '');
    assert.deepEqual(await told(await mirrors.open()), []);
    assert.equal(typeof readSealed(dataFolderAt(mirrors.root()).fixedName), 'object');
  });

  it('a -wal beside a generation changes nothing: nobody opens the file in place', async () => {
    writeFileSync(`${path}-wal`, 'of another program');
    writeFileSync(`${path}-journal`, 'of another program');
    const mirror = await mirrors.open();
    assert.deepEqual(await told(mirror), []);
    assert.deepEqual(await publishedNames(mirrors.root()), ['ann', 'bob']);
    assert.equal(statSync(`${path}-wal`).size, 18);
  });
});
