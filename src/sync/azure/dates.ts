import { utcDateOf } from '../../store/costs/costEntries';

const DAY_MS = 86_400_000;

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
