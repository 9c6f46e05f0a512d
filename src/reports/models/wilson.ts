/** Of a normal distribution: 95 % lie within it. */
const Z = 1.96;

/**
 * The 95 % interval of a share after Wilson (1927), which also holds for few trials and near 0 and 1.
 * @param trials above 0
 */
export function wilsonInterval(
  successes: number,
  trials: number,
): { readonly low: number; readonly high: number } {
  const share = successes / trials;
  const middle = share + (Z * Z) / (2 * trials);
  const half = Z * Math.sqrt((share * (1 - share)) / trials + (Z * Z) / (4 * trials * trials));
  const whole = 1 + (Z * Z) / trials;
  return { low: (middle - half) / whole, high: (middle + half) / whole };
}
