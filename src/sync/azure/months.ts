import { utcDateOf } from '../../store/costs/costEntries';

const DAY_MS = 86_400_000;
/** Azure changes a month's figures until the fifth day of the next. */
const CLOSING_DAY = 6;

/** A calendar month of UTC days since 1970-01-01. */
export interface MonthDays {
  readonly first: number;
  readonly last: number;
  /** ms since 1970 from when its figures stay. */
  readonly closesAt: number;
}

/** @param month `YYYY-MM` @throws RangeError */
export function monthDays(month: string): MonthDays {
  const found = /^(?<year>\d{4})-(?<number>0[1-9]|1[0-2])$/u.exec(month)?.groups;
  if (found === undefined) {
    throw new RangeError(`"${month}" is no month: YYYY-MM`);
  }
  const year = Number(found['year']);
  const index = Number(found['number']) - 1;
  return {
    first: Date.UTC(year, index, 1) / DAY_MS,
    last: Date.UTC(year, index + 1, 1) / DAY_MS - 1,
    closesAt: Date.UTC(year, index + 1, CLOSING_DAY),
  };
}

/** The UTC day of Azure's `UsageDate`, such as 20251001; undefined where it is none. */
export function utcDayOfUsageDate(date: unknown): number | undefined {
  const digits = typeof date === 'string' ? Number(date.slice(0, 10).replaceAll('-', '')) : date;
  if (typeof digits !== 'number' || !Number.isInteger(digits) || digits < 19_700_101 || digits > 99_991_231) {
    return undefined;
  }
  const [year, month, day] = [Math.floor(digits / 10_000), Math.floor(digits / 100) % 100, digits % 100];
  const ms = Date.UTC(year, month - 1, day);
  // Date rolls 31 September over to October.
  return new Date(ms).getUTCMonth() === month - 1 && day > 0 ? ms / DAY_MS : undefined;
}

/** `2025-10-01T00:00:00Z`: the form of a query's period. */
export function queryDate(utcDay: number): string {
  return `${utcDateOf(utcDay)}T00:00:00Z`;
}
