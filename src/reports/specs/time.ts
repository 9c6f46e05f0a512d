import type { Bucket } from '../buckets';
import type { BucketUnit, LocalDay } from '../days';
import type { ReportRow } from '../reportModel';
import { literal, type MarkValue } from './values';
import type { Transform } from './specTypes';

/** A remark on a day that stands on every time axis, such as the first sync. */
export interface TimeMark {
  readonly day: LocalDay;
  readonly text: string;
  /** Said under the pointer alone. */
  readonly detail?: string;
}

/** What a spec must know besides its chart: names and the steps of the time axis. */
export interface SpecContext {
  readonly dataset: string;
  readonly unit: BucketUnit;
  readonly buckets: readonly Bucket[];
  readonly isWide: boolean;
  /** Remarks for every time axis. */
  readonly marks: readonly TimeMark[];
  /** Rows of another dataset that the chart names. */
  readonly rowsOf: (dataset: string) => readonly ReportRow[];
}

const LABEL_FORMATS: Readonly<Record<BucketUnit | 'dayOfYears', string>> = {
  day: '%-d %b',
  dayOfYears: '%-d %b %y',
  week: '%-d %b %y',
  month: '%b %Y',
};
const STEP_WORDS: Readonly<Record<BucketUnit, string>> = { day: 'Day', week: 'Week', month: 'Month' };
const MAX_LABELS = { wide: 12, narrow: 6 };

export const TIME_HEIGHT = 220;
/** Pixels of a time axis, for finding room: the page decides in the end. */
export const PLOT_WIDTHS = { wide: 880, narrow: 380 } as const;

/**
 * The time axis: one band for each step, so that days, weeks and months look alike, with a readable number of labels.
 * The date-only text is read and written as UTC: no zone can shift it by a day.
 */
export function timeAxis({ unit, buckets, isWide }: Pick<SpecContext, 'unit' | 'buckets' | 'isWide'>) {
  const years = new Set(buckets.map(({ bucket }) => bucket.slice(0, 4)));
  const format = LABEL_FORMATS[unit === 'day' && years.size > 1 ? 'dayOfYears' : unit];
  const every = Math.ceil(buckets.length / (isWide ? MAX_LABELS.wide : MAX_LABELS.narrow));
  return {
    field: 'bucket',
    type: 'ordinal' as const,
    // Every step keeps its place, also one that a split has no row of.
    scale: {
      type: 'band' as const,
      domain: buckets.map(({ bucket }) => bucket),
      paddingInner: 0.1,
      // Not 0: rounding may put the first step outside of its scale, and Vega then drops its label.
      paddingOuter: 0.05,
    },
    axis: {
      title: null,
      labelAngle: 0,
      labelOverlap: 'greedy' as const,
      values: buckets.filter((_, index) => index % every === 0).map(({ bucket }) => bucket),
      labelExpr: `utcFormat(toDate(datum.value), '${format}')`,
    },
  };
}

/** A picture of more elements gets slow, and an exported page heavy. */
const MAX_MARKS = 1900;

/** Whether a mark for each step and part would be too many: lines and areas then stand alone. */
export function isCrowded({ buckets }: Pick<SpecContext, 'buckets'>, parts: number): boolean {
  return buckets.length * parts > MAX_MARKS;
}

/** The step in words, for what the pointer shows. */
export function stepValue(unit: BucketUnit): MarkValue {
  return { field: 'label', title: STEP_WORDS[unit] };
}

/** The steps that something is known of. */
export function knownBuckets(buckets: readonly Bucket[]): Bucket[] {
  return buckets.filter(({ is_unknown }) => is_unknown === 0);
}

/**
 * Leaves the rows of unknown steps out, whatever their numbers say, and tells partial steps and the tail of lines, which
 * datasets need not carry.
 */
export function stepTransforms(buckets: readonly Bucket[]): Transform[] {
  const known = knownBuckets(buckets);
  const first = literal(known[0]?.bucket ?? '');
  const last = literal(known.at(-1)?.bucket ?? '');
  const partial = known.filter(({ is_partial }) => is_partial === 1).map(({ bucket }) => bucket);
  const tail = known.filter((bucket) => bucket.tail === 2).map(({ bucket }) => bucket);
  const beforeTail = known.filter((bucket) => bucket.tail === 1).map(({ bucket }) => bucket);
  return [
    { filter: `datum.bucket >= ${first} && datum.bucket <= ${last}` },
    { calculate: `indexof(${literal(partial)}, datum.bucket) >= 0`, as: 'is_pale' },
    {
      calculate: `indexof(${literal(tail)}, datum.bucket) >= 0 ? 2 : indexof(${literal(beforeTail)}, datum.bucket) >= 0 ? 1 : 0`,
      as: 'line_tail',
    },
  ];
}

/** A partial step is drawn pale. */
export const PALE_WHEN_PARTIAL = { condition: { test: 'datum.is_pale', value: 0.45 }, value: 1 };

/** Bucket of a remark: its column `bucket`, or the step that its `day` lies in; undefined outside of the axis. */
export function bucketOfRow({ bucket, day }: ReportRow, buckets: readonly Bucket[]): string | undefined {
  const found = buckets.find((step) =>
    typeof day === 'number' ? step.first_day <= day && day <= step.last_day : step.bucket === bucket,
  );
  return found?.bucket;
}
