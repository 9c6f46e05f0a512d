import assert from 'node:assert/strict';
import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDataFolder, type DataFolder } from '../../../../src/store/files/dataFolder';
import {
  generationPath,
  listGenerations,
  openSealed,
  sealOf,
} from '../../../../src/store/files/fileGeneration';
import { candidatesIn, GenerationStore, readSealed } from '../../../../src/store/files/generationStore';
import { PublishConflictError } from '../../../../src/store/errors';
import { useTemporaryFolder } from '../builders';

const image = (text: string): Uint8Array => Buffer.from(text.repeat(50));

describe('The seal of a file generation', () => {
  const sealed = Buffer.concat([image('abc'), sealOf(image('abc'), 124)]);

  it('gives back the image and its number', () => {
    assert.deepEqual(openSealed(sealed), { number: 124, image: Buffer.from(image('abc')) });
  });

  it('notices any changed byte and any cut', () => {
    for (let index = 0; index < sealed.length; index++) {
      const damaged = Buffer.from(sealed);
      damaged[index] = (damaged[index] ?? 0) ^ 1;
      assert.equal(openSealed(damaged), undefined, `byte ${index}`);
    }
    assert.equal(openSealed(sealed.subarray(0, -1)), undefined);
    assert.equal(openSealed(new Uint8Array(0)), undefined);
  });
});

describe('GenerationStore', () => {
  const root = useTemporaryFolder();
  let folder: DataFolder;
  let store: GenerationStore;
  beforeEach(() => {
    folder = ensureDataFolder(root());
    store = new GenerationStore(folder);
  });
  const publish = (number: number, day = '2025-11-16'): void => {
    store.publish(image(`image ${number} `), number, day);
  };

  it('makes an image visible under its number, for its owner only', () => {
    publish(1);
    const path = generationPath(folder.generations, 1);
    assert.equal(Buffer.from((readSealed(path) as { image: Uint8Array }).image).includes('image 1 '), true);
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(folder.generations), ['00000001.db'], 'no temporary file is left');
  });

  it('refuses a number that another process has published', () => {
    publish(1);
    assert.throws(() => publish(1), PublishConflictError);
    assert.deepEqual(readdirSync(folder.generations), ['00000001.db']);
  });

  it('refuses a number that was published and pruned while the writer slept', () => {
    for (let number = 2; number <= 6; number++) {
      publish(number);
    }
    assert.throws(() => publish(1), PublishConflictError);
    assert.deepEqual(listGenerations(folder.generations), [6, 5, 4]);
  });

  it('keeps three generations and the first of each of three days', () => {
    ['14', '14', '15', '16', '16', '17', '17'].forEach((day, index) => {
      publish(index + 1, `2025-11-${day}`);
    });
    assert.deepEqual(listGenerations(folder.generations), [7, 6, 5]);
    assert.deepEqual(readdirSync(folder.daily).sort(), ['2025-11-15.db', '2025-11-16.db', '2025-11-17.db']);
    const daily = readSealed(join(folder.daily, '2025-11-16.db'));
    assert.equal((daily as { number: number }).number, 4);
  });

  it('offers generations first, then days, then the fixed name', () => {
    publish(1, '2025-11-15');
    publish(2, '2025-11-16');
    assert.deepEqual(
      candidatesIn(folder).map((path) => path.slice(folder.root.length + 1)),
      ['db/00000002.db', 'db/00000001.db', 'daily/2025-11-16.db', 'daily/2025-11-15.db', 'openwebui_sync.db'],
    );
  });

  it('puts a damaged file aside and never uses its number again', () => {
    publish(8);
    publish(9);
    store.setAside(generationPath(folder.generations, 9), '20251116-120000');
    assert.equal(readdirSync(folder.corrupt).length, 1);
    assert.equal(store.highestNumber(), 9);
  });

  it('case 32: sweeps old temporary files of processes that are gone, no others', () => {
    const deadPid = 2 ** 22 + 1;
    const names = {
      left: `00000009.db.tmp-${deadPid}-0badcafe`,
      fresh: `00000009.db.tmp-${deadPid}-1badcafe`,
      ours: `00000009.db.tmp-${process.pid}-2badcafe`,
    };
    for (const [kind, name] of Object.entries(names)) {
      const path = join(folder.generations, name);
      writeFileSync(path, 'half');
      if (kind !== 'fresh') {
        utimesSync(path, 0, 0);
      }
    }
    store.sweep();
    assert.deepEqual(readdirSync(folder.generations).sort(), [names.fresh, names.ours].sort());
  });
});
