import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataFolderAt, ensureDataFolder } from '../../../../src/store/files/dataFolder';
import { injectFaults } from '../../../../src/store/files/failpoints';
import { listGenerations } from '../../../../src/store/files/fileGeneration';
import { GenerationStore } from '../../../../src/store/files/generationStore';
import { PublishConflictError } from '../../../../src/store/errors';
import { loadStatus, readStatus } from '../../../../src/store/status';
import { acquireSyncLock, lockOwner } from '../../../../src/store/locks/syncLock';
import { openMirror, useMirrors } from '../builders';
import { failSteps, onceAt, useFaults } from './faults';
import { mountFat, type TestMount } from './mounts';
import { publishedNames, writePerson } from './operations';

/** Of a process that has ended. */
const DEAD_PID = 2 ** 22 + 1;

describe('A file system without hard links', () => {
  const mirrors = useMirrors();
  useFaults();
  const folder = (): ReturnType<typeof dataFolderAt> => ensureDataFolder(mirrors.root());
  const publish = (number: number): void => {
    new GenerationStore(folder()).publish(Buffer.from(`image ${number}`), number, '2025-11-16');
  };

  for (const code of ['EPERM', 'ENOTSUP', 'ENOSYS']) {
    it(`${code}: takes publishes all the same, and leaves nothing lying about`, async () => {
      failSteps(['link'], code);
      const mirror = await mirrors.open();
      for (const userId of ['ann', 'bob', 'cy']) {
        writePerson(mirror, userId);
        mirror.publish();
      }
      assert.deepEqual(await publishedNames(mirrors.root()), ['ann', 'bob', 'cy']);
      assert.deepEqual(readdirSync(folder().generations).sort(), [
        '00000001.db',
        '00000002.db',
        '00000003.db',
      ]);
    });
  }

  it('lets the slower of two writers start over', async () => {
    failSteps(['link'], 'EPERM');
    const [fast, slow] = [await mirrors.open(), await mirrors.open()];
    writePerson(fast, 'ann');
    fast.publish();
    writePerson(slow, 'bob');
    assert.throws(() => slow.publish(), PublishConflictError);
    assert.deepEqual(await publishedNames(mirrors.root()), ['ann']);
  });

  it('is not blocked by a process that ended while it named its file', () => {
    failSteps(['link'], 'EPERM');
    writeFileSync(join(folder().generations, 'naming.lock'), `${DEAD_PID}-0badcafe`);
    publish(1);
    assert.deepEqual(readdirSync(folder().generations), ['00000001.db']);
  });

  it('is not blocked for long by one that stands still', () => {
    failSteps(['link'], 'EPERM');
    writeFileSync(join(folder().generations, 'naming.lock'), `${process.pid}-0badcafe`);
    publish(1);
    assert.deepEqual(listGenerations(folder().generations), [1]);
  });

  it('has one lock too', async () => {
    failSteps(['link'], 'EPERM');
    const first = await acquireSyncLock(mirrors.root(), { version: '0.1.0', beatMs: 1 });
    assert.ok(first.status === 'acquired');
    const second = await acquireSyncLock(mirrors.root(), { version: '0.1.0' });
    assert.equal(second.status, 'held');
    await first.lock.release();
    assert.equal(lockOwner(mirrors.root()), undefined);
  });

  it('is told of in the status, also by a writer that published nothing, and while the status is old', async () => {
    const told = async (): Promise<unknown> => (await readStatus(mirrors.root())).status?.hasNoHardLinks;
    failSteps(['link'], 'EPERM');
    const mirror = await mirrors.open();
    writePerson(mirror, 'ann');
    mirror.publish();
    mirror.refreshCopies();
    assert.equal(await told(), true);
    rmSync(folder().status);
    (await mirrors.open()).refreshCopies();
    assert.equal(await told(), true);
    writePerson(mirror, 'bob');
    mirror.publish();
    const fresh = { version: 1, generation: 2, instances: [] } as const;
    const status = await loadStatus(mirrors.root(), { status: () => Promise.resolve(fresh) });
    assert.deepEqual(status, { ...fresh, hasNoHardLinks: true });
    injectFaults(undefined);
    (await mirrors.open()).refreshCopies();
    assert.equal(await told(), undefined, 'moved to another disk');
  });

  it('is not suspected where a publish fails for another reason', async () => {
    const mirror = await mirrors.open();
    writePerson(mirror, 'ann');
    failSteps(['link'], 'EIO');
    assert.throws(() => mirror.publish(), /reports an error/u);
    injectFaults(undefined);
    mirror.publish();
    mirror.refreshCopies();
    assert.equal((await readStatus(mirrors.root())).status?.hasNoHardLinks, undefined);
  });

  it('still shows a late writer that another was first', () => {
    failSteps(['link'], 'EPERM');
    publish(1);
    injectFaults(undefined);
    const wasReached = onceAt('publish:linked', () => publish(3));
    assert.throws(() => publish(2), PublishConflictError);
    assert.ok(wasReached());
    assert.deepEqual(listGenerations(folder().generations), [3, 1]);
  });

  describe('for real, on a FAT disk', () => {
    const image = join(tmpdir(), `openwebui-sync-fat-${process.pid}.img`);
    let disk: TestMount | undefined;
    before(function () {
      disk = mountFat(image);
      if (disk === undefined) {
        this.skip();
      }
    });
    after(() => {
      disk?.unmount();
      rmSync(image, { force: true });
    });

    it('publishes, copies and locks', async () => {
      const root = disk?.path ?? '';
      const lock = await acquireSyncLock(root, { version: '0.1.0' });
      assert.ok(lock.status === 'acquired');
      const mirror = await openMirror(root);
      writePerson(mirror, 'ann');
      mirror.publish();
      assert.equal(mirror.refreshCopies().fixedName, 'replaced');
      mirror.close();
      await lock.lock.release();
      assert.deepEqual(await publishedNames(root), ['ann']);
      assert.match(readFileSync(dataFolderAt(root).status, 'utf8'), /"hasNoHardLinks":true/u);
    });
  });
});
