import * as l10n from '@vscode/l10n';
import type { CurrencyTotal } from '../../store/costs/costTypes';
import { LARGEST_E8 } from '../../store/costs/e8';
import { unusable } from './answers';
import { AzureError } from './azureErrors';

/** Doubles hold 53 bits: what a number of JSON may be off by, of its own size. */
const DOUBLE_BITS = 52n;

/**
 * Whether rows add up to Azure's ungrouped total, in each currency. Azure rounds every row to 1e-8 and the total once more,
 * so each may be off by half a unit; large amounts are off by what a double cannot hold. Nothing else may differ.
 * @throws AzureError of kind `mismatch`, or of kind `answer` for amounts that are larger than the database can hold
 */
export function assertAddsUp(
  month: string,
  rows: readonly CurrencyTotal[],
  totals: readonly CurrencyTotal[],
): void {
  const [ours, theirs] = [sumsOf(rows), sumsOf(totals)];
  for (const currency of new Set([...ours.keys(), ...theirs.keys()])) {
    const { sum, size, count } = ours.get(currency) ?? NOTHING;
    const { sum: total, size: totalSize } = theirs.get(currency) ?? NOTHING;
    if (size > LARGEST_E8 || totalSize > LARGEST_E8) {
      throw unusable(
        l10n.t('its amounts are larger than the 92 thousand million {0} that can be kept', currency),
      );
    }
    const tolerance = BigInt(Math.ceil(count / 2) + 1) + ((size + totalSize) >> DOUBLE_BITS);
    if (magnitude(sum - total) > tolerance) {
      throw new AzureError(
        'mismatch',
        l10n.t(
          'The rows of {0} add up to {1} {3}, but Azure’s own total is {2} {3}. Nothing was changed; the next sync tries again.',
          month,
          decimal(sum),
          decimal(total),
          currency,
        ),
      );
    }
  }
}

interface Sums {
  readonly sum: bigint;
  /** Without signs. */
  readonly size: bigint;
  readonly count: number;
}

const NOTHING: Sums = { sum: 0n, size: 0n, count: 0 };

function sumsOf(amounts: readonly CurrencyTotal[]): ReadonlyMap<string, Sums> {
  const all = new Map<string, Sums>();
  for (const { currency, costE8 } of amounts) {
    const { sum, size, count } = all.get(currency) ?? NOTHING;
    all.set(currency, { sum: sum + costE8, size: size + magnitude(costE8), count: count + 1 });
  }
  return all;
}

function magnitude(amount: bigint): bigint {
  return amount < 0n ? -amount : amount;
}

/** `-12.34567890` */
function decimal(amount: bigint): string {
  const digits = magnitude(amount).toString().padStart(9, '0');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -8)}.${digits.slice(-8)}`;
}
