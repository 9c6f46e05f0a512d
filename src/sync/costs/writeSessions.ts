import { SyncBusyError } from '../engine/coordinatorTypes';
import { withLockedWriter } from '../engine/lockedWriter';
import { isWriterLost } from '../engine/writerLoss';
import type { WriteSession } from './costLedger';
import type { CostSyncDeps } from './costSyncTypes';

/** Waits for the database between two tries, in ms: a sync under way has it for seconds, a first one for long. */
const WAITS_MS = [2_000, 5_000, 10_000, 15_000];
const LAST_WAIT_MS = 15_000;
/** Longest wait for the database at the end of a run: what was read would have to be asked for again. */
export const END_PATIENCE_MS = 30 * 60_000;
const TRIES = 3;

type SessionDeps = Pick<CostSyncDeps, 'locker' | 'openWriter' | 'clock'>;

/** Sessions that do not wait: while a sync has the database there is none. @throws SyncBusyError */
export function impatient({ locker, openWriter }: SessionDeps): WriteSession {
  return async (change) => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await withLockedWriter(locker, openWriter, change);
      } catch (error) {
        // Somebody restored a backup, or published without the lock: once more on what is there now.
        if (!isWriterLost(error) || tries === TRIES) {
          throw error;
        }
      }
    }
  };
}

/** Sessions that wait for a sync under way. @throws SyncBusyError after the patience, the signal's reason */
export function patient(deps: SessionDeps, patienceMs: number, signal: AbortSignal): WriteSession {
  const once = impatient(deps);
  return async (change) => {
    let waited = 0;
    for (let tries = 0; ; tries += 1) {
      try {
        return await once(change);
      } catch (error) {
        if (!(error instanceof SyncBusyError) || waited >= patienceMs) {
          throw error;
        }
      }
      const wait = WAITS_MS[tries] ?? LAST_WAIT_MS;
      await deps.clock.sleep(wait, signal);
      waited += wait;
    }
  };
}
