const DAY_MS = 86_400_000;
const DATES = [
  /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})(?:[T ].*)?$/u,
  // As exports of Azure write it, in all languages: the month comes first.
  /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4})(?: .*)?$/u,
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/u,
];

/** The UTC day that a file names; undefined where it is none. */
export function utcDayIn(text: string): number | undefined {
  for (const shape of DATES) {
    const found = shape.exec(text.trim())?.groups;
    if (found !== undefined) {
      const [year, month, day] = ['year', 'month', 'day'].map((part) => Number(found[part])) as [
        number,
        number,
        number,
      ];
      const time = new Date(Date.UTC(year, month - 1, day));
      // Date rolls 31 February over to March.
      const isThere = time.getUTCMonth() === month - 1 && time.getUTCDate() === day;
      return isThere ? time.getTime() / DAY_MS : undefined;
    }
  }
  return undefined;
}

/** Decimals of amounts while they are added up: files have up to about 20. */
const DECIMALS = 24;
const DECIMAL = /^(?<sign>[+-]?)(?<whole>\d+|(?=\.\d))(?:\.(?<part>\d*))?(?:e(?<exponent>[+-]?\d{1,3}))?$/iu;

/** Integer of 1e-24 of a currency. */
export type Exact = bigint;
/** How many of {@link Exact} are 1e-8 of a currency. */
export const EXACT_PER_E8 = 10n ** 16n;

/** An amount as written, without loss; undefined where it is no decimal number. */
export function exactIn(text: string): Exact | undefined {
  const found = DECIMAL.exec(text.trim())?.groups;
  if (found === undefined) {
    return undefined;
  }
  const { sign, whole = '', part = '', exponent = '0' } = found;
  const power = Number(exponent) - part.length + DECIMALS;
  const digits = BigInt(`0${whole}${part}`);
  // Beyond 24 decimals is no money.
  const size = power >= 0 ? digits * 10n ** BigInt(power) : digits / 10n ** BigInt(-power);
  return sign === '-' ? -size : size;
}

/**
 * Rounds amounts to 1e-8 so that they add up to their rounded sum: those that lose most by rounding down are rounded up.
 * @returns integers of 1e-8, in the same order
 */
export function roundTogether(amounts: readonly Exact[]): readonly bigint[] {
  const floors = amounts.map((amount) => floorDiv(amount, EXACT_PER_E8));
  const total = amounts.reduce((sum, amount) => sum + amount, 0n);
  const wanted = floorDiv(total + EXACT_PER_E8 / 2n, EXACT_PER_E8);
  const missing = Number(wanted - floors.reduce((sum, floor) => sum + floor, 0n));
  const byLoss = amounts
    .map((amount, index) => ({ index, loss: amount - (floors[index] ?? 0n) * EXACT_PER_E8 }))
    .sort((one, other) =>
      one.loss === other.loss ? one.index - other.index : one.loss > other.loss ? -1 : 1,
    );
  const raised = new Set(byLoss.slice(0, missing).map(({ index }) => index));
  return floors.map((floor, index) => (raised.has(index) ? floor + 1n : floor));
}

function floorDiv(amount: bigint, divisor: bigint): bigint {
  const quotient = amount / divisor;
  return amount % divisor < 0n ? quotient - 1n : quotient;
}
