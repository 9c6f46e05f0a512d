import type { BucketUnit, LocalDay } from './days';
import { isoOfDay, startOfMonth, startOfWeek } from './days';
import type { DayWords } from './format';
import type { KnownDays, Period } from './period';
import { lengthOf } from './period';

/** Why nothing is known of a step: nothing was written yet, or nothing was synced yet. */
export type UnknownReason = 'beforeFirstMessage' | 'afterLastSync';

/** One step of a time axis; also what `:buckets` holds as JSON. */
export interface Bucket {
  /** First day of the whole step as `YYYY-MM-DD`: charts read date-only text as UTC, so no zone shifts it. */
  readonly bucket: string;
  readonly label: string;
  /** Days of the step that lie in the period and are known; of an unknown step, those in the period. */
  readonly first_day: LocalDay;
  readonly last_day: LocalDay;
  /** 1: the step is longer than what is known of it, or not every instance has reached its end. */
  readonly is_partial: 0 | 1;
  /** 1: nothing is known of the step. Its numbers are NULL, never 0. */
  readonly is_unknown: 0 | 1;
  /** NULL of a known step. */
  readonly unknown_reason: UnknownReason | null;
  /** 1: some instances were synced past the step, but not all: what the others count in it is missing. */
  readonly is_behind: 0 | 1;
  /** Where a line turns dashed: 2 = the partial steps at its end, 1 = the one before them, 0 = any other. */
  readonly tail: 0 | 1 | 2;
}

/** How fine a time axis is: as the length of the period suggests, or as somebody chose. */
export type Granularity = 'auto' | BucketUnit;

/** What the picker of the granularity offers, in its order. */
export const GRANULARITIES: readonly { readonly id: Granularity; readonly title: string }[] = [
  { id: 'auto', title: 'Automatic' },
  { id: 'day', title: 'Days' },
  { id: 'week', title: 'Weeks' },
  { id: 'month', title: 'Months' },
];

/** More steps than this are no longer readable, and slow to draw. */
const MAX_STEPS = 400;

/** From fine to coarse; `days` is the length of the shortest step. */
const UNITS: readonly { readonly unit: BucketUnit; readonly days: number; readonly upToDays: number }[] = [
  { unit: 'day', days: 1, upToDays: 92 },
  { unit: 'week', days: 7, upToDays: 731 },
  { unit: 'month', days: 28, upToDays: Number.POSITIVE_INFINITY },
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

/**
 * Days up to 92 days, weeks up to two years, else months: a chart stays readable. A wish is followed unless it would
 * give more than 400 steps; then the next coarser unit is taken.
 */
export function bucketUnitOf(period: Period, wanted: Granularity = 'auto'): BucketUnit {
  const days = lengthOf(period);
  if (wanted === 'auto') {
    return UNITS.find(({ upToDays }) => days <= upToDays)?.unit ?? 'month';
  }
  const fineEnough = UNITS.slice(UNITS.findIndex(({ unit }) => unit === wanted));
  // A period may begin and end inside a step.
  return fineEnough.find((unit) => days / unit.days + 1 <= MAX_STEPS)?.unit ?? 'month';
}

/**
 * Cuts a period into steps. A first or last step that reaches out of the period is partial, and so are the step of the
 * first message, the step of the last sync, whose day was not over, and the steps that only some of the instances have
 * reached. Steps before the first message and after the last sync are unknown.
 */
export function bucketsOf(period: Period, unit: BucketUnit, known: KnownDays, words: DayWords): Bucket[] {
  const { start, next } = STEPS[unit];
  const { first: firstKnown = period.from, asOf, allAsOf = asOf } = known;
  const buckets: Bucket[] = [];
  for (let first = start(period.from); first <= period.to; first = next(first)) {
    const end = next(first) - 1;
    const reason = end < firstKnown ? 'beforeFirstMessage' : first > asOf ? 'afterLastSync' : null;
    const isPartial =
      reason === null &&
      (first < Math.max(period.from, firstKnown) || end > period.to || Math.min(asOf, allAsOf) <= end);
    const from = Math.max(first, period.from);
    const to = Math.min(end, period.to);
    buckets.push({
      bucket: isoOfDay(first),
      label: words.bucket(first, unit) + (reason !== null ? ' (unknown)' : isPartial ? ' (partial)' : ''),
      first_day: reason === null ? Math.max(from, firstKnown) : from,
      last_day: reason === null ? Math.min(to, asOf) : to,
      is_partial: isPartial ? 1 : 0,
      is_unknown: reason === null ? 0 : 1,
      unknown_reason: reason,
      is_behind: reason === null && allAsOf < asOf && allAsOf <= end ? 1 : 0,
      tail: 0,
    });
  }
  return withTail(buckets);
}

/** Marks the partial steps at the end of what is known, and the whole one before them. */
function withTail(buckets: readonly Bucket[]): Bucket[] {
  const lastKnown = buckets.findLastIndex(({ is_unknown }) => is_unknown === 0);
  const lastWhole = buckets.findLastIndex(
    ({ is_unknown, is_partial }) => is_unknown === 0 && is_partial === 0,
  );
  if (lastKnown === lastWhole) {
    return [...buckets];
  }
  return buckets.map((bucket, index) => ({
    ...bucket,
    tail: index > lastWhole && index <= lastKnown ? 2 : index === lastWhole ? 1 : 0,
  }));
}
