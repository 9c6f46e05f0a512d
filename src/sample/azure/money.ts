/** Integer of 1e-8 of a currency: the precision of the service. */
export type E8 = bigint;

const DECIMALS = 8;

/** @param amount a number, or decimal digits where a number would not be exact. @throws RangeError when it is no amount */
export function e8Of(amount: number | string): E8 {
  const text = typeof amount === 'number' ? amount.toFixed(DECIMALS) : amount;
  const found = /^(?<sign>-?)(?<whole>\d+)(?:\.(?<part>\d{1,8}))?$/u.exec(text)?.groups;
  if (found === undefined) {
    throw new RangeError(`"${text}" is no amount with at most ${DECIMALS} decimals`);
  }
  const digits = BigInt(`${found['whole']}${(found['part'] ?? '').padEnd(DECIMALS, '0')}`);
  return found['sign'] === '-' ? -digits : digits;
}

/** The number that JSON says. */
export function numberOf(amount: E8): number {
  return Number(amount) / 10 ** DECIMALS;
}
