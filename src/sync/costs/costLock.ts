import { acquireSyncLock } from '../../store/locks/syncLock';
import type { Clock } from '../engine/syncTypes';
import type { CostLock } from './costSyncTypes';

/**
 * The right to read costs into a data folder; undefined while a process that lives has it. Runs that began under it go on
 * from one writer to the next. @param version of the product
 */
export async function takeCostLock(
  root: string,
  version: string,
  clock: Pick<Clock, 'now'>,
): Promise<CostLock | undefined> {
  const result = await acquireSyncLock(root, { version, name: 'costLock', now: () => clock.now() });
  return result.status === 'held' ? undefined : result.lock;
}
