import type { Every } from '../../headless/every';
import { nextDue } from '../../sync/schedule/nextDue';

const MINUTE_MS = 60_000;

/**
 * When a schedule of the system fires next, ms since 1970, without the delay that spreads machines.
 * @param minute at which it begins @param zone IANA name, of daily times
 */
export function nextFire(every: Every, minute: number, zone: string, now: number): number {
  if (every.kind === 'daily') {
    return nextDue(every, { now, lastCompletedAt: now, zone, jitterId: '' }) ?? now;
  }
  const interval = every.kind === 'hourly' ? 60 : every.minutes;
  let next = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  do {
    next += MINUTE_MS;
  } while (new Date(next).getMinutes() % interval !== minute % interval);
  return next;
}
