import * as l10n from '@vscode/l10n';
import type { CurrencyTotal } from '../../store/costs/costTypes';
import { AzureError } from './azureErrors';

/** Doubles hold 53 bits: what a number of JSON may be off by, of its own size. */
const DOUBLE_BITS = 52n;

/**
 * Whether rows add up to Azure's ungrouped total, in each currency. Azure rounds every row to 1e-8 and the total once more,
 * so each may be off by half a unit; large amounts are off by what a double cannot hold. Nothing else may differ.
 * @throws AzureError of kind `mismatch`
 */
export function assertAddsUp(
  month: string,
  rows: readonly CurrencyTotal[],
  totals: readonly CurrencyTotal[],
): void {
  const currencies = new Set([...rows, ...totals].map(({ currency }) => currency));
  for (const currency of currencies) {
    const ours = rows.filter((row) => row.currency === currency).map(({ costE8 }) => costE8);
    const theirs = totals.filter((total) => total.currency === currency).map(({ costE8 }) => costE8);
    const [sum, total] = [addedUp(ours), addedUp(theirs)];
    const tolerance = BigInt(Math.ceil(ours.length / 2) + 1) + (sizeOf([...ours, ...theirs]) >> DOUBLE_BITS);
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

function addedUp(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}

function sizeOf(amounts: readonly bigint[]): bigint {
  return addedUp(amounts.map(magnitude));
}

function magnitude(amount: bigint): bigint {
  return amount < 0n ? -amount : amount;
}

/** `-12.34567890` */
function decimal(amount: bigint): string {
  const digits = magnitude(amount).toString().padStart(9, '0');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -8)}.${digits.slice(-8)}`;
}
