/**
 * The mean of each value and the `length - 1` values before it. NULL where one of them is unknown: a mean over fewer steps
 * would jump about.
 */
export function movingAverage(values: readonly (number | null)[], length: number): (number | null)[] {
  if (!Number.isInteger(length) || length < 1) {
    throw new RangeError('A moving average needs at least one step');
  }
  return values.map((_, index) => {
    const span = values.slice(Math.max(0, index - length + 1), index + 1);
    return span.length === length ? meanOf(span) : null;
  });
}

function meanOf(values: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const value of values) {
    if (value === null) {
      return null;
    }
    sum += value;
  }
  return sum / values.length;
}
