import type { Bucket } from '../buckets';
import type { BucketUnit } from '../days';
import type { MarkValue } from './values';

/** What a spec must know besides its chart: names and the steps of the time axis. */
export interface SpecContext {
  readonly dataset: string;
  readonly unit: BucketUnit;
  readonly buckets: readonly Bucket[];
  readonly isWide: boolean;
}

const LABEL_FORMATS: Readonly<Record<BucketUnit, string>> = {
  day: '%-d %b',
  week: '%-d %b %y',
  month: '%b %Y',
};
const STEP_WORDS: Readonly<Record<BucketUnit, string>> = { day: 'Day', week: 'Week', month: 'Month' };
const MAX_LABELS = { wide: 12, narrow: 6 };

export const TIME_HEIGHT = 220;

/** Draws counts short above 10,000: "12k". */
export const COUNT_LABELS = `datum.value >= 10000 ? format(datum.value, '~s') : format(datum.value, ',')`;

/**
 * The time axis: one band for each step, so that days, weeks and months look alike, with a readable number of labels.
 * The date-only text is read and written as UTC: no zone can shift it by a day.
 */
export function timeAxis({ unit, buckets, isWide }: SpecContext) {
  const every = Math.ceil(buckets.length / (isWide ? MAX_LABELS.wide : MAX_LABELS.narrow));
  return {
    field: 'bucket',
    type: 'ordinal' as const,
    // Every step keeps its place, also one that a split has no row of.
    scale: { domain: buckets.map(({ bucket }) => bucket) },
    axis: {
      title: null,
      labelAngle: 0,
      labelOverlap: 'greedy' as const,
      values: buckets.filter((_, index) => index % every === 0).map(({ bucket }) => bucket),
      labelExpr: `utcFormat(toDate(datum.value), '${LABEL_FORMATS[unit]}')`,
    },
  };
}

/** Vertical axis of a count: whole steps only. */
export function countAxis(title: string) {
  return { title, tickMinStep: 1, tickCount: 5, labelExpr: COUNT_LABELS };
}

/** The step in words, for what the pointer shows. */
export function stepValue(unit: BucketUnit): MarkValue {
  return { field: 'label', title: STEP_WORDS[unit] };
}

/** A partial step is drawn pale. */
export const PALE_WHEN_PARTIAL = { condition: { test: 'datum.is_partial === 1', value: 0.45 }, value: 1 };
