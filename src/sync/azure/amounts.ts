import type { E8 } from '../../store/costs/costTypes';

const DECIMALS = 8;
const DECIMAL = /^(?<sign>[+-]?)(?<whole>\d+|(?=\.\d))(?:\.(?<part>\d*))?(?:e(?<exponent>[+-]?\d{1,3}))?$/iu;

/**
 * An amount of Azure's JSON in 1e-8 of its currency, half away from zero. It goes by the number's decimal text, which is
 * the shortest that means the same double: 0.1 + 0.2 stays what it says, and nothing is multiplied.
 * @returns undefined where it is no decimal number
 */
export function e8Of(amount: number | string): E8 | undefined {
  const found = DECIMAL.exec(String(amount).trim())?.groups;
  if (found === undefined) {
    return undefined;
  }
  const { sign, whole = '', part = '', exponent = '0' } = found;
  const digits = BigInt(`0${whole}${part}`);
  // The digits stand for digits × 10^power of 1e-8.
  const power = Number(exponent) - part.length + DECIMALS;
  const size = power >= 0 ? digits * 10n ** BigInt(power) : halfUp(digits, 10n ** BigInt(-power));
  return sign === '-' ? -size : size;
}

function halfUp(digits: bigint, divisor: bigint): bigint {
  return (digits + divisor / 2n) / divisor;
}
