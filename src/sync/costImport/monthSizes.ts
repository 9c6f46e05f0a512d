import * as l10n from '@vscode/l10n';
import { LARGEST_E8 } from '../../store/costs/e8';
import { monthOf } from '../../store/costs/months';
import { EXACT_PER_E8, type Exact } from './fields';
import { CostFileError, MOST_ROWS } from './importTypes';

/** What can be kept, less what rounding to 1e-8 may add. */
const LARGEST = (LARGEST_E8 - BigInt(MOST_ROWS)) * EXACT_PER_E8;

/** Whose amounts are added up. */
export interface SizedRow {
  readonly number: number;
  readonly scope: string;
  readonly costType: string;
  readonly utcDay: number;
  readonly currency: string;
}

/** How large the months of a file are without signs, so that all sums of their rows can be kept. */
export class MonthSizes {
  readonly #sizes = new Map<string, Exact>();

  /** @throws CostFileError where the month becomes larger than the database can hold */
  add({ number, scope, costType, utcDay, currency }: SizedRow, amount: Exact): void {
    const month = monthOf(utcDay);
    const key = `${costType} ${currency} ${month} ${scope}`;
    const size = (this.#sizes.get(key) ?? 0n) + (amount < 0n ? -amount : amount);
    if (size > LARGEST) {
      throw new CostFileError(
        l10n.t(
          'Row {0}: with it the amounts of {1} are larger than the 92 thousand million {2} that can be kept. Nothing was imported.',
          number,
          month,
          currency,
        ),
      );
    }
    this.#sizes.set(key, size);
  }
}
