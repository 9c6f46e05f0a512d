import type { EpochSeconds } from '../records';
import { utcDayAt } from './costEntries';

/**
 * First UTC day that may not be complete in an answer: usage arrives up to a day late, so the day of asking and the one
 * before it are still filling up.
 */
export function firstFreshDay(fetchedAt: EpochSeconds): number {
  return utcDayAt(fetchedAt) - 1;
}
