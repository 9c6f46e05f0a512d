import * as l10n from '@vscode/l10n';
import type { CostMonth } from '../costs/costTypes';
import { LARGEST_E8 } from '../costs/e8';
import { monthDays } from '../costs/months';
import type { CostRun } from './cloudCostRuns';
import type { Session } from './session';

/**
 * Why an imported part of a month is not to be added to the rest of it: without signs, amounts of both are together more than
 * sums in the database can hold. Undefined: it may.
 */
export function largerImport(
  { database }: Session,
  { scopeId }: CostRun,
  { month, costType, rows, days }: CostMonth,
): string | undefined {
  if (days === undefined) {
    return undefined;
  }
  const { first, last } = monthDays(month);
  const sizes = new Map(
    database
      .all<[string, number | bigint]>(
        `SELECT currency, sum(abs(cost_e8)) FROM cost_daily
         WHERE scope_id = ? AND cost_type = ? AND utc_day BETWEEN ? AND ? AND utc_day NOT BETWEEN ? AND ? AND is_deleted = 0
         GROUP BY currency`,
        [scopeId, costType, first, last, days.first, days.last],
      )
      .map(([currency, size]) => [currency, BigInt(size)]),
  );
  for (const { currency, costE8 } of rows) {
    sizes.set(currency, (sizes.get(currency) ?? 0n) + (costE8 < 0n ? -costE8 : costE8));
  }
  const [large] = [...sizes].find(([, size]) => size > LARGEST_E8) ?? [];
  return large === undefined
    ? undefined
    : l10n.t(
        'With the days that are there the amounts of {0} are larger than the 92 thousand million {1} that can be kept. Nothing was imported.',
        month,
        large,
      );
}
