import type { CostRunEnd } from '../../store/costs/costTypes';
import { AzureError, AzureThrottledError, type AzureFailure } from '../azure/azureErrors';
import { SyncBusyError } from '../engine/coordinatorTypes';
import { detailOf, problemOf } from '../engine/problems';
import type { Logger } from '../engine/syncTypes';

/** How the reading of a scope ended. */
export type Outcome = Pick<CostRunEnd, 'status' | 'error' | 'retryAfter'>;

/** Failures that every other month would meet too. */
const ENDING: ReadonlySet<AzureFailure> = new Set([
  'scope',
  'signIn',
  'refused',
  'forbidden',
  'unknown',
  'throttled',
  'network',
]);

/** Of these one month may be the reason, where others were read: a subscription has moved since, or was made later. */
const OF_THE_PAST: ReadonlySet<AzureFailure> = new Set(['forbidden', 'unknown']);

/** Whether another month may succeed after it. @param hasRead whether one did before it */
export function isOfOneMonth(error: unknown, signal: AbortSignal, hasRead: boolean): error is AzureError {
  return (
    !signal.aborted &&
    error instanceof AzureError &&
    (!ENDING.has(error.kind) || (hasRead && OF_THE_PAST.has(error.kind)))
  );
}

/** What ended a run. Only errors whose words are ours are quoted; of others the log gets name and place. */
export function outcomeOf(error: unknown, name: string, signal: AbortSignal, log: Logger): Outcome {
  if (signal.aborted) {
    return { status: 'cancelled' };
  }
  if (error instanceof AzureThrottledError) {
    return { status: 'throttled', error: error.message, retryAfter: Math.ceil(error.until / 1000) };
  }
  if (error instanceof AzureError || error instanceof SyncBusyError) {
    return { status: 'failed', error: error.message };
  }
  log.error(`Costs of ${name} could not be read${detailOf(error)}`);
  return { status: 'failed', error: problemOf(error).message };
}
