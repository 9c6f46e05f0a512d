import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDataFolder, type DataFolder } from '../../../../src/store/files/dataFolder';
import { pinBeforeRestore, pinnedNames, pinSchema } from '../../../../src/store/files/pinnedFiles';
import { useTemporaryFolder } from '../builders';

describe('Pinned files', () => {
  const root = useTemporaryFolder();
  let folder: DataFolder;
  let path: string;
  beforeEach(() => {
    folder = ensureDataFolder(root());
    path = join(folder.generations, '00000001.db');
    writeFileSync(path, 'content');
  });

  it('are the newest two of each kind', () => {
    assert.equal(pinSchema(folder, path, 2, 9), 'pinned/schema-2-00000009.db');
    pinSchema(folder, path, 3, 100_000_000);
    pinSchema(folder, path, 2, 99_999_999);
    for (const number of [7, 8, 6]) {
      pinBeforeRestore(folder, path, number);
    }
    assert.deepEqual(pinnedNames(folder).sort(), [
      'restore-00000007.db',
      'restore-00000008.db',
      'schema-2-99999999.db',
      'schema-3-100000000.db',
    ]);
  });

  it('are told from what somebody else has put there', () => {
    writeFileSync(join(folder.pinned, 'mine.db'), '');
    assert.deepEqual(pinnedNames(folder), []);
  });
});
