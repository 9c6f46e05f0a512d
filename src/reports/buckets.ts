import type { BucketUnit, LocalDay } from './days';
import { isoOfDay, startOfMonth, startOfWeek } from './days';
import type { DayWords } from './format';
import type { Period } from './period';
import { lengthOf } from './period';

/** One step of a time axis; also what `:buckets` holds as JSON. */
export interface Bucket {
  /** First day of the whole step as `YYYY-MM-DD`: charts read date-only text as UTC, so no zone shifts it. */
  readonly bucket: string;
  readonly label: string;
  /** Days of the step that lie in the period. */
  readonly first_day: LocalDay;
  readonly last_day: LocalDay;
  /** 1: the step is longer than what is known of it. */
  readonly is_partial: 0 | 1;
  /** Where a line turns dashed: 2 = the partial last step, 1 = the one before it, 0 = any other. */
  readonly tail: 0 | 1 | 2;
}

const UNITS: readonly { readonly unit: BucketUnit; readonly upToDays: number }[] = [
  { unit: 'day', upToDays: 92 },
  { unit: 'week', upToDays: 731 },
  { unit: 'month', upToDays: Number.POSITIVE_INFINITY },
];

interface Step {
  readonly start: (day: LocalDay) => LocalDay;
  readonly next: (start: LocalDay) => LocalDay;
}

const STEPS: Readonly<Record<BucketUnit, Step>> = {
  day: { start: (day) => day, next: (start) => start + 1 },
  week: { start: startOfWeek, next: (start) => start + 7 },
  month: { start: (day) => startOfMonth(day), next: (start) => startOfMonth(start, 1) },
};

/** Days up to 92 days, weeks up to two years, else months: a chart stays readable. */
export function bucketUnitOf(period: Period): BucketUnit {
  return UNITS.find(({ upToDays }) => lengthOf(period) <= upToDays)?.unit ?? 'month';
}

/**
 * Cuts a period into steps. A first or last step that reaches out of the period is partial, and so is the
 * step of the last sync's day, which was not over.
 */
export function bucketsOf(period: Period, unit: BucketUnit, asOf: LocalDay, words: DayWords): Bucket[] {
  const { start, next } = STEPS[unit];
  const buckets: Bucket[] = [];
  for (let first = start(period.from); first <= period.to; first = next(first)) {
    const end = next(first) - 1;
    const isPartial = first < period.from || end > period.to || asOf <= end;
    buckets.push({
      bucket: isoOfDay(first),
      label: words.bucket(first, unit) + (isPartial ? ' (partial)' : ''),
      first_day: Math.max(first, period.from),
      last_day: Math.min(end, period.to),
      is_partial: isPartial ? 1 : 0,
      tail: 0,
    });
  }
  return buckets.at(-1)?.is_partial === 1 ? withTail(buckets) : buckets;
}

function withTail(buckets: readonly Bucket[]): Bucket[] {
  const last = buckets.length - 1;
  return buckets.map((bucket, index) => ({
    ...bucket,
    tail: index === last ? 2 : index === last - 1 ? 1 : 0,
  }));
}
