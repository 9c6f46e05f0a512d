const DAY_MS = 86_400_000;

/** A UTC day as days since 1970-01-01. */
export type UtcDay = number;

/** @throws RangeError when there is no such day. @param date `YYYY-MM-DD`, or with a time after it */
export function dayOf(date: string): UtcDay {
  const ms = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(ms)) {
    throw new RangeError(`"${date}" is no day`);
  }
  return ms / DAY_MS;
}

/** `YYYY-MM-DD` */
export function dateOf(day: UtcDay): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** `YYYY-MM` */
export function monthOf(day: UtcDay): string {
  return dateOf(day).slice(0, 7);
}

export function dayAt(ms: number): UtcDay {
  return Math.floor(ms / DAY_MS);
}

/** @param month `YYYY-MM` */
export function firstDayOf(month: string): UtcDay {
  return dayOf(`${month}-01`);
}

/** `YYYY-MM` so many months later. */
export function monthAfter(month: string, months: number): string {
  const [year = 0, index = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, index - 1 + months, 1)).toISOString().slice(0, 7);
}

/** Calendar months that a range of days touches. */
export function monthsIn(from: UtcDay, to: UtcDay): number {
  const first = new Date(from * DAY_MS);
  const last = new Date(to * DAY_MS);
  return (last.getUTCFullYear() - first.getUTCFullYear()) * 12 + last.getUTCMonth() - first.getUTCMonth() + 1;
}
