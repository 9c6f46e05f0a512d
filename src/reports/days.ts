/** Days since 1970-01-01 in the mirror's zone, as `message.day` keeps them. */
export type LocalDay = number;

export const MS_PER_DAY = 86_400_000;

/** Days of a week start at Monday, as in ISO 8601. */
export const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** `YYYY-MM-DD` of a local day. */
export function isoOfDay(day: LocalDay): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

/** The local day of `YYYY-MM-DD`, or undefined where no such day exists. */
export function dayOfIso(text: string): LocalDay | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) {
    return undefined;
  }
  const day = Date.parse(`${text}T00:00:00Z`) / MS_PER_DAY;
  return Number.isInteger(day) && isoOfDay(day) === text ? day : undefined;
}

/** 0 = Monday ... 6 = Sunday. */
export function weekdayOf(day: LocalDay): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** Monday of the day's week. */
export function startOfWeek(day: LocalDay): LocalDay {
  return day - weekdayOf(day);
}

/** First day of the day's month; `offset` months later where given. */
export function startOfMonth(day: LocalDay, offset = 0): LocalDay {
  const date = new Date(day * MS_PER_DAY);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1) / MS_PER_DAY;
}

/** The first of January of the day's year. */
export function startOfYear(day: LocalDay): LocalDay {
  return Date.UTC(new Date(day * MS_PER_DAY).getUTCFullYear(), 0, 1) / MS_PER_DAY;
}

/** Width of one step of a time axis. */
export type BucketUnit = 'day' | 'week' | 'month';
