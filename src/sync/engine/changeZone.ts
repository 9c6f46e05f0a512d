import type { StoreWriter } from '../../store/mirrorWriter';
import type { SyncLocker } from './coordinatorTypes';
import { withLockedWriter } from './lockedWriter';

/**
 * Puts another time zone in force: all local times of the mirror are derived anew and published.
 * @param save keeps the zone for the writers to come @param openWriter opens one in the zone that was kept
 * @throws SyncBusyError while a sync runs: it writes times of the old zone
 */
export function changeZone(
  locker: SyncLocker,
  save: () => Promise<void>,
  openWriter: () => Promise<StoreWriter>,
): Promise<unknown> {
  const open = async (): Promise<StoreWriter> => {
    await save();
    return openWriter();
  };
  return withLockedWriter(locker, open, (writer) => writer.publish());
}
