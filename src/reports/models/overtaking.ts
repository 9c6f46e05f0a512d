import type { BucketUnit } from '../days';
import type { ReportRow } from '../reportModel';

/** Steps that are added up: a week, four weeks, three months. */
const WINDOWS: Readonly<Record<BucketUnit, number>> = { day: 7, week: 4, month: 3 };

export interface Overtaking {
  /** First step at whose end the later model is ahead, as `YYYY-MM-DD`. */
  readonly bucket: string;
  readonly ahead: string;
  readonly behind: string;
}

/**
 * Where one model overtakes another: over the last week (by days), four weeks (by weeks) or three months (by months) it has
 * more generations, had less before, and both for more steps in a row than are added up: one step alone turns no order. The
 * last step, which is not over, does not count, nor does what stands for all other models.
 * @param rows by step and model, with `bucket`, `series`, `series_key`, `is_partial`, `generations`
 */
export function overtakings(rows: readonly ReportRow[], unit: BucketUnit): readonly Overtaking[] {
  const whole = rows.filter(({ is_partial, series_key }) => is_partial === 0 && series_key !== null);
  const buckets = [...new Set(whole.map(({ bucket }) => String(bucket)))].sort();
  const series = [...new Set(whole.map(({ series: name }) => String(name)))];
  const sums = new Map(
    series.map((name) => [name, movingSums(valuesOf(whole, name, buckets), WINDOWS[unit])]),
  );
  return series
    .flatMap((ahead) =>
      series.flatMap((behind) =>
        ahead === behind
          ? []
          : changesOf(sums.get(ahead) ?? [], sums.get(behind) ?? [], WINDOWS[unit]).map((index) => ({
              bucket: buckets[index] ?? '',
              ahead,
              behind,
            })),
      ),
    )
    .sort((a, b) => a.bucket.localeCompare(b.bucket));
}

/** Generations of a model by step; a step without a row has none. */
function valuesOf(rows: readonly ReportRow[], name: string, buckets: readonly string[]): number[] {
  const byBucket = new Map(
    rows
      .filter(({ series }) => series === name)
      .map(({ bucket, generations }) => [String(bucket), Number(generations)]),
  );
  return buckets.map((bucket) => byBucket.get(bucket) ?? 0);
}

/** Sum of the last `length` values; undefined for the first ones, which have fewer before them. */
function movingSums(values: readonly number[], length: number): (number | undefined)[] {
  return values.map((_, index) =>
    index < length - 1
      ? undefined
      : values.slice(index - length + 1, index + 1).reduce((sum, value) => sum + value, 0),
  );
}

/** Steps from which on `a` is above `b` for more than `length` steps, after it was below for as many (equal ones between). */
function changesOf(
  a: readonly (number | undefined)[],
  b: readonly (number | undefined)[],
  length: number,
): number[] {
  const signs = a.map((value, index) => {
    const other = b[index];
    return value === undefined || other === undefined ? undefined : Math.sign(value - other);
  });
  const changes: number[] = [];
  let below = 0;
  for (let index = 0; index < signs.length; index++) {
    const sign = signs[index];
    if (sign === 1) {
      const holds = signs.slice(index, index + length + 1);
      if (below > length && holds.length > length && holds.every((other) => other === 1)) {
        changes.push(index);
      }
      below = 0;
    } else if (sign === -1) {
      below++;
    }
  }
  return changes;
}
