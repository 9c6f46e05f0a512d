const DAY_MS = 86_400_000;

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/u;
const LOCAL = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/u;

/** Milliseconds from 1970 to a local time as if its zone were UTC; undefined for another text. */
export function millisOfLocal(text: string): number | undefined {
  return millisOf(LOCAL.exec(text));
}

/** Days from 1970-01-01 to a date `YYYY-MM-DD`; undefined for another text. */
export function dayOfDate(text: string): number | undefined {
  const millis = millisOf(DATE.exec(text));
  return millis === undefined ? undefined : millis / DAY_MS;
}

/** Seconds from 1970 to the first and the last second of the years 0 to 9999, UTC. */
const CALENDAR = { first: -62_167_219_200, last: 253_402_300_799 } as const;

/** Whether seconds since 1970 are a moment of the years 0 to 9999: others are no times, and many programs read none of them. */
export function isOfCalendar(epoch: number): boolean {
  return epoch >= CALENDAR.first && epoch <= CALENDAR.last;
}

/** `YYYY-MM-DD` of days since 1970-01-01; undefined beyond the calendar. */
export function dateOfDay(day: number): string | undefined {
  return isoOf(day * DAY_MS)?.slice(0, 10);
}

/** `YYYY-MM-DDTHH:MM:SSZ` of seconds since 1970; undefined beyond the calendar. */
export function isoOfEpoch(epoch: number): string | undefined {
  const iso = isoOf(Math.floor(epoch) * 1000);
  return iso === undefined ? undefined : `${iso.slice(0, 19)}Z`;
}

function isoOf(millis: number): string | undefined {
  return isOfCalendar(millis / 1000) ? new Date(millis).toISOString() : undefined;
}

function millisOf(found: RegExpExecArray | null): number | undefined {
  if (found === null) {
    return undefined;
  }
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = found.slice(1).map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  return date.getTime();
}
