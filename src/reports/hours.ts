import type { LocalDay } from './days';
import { weekdayOf } from './days';
import type { Period } from './period';

/** How many hours of one weekday and hour lie in a period; also what `:hours` holds as JSON. */
export interface HourCount {
  /** 0 = Monday. */
  readonly weekday: number;
  readonly hour: number;
  /** Not whole where a clock change moves the hour. */
  readonly hours: number;
}

const DAY = 86_400;
const MINUTES_PER_DAY = 1_440;
/** Nowhere do clocks change twice in it; asking for an offset is slow. */
const WEEK = 7 * DAY;

/**
 * Counts the hours of a period by weekday and hour, in the zone's clock: the hour that spring skips counts
 * less, the hour that autumn repeats counts twice. `lastHour` is the last hour known of the period's last day.
 */
export function hoursByWeekday(period: Period, zone: string, lastHour = 23): HourCount[] {
  const minutes = Array.from({ length: 7 * 24 }, () => 0);
  const add = (day: LocalDay, minuteOfDay: number, count: number): void => {
    const hour = Math.floor(minuteOfDay / 60);
    if (day >= period.from && day <= period.to && (day < period.to || hour <= lastHour)) {
      const slot = weekdayOf(day) * 24 + hour;
      minutes[slot] = (minutes[slot] ?? 0) + count;
    }
  };
  for (let day = period.from; day <= period.to; day++) {
    for (let hour = 0; hour < 24; hour++) {
      add(day, hour * 60, 60);
    }
  }
  for (const { fromMinute, toMinute, sign } of clockChanges(period, zone)) {
    for (let minute = fromMinute; minute < toMinute; minute++) {
      const day = Math.floor(minute / MINUTES_PER_DAY);
      add(day, minute - day * MINUTES_PER_DAY, sign);
    }
  }
  return minutes.map((count, slot) => ({
    weekday: Math.floor(slot / 24),
    hour: slot % 24,
    hours: count / 60,
  }));
}

/** Local minutes since 1970 that a change of the clock leaves out (-1) or repeats (+1). */
interface ClockChange {
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly sign: 1 | -1;
}

function clockChanges(period: Period, zone: string): ClockChange[] {
  const offsetAt = offsetMinutesIn(zone);
  const changes: ClockChange[] = [];
  const last = (period.to + 2) * DAY;
  let before = offsetAt((period.from - 1) * DAY);
  for (let start = (period.from - 1) * DAY; start < last; start += WEEK) {
    const after = offsetAt(start + WEEK);
    if (after !== before) {
      const instant = instantOfChange(start, start + WEEK, before, offsetAt) / 60;
      changes.push({
        fromMinute: instant + Math.min(before, after),
        toMinute: instant + Math.max(before, after),
        sign: after > before ? -1 : 1,
      });
    }
    before = after;
  }
  return changes;
}

/** First second (a whole minute) with another offset than `before`, by bisection. */
function instantOfChange(
  start: number,
  end: number,
  before: number,
  offsetAt: (epoch: number) => number,
): number {
  let low = start;
  let high = end;
  while (high - low > 60) {
    const middle = low + Math.floor((high - low) / 120) * 60;
    if (offsetAt(middle) === before) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return high;
}

/** Minutes to add to UTC, from the zone's name at that time ("GMT+05:30"). */
function offsetMinutesIn(zone: string): (epoch: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  return (epoch) => {
    const match = /GMT([+-])(\d{2}):(\d{2})/u.exec(format.format(epoch * 1000));
    if (match === null) {
      return 0;
    }
    const [, sign, hours, minutes] = match;
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  };
}
