import assert from 'node:assert/strict';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DiskFullError, FolderUnusableError } from '../../../../src/store/errors';
import { injectFaults } from '../../../../src/store/files/failpoints';
import type { MirrorWriter } from '../../../../src/store/mirrorWriter';
import { Publisher } from '../../../../src/sync/engine/publisher';
import { failSteps, useFaults } from '../../store/faults/faults';
import { mountSmallDiskOver } from '../../store/faults/mounts';
import { LogLines, TestClock, useMirroring } from './harness';

const FULL = /^The disk that holds the mirror is full: \d+ MB more are needed at .+\.$/u;

describe('a sync whose disk does not take what it fetched', () => {
  const mirroring = useMirroring();
  useFaults();

  it('fails with one sentence, loses nothing, and the next one publishes', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 2);
    await m.sync();
    m.addUser('eve', 2);
    failSteps(['write'], 'ENOSPC', /db.0000/u);
    const failed = await m.sync({ kind: 'full' });
    assert.deepEqual([failed.status, failed.errorCode], ['failed', 'diskFull']);
    assert.match(failed.error ?? '', FULL);
    assert.equal(m.log.lines.filter((line) => line.includes('The disk that holds')).length, 1);
    assert.equal(await m.count('users'), 2);
    injectFaults(undefined);
    assert.equal((await m.sync({ kind: 'full' })).status, 'ok');
    assert.equal(await m.count('users'), 3);
    assert.deepEqual(await m.rows('SELECT status, error_code FROM sync_runs ORDER BY id'), [
      ['ok', null],
      ['failed', 'diskFull'],
      ['ok', null],
    ]);
  });

  it('is ok when only the copy for other programs has no room, and says so', async () => {
    const m = await mirroring().start();
    failSteps(['copy'], 'ENOSPC', /openwebui_sync/u);
    assert.equal((await m.sync()).status, 'ok');
    assert.ok(m.log.lines.some((line) => /^warn openwebui_sync\.db .*The disk that holds/u.test(line)));
  });

  it('does not start in a folder that cannot be written, and says so', async () => {
    const m = await mirroring().start();
    failSteps(['write'], 'EROFS');
    await assert.rejects(m.sync(), FolderUnusableError);
    assert.deepEqual(m.requests, []);
  });

  it('for real: a first download that fills a small disk', async function () {
    const m = await mirroring().start();
    const unmount = mountSmallDiskOver(m.folder, 1_000_000) ?? this.skip();
    try {
      m.addUser('bob', 3);
      const { bavail, bsize } = statfsSync(m.folder);
      const filler = join(m.folder, 'filler');
      writeFileSync(filler, Buffer.alloc(bavail * bsize - 150_000));
      const failed = await m.sync({ kind: 'full' });
      assert.deepEqual([failed.status, failed.errorCode], ['failed', 'diskFull']);
      assert.match(failed.error ?? '', FULL);
      rmSync(filler);
      assert.equal((await m.sync({ kind: 'full' })).status, 'ok');
      assert.equal(await m.count('chats'), 3);
    } finally {
      unmount();
    }
  });
});

describe('publishing while a sync works', () => {
  /** A publisher whose next publishes fail so often. */
  const publisherThatFails = (failures: number, error: Error) => {
    const clock = new TestClock();
    const log = new LogLines();
    let published = 0;
    const writer = {
      publish: () => (failures-- > 0 ? Promise.reject(error) : Promise.resolve(++published)),
    } as unknown as MirrorWriter;
    const publisher = new Publisher(writer, clock, log);
    const checkpoint = async (): Promise<void> => {
      clock.seconds += 60;
      await publisher.checkpoint();
    };
    return { checkpoint, log, published: () => published };
  };

  it('goes on in memory while the disk is full, says so once, and tries again', async () => {
    const { checkpoint, log, published } = publisherThatFails(3, new DiskFullError('The disk is full.'));
    for (let time = 0; time < 3; time++) {
      await checkpoint();
    }
    assert.equal(published(), 0);
    assert.deepEqual(log.lines, ['warn The disk is full. The sync goes on and tries again.']);
    await checkpoint();
    assert.equal(published(), 1);
  });

  it('breaks off on any other error', async () => {
    const { checkpoint } = publisherThatFails(1, new Error('unexpected'));
    await assert.rejects(checkpoint(), /unexpected/u);
  });
});
