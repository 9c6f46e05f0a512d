/**
 * Splits an amount by weights so that the parts add up to it exactly: each gets its part rounded down, and those with the
 * largest remainders, the first of equal ones, one unit more. A negative amount is split as the positive one.
 * @param weights not negative; at least one above 0
 */
export function largestRemainder(amount: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  if (total <= 0n) {
    throw new Error('An amount cannot be split by weights of nothing');
  }
  const sign = amount < 0n ? -1n : 1n;
  const size = amount * sign;
  const parts = weights.map((weight) => (size * weight) / total);
  let left = Number(size - parts.reduce((sum, part) => sum + part, 0n));
  if (left > 0) {
    const remainders = weights.map((weight, index) => ({ index, remainder: (size * weight) % total }));
    remainders.sort((a, b) =>
      a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
    );
    for (const { index } of remainders) {
      if (left === 0) {
        break;
      }
      parts[index] = (parts[index] ?? 0n) + 1n;
      left--;
    }
  }
  return sign === 1n ? parts : parts.map((part) => -part);
}
