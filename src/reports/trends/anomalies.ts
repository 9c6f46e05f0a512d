import type { LocalDay } from '../days';
import { NO_HOLIDAYS, type Holidays } from './holidays';
import { isUnusual, usualOf } from './robust';

/** Number of one day. */
export interface DayValue {
  readonly day: LocalDay;
  /** NULL: unknown. */
  readonly value: number | null;
}

/** Smallest difference that matters: of counts of turns, and of money in units of its currency. */
export const FLOORS = { turns: 20, cost: 5 } as const;

const WEEK = 7;
/** Weeks that a day is measured against. */
const WEEKS = 8;
/** Fewer known weekdays say nothing about what is usual. */
const FEWEST_WEEKS = 4;

/** A day whose number is far from that of the same weekday in the weeks before. */
export interface Anomaly {
  readonly day: LocalDay;
  readonly value: number;
  /** Median of the same weekday in the eight weeks before. */
  readonly usual: number;
  readonly direction: 'up' | 'down';
}

/**
 * Unusual days: compared with the median and the median absolute deviation of the same weekday in the eight weeks before.
 * Days with fewer than four known weekdays before them are not judged. Give whole, known days alone: a running day looks
 * like a fall. A quiet holiday is not unusual, and no day is compared with one.
 * @param floor smallest difference that matters, in the values' unit
 */
export function anomaliesOf(
  values: readonly DayValue[],
  floor: number,
  holidays: Holidays = NO_HOLIDAYS,
): Anomaly[] {
  const known = new Map(
    values.flatMap(({ day, value }) => (value === null ? [] : ([[day, value]] as const))),
  );
  return [...known]
    .sort(([a], [b]) => a - b)
    .flatMap(([day, value]): Anomaly[] => {
      const before = sameWeekdaysBefore(day, holidays).flatMap((earlier) => known.get(earlier) ?? []);
      const usual = before.length < FEWEST_WEEKS ? undefined : usualOf(before);
      return usual === undefined ||
        !isUnusual(value, usual, floor) ||
        (holidays.has(day) && value < usual.median)
        ? []
        : [{ day, value, usual: usual.median, direction: value > usual.median ? 'up' : 'down' }];
    });
}

/** The days of the same weekday in the eight weeks before a day, without holidays. */
export function sameWeekdaysBefore(day: LocalDay, holidays: Holidays = NO_HOLIDAYS): LocalDay[] {
  return Array.from({ length: WEEKS }, (_, week) => day - (week + 1) * WEEK).filter(
    (earlier) => !holidays.has(earlier),
  );
}
