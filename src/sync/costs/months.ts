import type { EpochSeconds } from '../../store/records';
import { monthDays } from '../azure/months';

/** `YYYY-MM`, UTC, of a time. */
export function monthAt(time: EpochSeconds): string {
  return new Date(time * 1000).toISOString().slice(0, 7);
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
