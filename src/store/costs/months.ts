import type { EpochSeconds } from '../records';
import { utcDateOf } from './costEntries';

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

/** `YYYY-MM`, UTC, of a time. */
export function monthAt(time: EpochSeconds): string {
  return new Date(time * 1000).toISOString().slice(0, 7);
}

/** `YYYY-MM` that a UTC day is in. */
export function monthOf(utcDay: number): string {
  return utcDateOf(utcDay).slice(0, 7);
}

/** The month and those before it, newest first. */
export function monthsBack(month: string, count: number): readonly string[] {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return Array.from({ length: count }, (_, back) => monthAt(Date.UTC(year, number - 1 - back, 1) / 1000));
}

/** Whether figures of a month that were read at a time are final. */
export function isFinal(month: string, readAt: EpochSeconds): boolean {
  return readAt * 1000 >= monthDays(month).closesAt;
}
