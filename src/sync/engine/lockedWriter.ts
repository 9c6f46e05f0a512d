import type { StoreWriter } from '../../store/mirrorWriter';
import { SyncBusyError, type SyncLocker } from './coordinatorTypes';

/**
 * One change of the database outside a sync: under the same lock, with a writer of its own, and visible to other
 * programs afterwards. @throws SyncBusyError while a sync runs.
 */
export async function withLockedWriter(
  locker: SyncLocker,
  openWriter: () => Promise<StoreWriter>,
  change: (writer: StoreWriter) => Promise<unknown>,
): Promise<void> {
  const attempt = await locker.tryAcquire('change');
  if (!attempt.acquired) {
    throw new SyncBusyError(attempt.holder);
  }
  try {
    const writer = await openWriter();
    try {
      await change(writer);
      await writer.refreshCopies();
    } finally {
      await writer.close();
    }
  } finally {
    await attempt.lock.release();
  }
}
