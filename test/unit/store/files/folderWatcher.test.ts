import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { mock } from 'node:test';
import { dataFolderAt, ensureDataFolder } from '../../../../src/store/files/dataFolder';
import { watchDataFolder, type FolderWatcher } from '../../../../src/store/files/folderWatcher';
import { GenerationStore } from '../../../../src/store/files/generationStore';
import { addInstance } from '../../../../src/store/instances/instancesFile';
import { useTemporaryFolder } from '../builders';

describe('watchDataFolder', () => {
  const root = useTemporaryFolder();
  let watcher: FolderWatcher | undefined;
  afterEach(() => {
    mock.timers.reset();
    watcher?.dispose();
  });

  /** Resolves with the next change; `make` brings it about. */
  const nextChange = (make: () => unknown, listEveryMs = 20): Promise<void> =>
    new Promise((resolve) => {
      watcher = watchDataFolder(root(), resolve, { listEveryMs });
      setImmediate(make);
    });

  it('tells of a new file generation', () =>
    nextChange(() => {
      new GenerationStore(ensureDataFolder(root())).publish(Buffer.from('x'), 1, '2025-11-16');
    }));

  it('tells of a new status', () =>
    nextChange(() => {
      writeFileSync(dataFolderAt(root()).status, '{}');
    }));

  it('tells of a new instance, by file events as well as by listing', async () => {
    await nextChange(() => addInstance(root(), { name: 'a', url: 'https://a.example.com' }));
    watcher?.dispose();
    await nextChange(() => addInstance(root(), { name: 'b', url: 'https://b.example.com' }), 60_000);
  });

  it('tells of a connection to Azure and of a warehouse, which another window may have added', async () => {
    for (const path of [dataFolderAt(root()).azure, dataFolderAt(root()).warehouses]) {
      await nextChange(() => writeFileSync(path, '{}'));
      watcher?.dispose();
    }
  });

  it('is quiet when nothing changes and after its end', () => {
    let calls = 0;
    mock.timers.enable({ apis: ['setInterval', 'setTimeout'] });
    watcher = watchDataFolder(root(), () => calls++, { listEveryMs: 1 });
    mock.timers.tick(1_000);
    watcher.dispose();
    writeFileSync(dataFolderAt(root()).status, '{}');
    mock.timers.tick(1_000);
    assert.equal(calls, 0);
  });
});
