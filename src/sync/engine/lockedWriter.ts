import type { StoreWriter } from '../../store/mirrorWriter';
import { SyncBusyError, type SyncLocker } from './coordinatorTypes';

/**
 * One change of the database outside a sync: under the same lock, with a writer of its own, and visible to other
 * programs afterwards. @returns what `change` came to @throws SyncBusyError while a sync runs.
 */
export async function withLockedWriter<T, W extends Pick<StoreWriter, 'refreshCopies' | 'close'>>(
  locker: SyncLocker,
  openWriter: () => Promise<W>,
  change: (writer: W) => Promise<T>,
): Promise<T> {
  const attempt = await locker.tryAcquire('change');
  if (!attempt.acquired) {
    throw new SyncBusyError(attempt.holder);
  }
  try {
    const writer = await openWriter();
    try {
      const result = await change(writer);
      await writer.refreshCopies();
      return result;
    } finally {
      await writer.close();
    }
  } finally {
    await attempt.lock.release();
  }
}
