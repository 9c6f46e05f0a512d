import type { EpochSeconds } from './records';

/** One instant in the mirror's zone. */
export interface LocalTime {
  /** `YYYY-MM-DD HH:MM:SS`. */
  readonly text: string;
  /** Local days since 1970-01-01. */
  readonly day: number;
  /** 0..23. */
  readonly hour: number;
}

/** Turns seconds since 1970 (UTC) into local time. */
export type LocalTimeOf = (epoch: EpochSeconds) => LocalTime;

const DAY = 86_400;
const QUARTER = 900;
/** Years 1 to 9999: what four digits can write. */
const EARLIEST = -62_135_596_800;
const LATEST = 253_402_300_799;

/**
 * Local time in an IANA zone, right across daylight saving and independent of the process's own zone.
 * @throws RangeError when the zone is unknown.
 */
export function localTimeIn(zone: string): LocalTimeOf {
  const offsetAt = offsetsOf(zone);
  return (epoch) => {
    const instant = Math.min(Math.max(Math.floor(epoch), EARLIEST + DAY), LATEST - DAY);
    const local = instant + offsetAt(instant);
    const day = Math.floor(local / DAY);
    return {
      text: new Date(local * 1000).toISOString().slice(0, 19).replace('T', ' '),
      day,
      hour: Math.floor((local - day * DAY) / 3600),
    };
  };
}

/**
 * Seconds to add to UTC. Asking Intl takes microseconds, so a UTC day whose ends agree is remembered whole, and
 * one with a clock change by its quarters of an hour (no zone has changed off a quarter since 1972).
 */
function offsetsOf(zone: string): (epoch: EpochSeconds) => number {
  const format = new Intl.DateTimeFormat('en-US-u-ca-iso8601-nu-latn', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    era: 'short',
  });
  const ask = (epoch: EpochSeconds): number => {
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(epoch * 1000)) {
      parts[type] = Number(value);
    }
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    const local = new Date(0);
    local.setUTCFullYear(year, month - 1, day);
    local.setUTCHours(hour, minute, second);
    return local.getTime() / 1000 - epoch;
  };
  const byDay = new Map<number, number | null>();
  const byQuarter = new Map<number, number>();
  const ofQuarter = (epoch: EpochSeconds): number => {
    const quarter = Math.floor(epoch / QUARTER);
    let offset = byQuarter.get(quarter);
    if (offset === undefined) {
      offset = ask(quarter * QUARTER);
      byQuarter.set(quarter, offset);
    }
    return offset;
  };
  return (epoch) => {
    const day = Math.floor(epoch / DAY);
    let offset = byDay.get(day);
    if (offset === undefined) {
      const first = ask(day * DAY);
      offset = first === ask((day + 1) * DAY) ? first : null;
      byDay.set(day, offset);
    }
    return offset ?? ofQuarter(epoch);
  };
}

/** Local time as a part of a file name, such as `20251116-143015`. */
export function fileTimeOf(localTime: LocalTimeOf, epoch: EpochSeconds): string {
  return localTime(epoch).text.replaceAll(/[-:]/gu, '').replace(' ', '-');
}
