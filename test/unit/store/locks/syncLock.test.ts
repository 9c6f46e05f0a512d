import assert from 'node:assert/strict';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { requestCancel, watchCancel } from '../../../../src/store/locks/cancelRequest';
import { dataFolderAt, ensureDataFolder } from '../../../../src/store/files/dataFolder';
import { isRunUnderWay, readLock, type LockContent } from '../../../../src/store/locks/lockFile';
import {
  acquireSyncLock,
  lockOwner,
  type LockResult,
  type SyncLock,
} from '../../../../src/store/locks/syncLock';
import { NOON, runStart, useTemporaryFolder } from '../builders';

const DEAD_PID = 2 ** 22 + 1;

describe('The sync lock', () => {
  const root = useTemporaryFolder();
  const path = (): string => dataFolderAt(root()).lock;
  let held: SyncLock[] = [];
  beforeEach(() => {
    ensureDataFolder(root());
  });
  afterEach(async () => {
    await Promise.all(held.map((lock) => lock.release()));
    held = [];
  });

  const acquire = async (
    options: Partial<Parameters<typeof acquireSyncLock>[1]> = {},
  ): Promise<LockResult> => {
    const result = await acquireSyncLock(root(), { version: '0.1.0', ...options });
    if (result.status === 'acquired') {
      held.push(result.lock);
    }
    return result;
  };
  const writeLock = (changes: Partial<LockContent> = {}): LockContent => {
    const content = {
      pid: process.pid,
      host: hostname(),
      start: 1,
      id: 'other',
      version: '0.1.0',
      beat: 3,
      ...changes,
    };
    writeFileSync(path(), JSON.stringify(content));
    return content;
  };

  it('is taken, told of and given back', async () => {
    const result = await acquire();
    assert.equal(result.status, 'acquired');
    assert.equal(lockOwner(root())?.pid, process.pid);
    await held[0]?.release();
    assert.equal(lockOwner(root()), undefined);
    assert.deepEqual(
      readdirSync(root()).filter((name) => name.startsWith('sync.lock')),
      [],
    );
  });

  it('stays with an owner whose beat moves', async () => {
    const owner = writeLock();
    const result = await acquire({
      sleep: () => {
        writeLock({ beat: owner.beat + 1 });
        return Promise.resolve();
      },
    });
    assert.deepEqual(result, { status: 'held', owner });
  });

  it('is taken at once from a process that has ended', async () => {
    writeLock({ pid: DEAD_PID });
    const result = await acquire({ sleep: () => assert.fail('no waiting needed') });
    assert.equal(result.status, 'acquired');
  });

  it('case 46: is taken from a silent owner only after four beats without a sign', async () => {
    writeLock();
    let polls = 0;
    const result = await acquire({
      sleep: () => {
        polls++;
        return Promise.resolve();
      },
    });
    assert.equal(result.status, 'acquired');
    assert.equal(polls, 20);
  });

  it('counts anew after the machine slept', async () => {
    writeLock();
    let polls = 0;
    let time = 0;
    await acquire({
      now: () => time,
      sleep: () => {
        polls++;
        time += polls === 15 ? 60_000 : 1_000;
        return Promise.resolve();
      },
    });
    assert.equal(polls, 35);
  });

  it('is never taken from another host by its process id alone', async () => {
    writeLock({ pid: DEAD_PID, host: 'elsewhere' });
    let polls = 0;
    const result = await acquire({
      sleep: () => {
        polls++;
        writeLock({ pid: DEAD_PID, host: 'elsewhere', beat: 3 + polls });
        return Promise.resolve();
      },
    });
    assert.equal(result.status, 'held');
  });

  it('goes to exactly one of several that want it', async () => {
    writeFileSync(path(), 'not a lock');
    const results = await Promise.all(
      Array.from({ length: 8 }, () =>
        acquire({
          sleep: () => {
            const seen = readLock(path());
            if (seen !== undefined) {
              writeFileSync(path(), JSON.stringify({ ...seen, beat: seen.beat + 1 }));
            }
            return Promise.resolve();
          },
        }),
      ),
    );
    assert.equal(results.filter(({ status }) => status === 'acquired').length, 1);
  });

  it('does not remove a lock that was taken over', async () => {
    await acquire();
    writeLock();
    await held[0]?.release();
    assert.equal(readLock(path())?.id, 'other');
  });

  it('tells whether a journaled run is still under way', async () => {
    await acquire({ now: () => NOON * 1000 });
    const folder = dataFolderAt(root());
    assert.equal(isRunUnderWay(folder, runStart({ startedAt: NOON }), process.pid), true);
    assert.equal(
      isRunUnderWay(folder, runStart({ startedAt: NOON - 1 }), process.pid),
      false,
      'older than the lock',
    );
    assert.equal(isRunUnderWay(folder, runStart(), process.pid + 1), false, 'another process');
  });
});

describe('A request to cancel', () => {
  const root = useTemporaryFolder();

  /** Watches until the first request came. */
  const nextCancel = (lockId: string): Promise<readonly number[] | undefined> =>
    new Promise((resolve) => {
      const watch = watchCancel(
        root(),
        lockId,
        (ids) => {
          watch.dispose();
          resolve(ids);
        },
        5,
      );
    });

  it('reaches the owner of the lock once', async () => {
    await requestCancel(root(), 'lock-1', 4);
    await requestCancel(root(), 'lock-1', 5);
    assert.deepEqual(await nextCancel('lock-1'), [4, 5]);
    assert.equal(existsSync(dataFolderAt(root()).cancel), false);
  });

  it('for all instances swallows those for one', async () => {
    await requestCancel(root(), 'lock-1', 4);
    await requestCancel(root(), 'lock-1');
    await requestCancel(root(), 'lock-1', 5);
    assert.equal(await nextCancel('lock-1'), undefined);
  });

  it('to an earlier owner is removed and does nothing', async () => {
    await requestCancel(root(), 'gone', 4);
    const waiting = nextCancel('lock-1');
    while (existsSync(dataFolderAt(root()).cancel)) {
      await delay(1);
    }
    await requestCancel(root(), 'lock-1', 9);
    assert.deepEqual(await waiting, [9]);
  });
});
