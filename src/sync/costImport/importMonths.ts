import type { CostMonth, CostRow, CostType, CurrencyTotal, E8 } from '../../store/costs/costTypes';
import { monthDays, monthOf } from '../../store/costs/months';
import { groupBy } from './groupBy';

/** What a file covers. */
export interface Coverage {
  /** UTC days, both included. */
  readonly first: number;
  readonly last: number;
  /** When it was made, ms since 1970, as far as can be told. */
  readonly madeAt: number;
}

/**
 * A scope's rows as months, oldest first. A month that is covered in part keeps its other days.
 */
export function monthsOf(
  rows: readonly CostRow[],
  costType: CostType,
  coverage: Coverage,
): readonly CostMonth[] {
  const byMonth = groupBy(rows, ({ utcDay }) => monthOf(utcDay));
  return [...byMonth]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([month, own]) => {
      const whole = monthDays(month);
      const days = {
        first: Math.max(whole.first, coverage.first),
        last: Math.min(whole.last, coverage.last),
      };
      const isWhole = days.first === whole.first && days.last === whole.last;
      return {
        costType,
        month,
        rows: own,
        services: [],
        totals: totalsOf(own),
        knownToDay: days.last,
        isClosed: days.last === whole.last && coverage.madeAt >= whole.closesAt,
        ...(isWhole ? {} : { days }),
      };
    });
}

/** Sums by currency. */
export function totalsOf(rows: readonly CostRow[]): readonly CurrencyTotal[] {
  const sums = new Map<string, E8>();
  for (const { currency, costE8 } of rows) {
    sums.set(currency, (sums.get(currency) ?? 0n) + costE8);
  }
  return [...sums].map(([currency, costE8]) => ({ currency, costE8 }));
}
