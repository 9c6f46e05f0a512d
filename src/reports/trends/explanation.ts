import type { LocalDay } from '../days';
import type { Formatter, NumberFormat } from '../format';
import { sameWeekdaysBefore, type Anomaly } from './anomalies';
import { causesOf, type Cause } from './causes';
import { medianOf } from './robust';

/** What one user, model or instance adds to the number of a day. A day without a row adds 0. */
export interface PartValue {
  /** Tells two of one name apart; absent: the name does. */
  readonly key?: string | number;
  readonly name: string;
  readonly day: LocalDay;
  readonly value: number;
}

/**
 * Who is behind an unusual day: the two or three parts whose own distance from the median of the same weekday in the eight
 * weeks before makes up most of the day's distance from what is usual.
 */
export function explanationOf({ day, value, usual }: Anomaly, parts: readonly PartValue[]): Cause[] {
  const byKey = new Map<string | number, { readonly name: string; readonly days: Map<LocalDay, number> }>();
  for (const part of parts) {
    const key = part.key ?? part.name;
    const { days } = byKey.get(key) ?? { days: new Map<LocalDay, number>() };
    days.set(part.day, (days.get(part.day) ?? 0) + part.value);
    byKey.set(key, { name: part.name, days });
  }
  const changes = [...byKey.values()].map(({ name, days }) => ({
    name,
    now: days.get(day) ?? 0,
    before: medianOf(sameWeekdaysBefore(day).map((earlier) => days.get(earlier) ?? 0)) ?? 0,
  }));
  return causesOf(changes, value - usual);
}

/** "120 instead of the usual 40: Ann +60, Ben +15". */
export function reasonOf(
  { value, usual }: Anomaly,
  causes: readonly Cause[],
  format: Formatter,
  numberFormat: NumberFormat = 'integer',
): string {
  const sentence = `${format.number(value, numberFormat)} instead of the usual ${format.number(usual, numberFormat)}`;
  const named = causes.map(({ name, change }) => `${name} ${format.signed(change, numberFormat)}`);
  return named.length === 0 ? sentence : `${sentence}: ${named.join(', ')}`;
}
