import { requestCancel, watchCancel } from '../../store/cancelRequest';
import { acquireSyncLock, lockOwner } from '../../store/syncLock';
import type { LockContent } from '../../store/lockFile';
import type { HeldLock, LockHolder, SyncLocker } from './coordinatorTypes';

/**
 * The lock of a data folder as the coordinator wants it.
 * @param root the data folder
 * @param version of the product, told to others in the lock
 */
export function createFolderLocker(root: string, version: string): SyncLocker {
  return {
    tryAcquire: async () => {
      const result = await acquireSyncLock(root, { version });
      if (result.status === 'held') {
        return { acquired: false, holder: holderOf(result.owner) };
      }
      return { acquired: true, lock: hold(root, result.lock) };
    },
    requestCancel: async () => {
      const owner = lockOwner(root);
      if (owner !== undefined) {
        await requestCancel(root, owner.id);
      }
    },
  };
}

function hold(root: string, lock: { content: LockContent; release(): Promise<void> }): HeldLock {
  let isRequested = false;
  const watch = watchCancel(root, lock.content.id, () => {
    isRequested = true;
  });
  return {
    cancelRequested: () => {
      const wasRequested = isRequested;
      isRequested = false;
      return Promise.resolve(wasRequested);
    },
    release: () => {
      watch.dispose();
      return lock.release();
    },
  };
}

function holderOf({ id, pid, start }: LockContent): LockHolder {
  return { runId: id, pid, startedAt: start * 1000 };
}
