import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { ensureDataFolder, type DataFolder } from '../../../../src/store/files/dataFolder';
import { generationPath } from '../../../../src/store/files/fileGeneration';
import { refreshFixedCopy } from '../../../../src/store/files/fixedCopy';
import { GenerationStore } from '../../../../src/store/files/generationStore';
import { useTemporaryFolder } from '../builders';

const TIME = '20251116-130000';

describe('refreshFixedCopy', () => {
  const root = useTemporaryFolder();
  let folder: DataFolder;
  beforeEach(() => {
    folder = ensureDataFolder(root());
    publish(1);
  });
  const publish = (number: number): void => {
    new GenerationStore(folder).publish(Buffer.from(`image ${number}`), number, '2025-11-16');
  };
  const refresh = (number: number): unknown => refreshFixedCopy(folder, number, TIME);
  const copy = (): string => readFileSync(folder.fixedName, 'latin1');

  it('puts a copy of the generation in place, for its owner only', () => {
    assert.deepEqual(refresh(1), { fixedName: 'replaced', keptEditedAs: undefined });
    assert.deepEqual(readFileSync(folder.fixedName), readFileSync(generationPath(folder.generations, 1)));
    assert.equal(statSync(folder.fixedName).mode & 0o777, 0o600);
  });

  it('leaves a current copy alone and replaces an older one', () => {
    refresh(1);
    assert.deepEqual(refresh(1), { fixedName: 'current' });
    publish(2);
    assert.deepEqual(refresh(2), { fixedName: 'replaced', keptEditedAs: undefined });
    assert.match(copy(), /^image 2/);
  });

  it('keeps a copy that somebody has edited, each under its own name', () => {
    refresh(1);
    appendFileSync(folder.fixedName, 'edited');
    assert.deepEqual(refresh(1), {
      fixedName: 'replaced',
      keptEditedAs: `openwebui_sync.edited-${TIME}.db`,
    });
    writeFileSync(folder.fixedName, 'edited again');
    assert.deepEqual(refresh(1), {
      fixedName: 'replaced',
      keptEditedAs: `openwebui_sync.edited-${TIME}-2.db`,
    });
    assert.match(copy(), /^image 1/);
  });

  it('replaces an empty file, which holds nobody’s work', () => {
    writeFileSync(folder.fixedName, '');
    assert.deepEqual(refresh(1), { fixedName: 'replaced', keptEditedAs: undefined });
  });

  it('does not replace a copy that another program is writing to', () => {
    refresh(1);
    publish(2);
    for (const suffix of ['-journal', '-wal', '-shm']) {
      writeFileSync(folder.fixedName + suffix, '');
      assert.deepEqual(refresh(2), { fixedName: 'held' });
      rmSync(folder.fixedName + suffix);
    }
    assert.match(copy(), /^image 1/);
  });

  it('does nothing before the first publish', () => {
    assert.deepEqual(refresh(0), { fixedName: 'none' });
    assert.equal(readdirSync(folder.root).includes('openwebui_sync.db'), false);
  });
});
