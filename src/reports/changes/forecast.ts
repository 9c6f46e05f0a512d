import type { LocalDay } from '../days';
import { startOfMonth, weekdayOf } from '../days';
import { NO_HOLIDAYS, type Holidays } from '../trends/holidays';
import { medianOf } from '../trends/robust';

/** What a month will cost. */
export interface Forecast {
  /** First day of the month. */
  readonly month: LocalDay;
  /** Of the whole days so far. */
  readonly soFar: number;
  readonly whole: number;
}

/** Days that say what each weekday costs. */
const MEMORY = 28;
/** With fewer of them known, a weekday may have happened once. */
const SHORTEST_MEMORY = 14;
const SUNDAY = 6;

/**
 * The month of the day after `lastDay`: what its whole days cost, and for each open day the median of that weekday in the
 * last four weeks, or what the day has cost already where that is more. A holiday is expected to cost what a Sunday does, and
 * says nothing about its weekday. Undefined where less than two weeks are known.
 * @param costs by day; a day without an entry cost nothing
 * @param lastDay newest day that is known to its end
 * @param firstDay oldest day that is known
 */
export function forecastOf(
  costs: ReadonlyMap<LocalDay, number>,
  lastDay: LocalDay,
  firstDay: LocalDay,
  holidays: Holidays = NO_HOLIDAYS,
): Forecast | undefined {
  const from = Math.max(lastDay - MEMORY + 1, firstDay);
  if (lastDay - from + 1 < SHORTEST_MEMORY) {
    return undefined;
  }
  const costOf = (day: LocalDay): number => costs.get(day) ?? 0;
  const remembered = daysBetween(from, lastDay).filter((day) => !holidays.has(day));
  const usual = (day: LocalDay): number => {
    const weekday = holidays.has(day) ? SUNDAY : weekdayOf(day);
    return medianOf(remembered.filter((other) => weekdayOf(other) === weekday).map(costOf)) ?? 0;
  };
  const month = startOfMonth(lastDay + 1);
  const soFar = sum(daysBetween(month, lastDay).map(costOf));
  const open = daysBetween(lastDay + 1, startOfMonth(month, 1) - 1);
  return { month, soFar, whole: soFar + sum(open.map((day) => Math.max(usual(day), costOf(day)))) };
}

function daysBetween(from: LocalDay, to: LocalDay): LocalDay[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
