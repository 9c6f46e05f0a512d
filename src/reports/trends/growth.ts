/** How a number grew against that of a span of equal weekdays. */
export interface Growth {
  readonly difference: number;
  /** Of the number before; undefined where that is below ten: 1 to 3 is not "+200 %". */
  readonly ratio?: number | undefined;
}

/** Below this base a percentage says nothing. */
export const SMALLEST_BASE = 10;

/** Growth from `before` to `now`; undefined where one of them is unknown. */
export function growthOf(now: number | null, before: number | null): Growth | undefined {
  if (now === null || before === null) {
    return undefined;
  }
  const difference = now - before;
  return { difference, ratio: before < SMALLEST_BASE ? undefined : difference / before };
}

const WEEK = 7;

/**
 * Growth of the mean of the last seven values against the mean of the seven before: equal weekdays. Undefined where one of
 * the fourteen is unknown. The base of the ratio is the sum of seven days.
 */
export function weeklyGrowth(values: readonly (number | null)[]): Growth | undefined {
  const sums = [values.slice(-WEEK), values.slice(-2 * WEEK, -WEEK)].map(sumOfWeek);
  const growth = growthOf(sums[0] ?? null, sums[1] ?? null);
  return growth === undefined ? undefined : { ...growth, difference: growth.difference / WEEK };
}

/** NULL where the week has a gap. */
function sumOfWeek(values: readonly (number | null)[]): number | null {
  return values.length < WEEK
    ? null
    : values.reduce<number | null>((sum, value) => (sum === null || value === null ? null : sum + value), 0);
}
