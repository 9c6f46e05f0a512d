/** The middle of the values, or the mean of the two middle ones; undefined without any. */
export function medianOf(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  const upper = sorted[Math.floor(sorted.length / 2)];
  return lower === undefined || upper === undefined ? undefined : (lower + upper) / 2;
}

/** Make the median and the mean absolute deviation of normal data comparable with its standard deviation. */
const MEDIAN_SCALE = 1.4826;
const MEAN_SCALE = 1.2533;

/** What is usual, and how far values scatter about it. */
export interface Usual {
  readonly median: number;
  /** Scaled absolute deviation; 0 where all values are equal. */
  readonly spread: number;
}

/**
 * Median and scaled median absolute deviation: a few wild values change neither. Where more than half of the values are
 * equal the latter is 0 and says nothing; the mean absolute deviation then stands in (Iglewicz and Hoaglin 1993).
 * Undefined without values.
 */
export function usualOf(values: readonly number[]): Usual | undefined {
  const median = medianOf(values);
  if (median === undefined) {
    return undefined;
  }
  const deviations = values.map((value) => Math.abs(value - median));
  const deviation = medianOf(deviations) ?? 0;
  const mean = deviations.reduce((sum, value) => sum + value, 0) / deviations.length;
  return { median, spread: deviation > 0 ? MEDIAN_SCALE * deviation : MEAN_SCALE * mean };
}

/** Beyond so many robust deviations a value is unusual (modified z-score). */
const LIMIT = 3.5;

/**
 * Whether a value lies more than 3.5 robust deviations from what is usual, and by more than the floor: without it the
 * steadiest series would raise the most alarms. Where all values before were equal the floor alone decides.
 * @param floor smallest difference that matters, in the value's unit
 */
export function isUnusual(value: number, { median, spread }: Usual, floor: number): boolean {
  const distance = Math.abs(value - median);
  return distance >= floor && distance > LIMIT * spread;
}
