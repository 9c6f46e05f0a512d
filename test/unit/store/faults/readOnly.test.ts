import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolderAt } from '../../../../src/store/files/dataFolder';
import { FolderUnusableError } from '../../../../src/store/errors';
import { injectFaults } from '../../../../src/store/files/failpoints';
import { watchDataFolder } from '../../../../src/store/files/folderWatcher';
import { addInstance, loadInstances } from '../../../../src/store/instances/instancesFile';
import { NewestImage } from '../../../../src/store/reading/newestImage';
import { readStatus } from '../../../../src/store/status';
import { acquireSyncLock } from '../../../../src/store/locks/syncLock';
import { openMirror, useMirrors, useTemporaryFolder } from '../builders';
import { failSteps, useFaults } from './faults';
import { mountSmallDisk, remount, type TestMount } from './mounts';
import { publishedNames, writePerson } from './operations';

const SENTENCE =
  /^The data folder cannot be written: .+\. Allow this user to write there, or choose another folder\.$/u;
const isSentence = (error: unknown): boolean =>
  error instanceof FolderUnusableError && SENTENCE.test(error.message);

describe('A data folder that cannot be written', () => {
  const mirrors = useMirrors();
  useFaults();

  for (const code of ['EROFS', 'EACCES']) {
    it(`case 35: ${code}: a folder on which writes start to fail keeps what is published; the next run publishes`, async () => {
      const mirror = await mirrors.open();
      writePerson(mirror, 'ann');
      mirror.publish();
      failSteps(['write', 'rename', 'link'], code);
      assert.throws(() => {
        writePerson(mirror, 'bob');
        mirror.publish();
      }, isSentence);
      mirrors.close(mirror);
      injectFaults(undefined);
      assert.deepEqual(await publishedNames(mirrors.root()), ['ann']);
      const next = await mirrors.open();
      writePerson(next, 'bob');
      next.publish();
      assert.deepEqual(await publishedNames(mirrors.root()), ['ann', 'bob']);
    });
  }

  it('is named when it has gone while it was in use', async () => {
    const mirror = await mirrors.open();
    writePerson(mirror, 'ann');
    rmSync(mirrors.root(), { recursive: true });
    assert.throws(
      () => mirror.publish(),
      (error) => error instanceof FolderUnusableError && /^The data folder is gone: /u.test(error.message),
    );
  });

  describe('since there is a file in its place', () => {
    const parent = useTemporaryFolder();
    it('is not made; a sync says so', async () => {
      const root = join(parent(), 'file', 'mirror');
      writeFileSync(join(parent(), 'file'), '');
      await assert.rejects(acquireSyncLock(root, { version: '0.1.0' }), FolderUnusableError);
      await assert.rejects(openMirror(root), FolderUnusableError);
    });
  });

  describe('for real, on a disk that is mounted read-only', () => {
    let disk: TestMount | undefined;
    const root = (): string => disk?.path ?? '';
    before(async function () {
      disk = mountSmallDisk(8_000_000);
      if (disk === undefined) {
        this.skip();
      }
      await addInstance(root(), { name: 'FASGPT', url: 'https://chat.example.com' });
      const mirror = await openMirror(root());
      writePerson(mirror, 'ann');
      mirror.publish();
      mirror.refreshCopies();
      mirror.close();
      rmSync(dataFolderAt(root()).content, { recursive: true });
      remount(root(), 'ro');
    });
    after(() => disk?.unmount());

    it('can be read: instances, status, database, changes', async () => {
      assert.equal((await loadInstances(root())).instances.length, 1);
      assert.equal((await readStatus(root())).status?.instances.length, 1);
      assert.equal(new NewestImage(dataFolderAt(root())).current()?.number, 1);
      watchDataFolder(root(), () => assert.fail('nothing changes')).dispose();
    });

    it('can be previewed', async () => {
      const preview = await openMirror(root(), { isDryRun: true });
      writePerson(preview, 'bob');
      assert.deepEqual(preview.publish(), { generation: 1, published: false });
      preview.close();
    });

    it('case 35: is not synced into, and says so in one sentence', async () => {
      await assert.rejects(acquireSyncLock(root(), { version: '0.1.0' }), isSentence);
      await assert.rejects(openMirror(root()), isSentence);
      await assert.rejects(addInstance(root(), { name: 'new', url: 'https://new.example.com' }), isSentence);
    });

    it('is written again once that is allowed', async () => {
      remount(root(), 'rw');
      const mirror = await openMirror(root());
      writePerson(mirror, 'bob');
      mirror.publish();
      mirror.close();
      assert.deepEqual(await publishedNames(root()), ['ann', 'bob']);
    });
  });
});
