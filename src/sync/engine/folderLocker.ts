import { requestCancel, watchCancel } from '../../store/locks/cancelRequest';
import { acquireSyncLock, lockOwner } from '../../store/locks/syncLock';
import type { LockContent } from '../../store/locks/lockFile';
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
    requestCancel: async (instanceId) => {
      const owner = lockOwner(root);
      if (owner !== undefined) {
        await requestCancel(root, owner.id, instanceId);
      }
    },
  };
}

function hold(root: string, lock: { content: LockContent; release(): Promise<void> }): HeldLock {
  const listeners: ((instanceIds: readonly number[] | undefined) => void)[] = [];
  const watch = watchCancel(root, lock.content.id, (instanceIds) => {
    listeners.forEach((listener) => listener(instanceIds));
  });
  return {
    onCancelRequest: (listener) => {
      listeners.push(listener);
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
