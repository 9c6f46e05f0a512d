import { dayOfIso, isoOfDay, startOfWeek, startOfYear, type LocalDay } from '../days';
import type { Period } from '../period';

const DAYS = 7;

/** The ISO 8601 week of a day, such as `2026-W31`: it belongs to the year of its Thursday. */
export function isoWeekOf(day: LocalDay): string {
  const thursday = startOfWeek(day) + 3;
  const week = Math.floor((thursday - startOfYear(thursday)) / DAYS) + 1;
  return `${isoOfDay(thursday).slice(0, 4)}-W${String(week).padStart(2, '0')}`;
}

/** Monday to Sunday of a week such as `2026-W31`; undefined where no such week exists. */
export function daysOfIsoWeek(text: string): Period | undefined {
  const [, year, week] = /^(\d{4})-W(\d{2})$/u.exec(text) ?? [];
  // The fourth of January is always in the first week.
  const first = dayOfIso(`${year ?? ''}-01-04`);
  if (first === undefined) {
    return undefined;
  }
  const from = startOfWeek(first) + (Number(week) - 1) * DAYS;
  return isoWeekOf(from) === text ? { from, to: from + DAYS - 1 } : undefined;
}

/** The week that a period is, exactly; undefined where it is none. */
export function isoWeekOfPeriod({ from, to }: Period): string | undefined {
  return startOfWeek(from) === from && to - from + 1 === DAYS ? isoWeekOf(from) : undefined;
}
