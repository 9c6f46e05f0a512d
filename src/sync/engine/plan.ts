import type { InstanceFacts } from '../../store/mirrorFacts';
import type { EpochSeconds } from '../../store/records';
import type { SyncKind, SyncWalk } from '../../store/runs';
import type { SyncRequest } from './syncTypes';

const HOUR = 3_600;
/** A walk over everybody that was not complete, be it for one user's list, is not tried again with every run. */
const RETRY_SHARE = 1 / 4;
/** Everybody is looked at once a day. */
export const DEFAULT_RECONCILE_HOURS = 24;

/** What a run is about to do, decided before it starts and kept with its record. */
export interface RunPlan {
  readonly kind: SyncKind;
  readonly walk: SyncWalk;
}

/**
 * Decides what a request comes to. What was never read is read in full; now and then an incremental run looks at
 * everybody (reconcile), because the usual one cannot see what others did to a user's chats.
 * @param reconcileHours age from which on the last complete walk no longer counts; 0: never by itself
 */
export function planRun(
  facts: InstanceFacts,
  request: Pick<SyncRequest, 'kind' | 'walk'>,
  now: EpochSeconds,
  reconcileHours: number,
): RunPlan {
  if (request.kind === 'full' || !facts.hasBeenRead) {
    return { kind: 'full', walk: 'complete' };
  }
  const walk = request.walk ?? (isReconcileDue(facts, now, reconcileHours) ? 'complete' : 'active');
  return { kind: 'incremental', walk };
}

function isReconcileDue(facts: InstanceFacts, now: EpochSeconds, hours: number): boolean {
  if (hours <= 0) {
    return false;
  }
  const { lastCompleteWalkAt, lastCompleteTryAt } = facts;
  return isOld(lastCompleteWalkAt, now, hours) && isOld(lastCompleteTryAt, now, hours * RETRY_SHARE);
}

/** In the future: the clock was set back, and nothing says how long ago it really was. */
function isOld(at: EpochSeconds | undefined, now: EpochSeconds, hours: number): boolean {
  return at === undefined || at > now || now - at >= hours * HOUR;
}
