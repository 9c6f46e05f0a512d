import type { EpochSeconds } from '../../store/records';

/** Azure's figures of a month stand after the fifth day of the next one. */
const CLOSED_ON_DAY = 6;
const DAY_S = 86_400;

/** `YYYY-MM`, UTC, of a time. */
export function monthAt(time: EpochSeconds): string {
  return new Date(time * 1000).toISOString().slice(0, 7);
}

/** The month and those before it, newest first. */
export function monthsBack(month: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, back) => monthAt(startOf(month, -back)));
}

/** First and last UTC day of a month, in days since 1970-01-01. */
export function daysOf(month: string): { readonly first: number; readonly last: number } {
  return { first: startOf(month) / DAY_S, last: startOf(month, 1) / DAY_S - 1 };
}

/** From when on a month's figures count as final. */
export function closesAt(month: string): EpochSeconds {
  return startOf(month, 1) + (CLOSED_ON_DAY - 1) * DAY_S;
}

/** Whether figures of a month that were read at a time are final. */
export function isFinal(month: string, readAt: EpochSeconds): boolean {
  return readAt >= closesAt(month);
}

/** @param shift months after it */
function startOf(month: string, shift = 0): EpochSeconds {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return Date.UTC(year, number - 1 + shift, 1) / 1000;
}
