import { allocateDay } from '../costs/allocation/allocateDay';
import type { AllocatedDay, CostShare, GenerationCost } from '../costs/allocation/allocationTypes';
import { DerivedTable } from './derivedTable';
import type { KeyedRow } from './rowChanges';
import { stamp, type Session } from './session';
import { SpreadSource } from './spreadSource';

/** Rises when the arithmetic changes, so that days that an earlier version spread are spread anew. */
export const ALLOCATION_RULES = 2;

const DAYS = 'SELECT utc_day FROM cost_days WHERE is_spread = 0 OR rules <> ? ORDER BY utc_day';

/**
 * Spreads the costs of the days whose rows, use, prices or map have changed since they were spread; the triggers of
 * `cost_days` have noted which. Rows that stay the same are untouched. Call it inside a transaction.
 */
export function spreadCosts(session: Session): void {
  const { database } = session;
  const days = database.all<[number]>(DAYS, [ALLOCATION_RULES]);
  if (days.length === 0) {
    return;
  }
  const source = new SpreadSource(database);
  for (const [utcDay] of days) {
    const day = source.day(utcDay);
    writeDay(session, utcDay, allocateDay(day, source.map));
    if (source.hasRows(utcDay)) {
      database.run(
        `UPDATE cost_days SET is_spread = 1, rules = ?, uses_prices = ?, sync_datetime = ?, sync_datetime_epoch = ?
         WHERE utc_day = ?`,
        [ALLOCATION_RULES, Number(source.usesPrices(day.rows)), ...stamp(session), utcDay],
      );
    } else {
      database.run('DELETE FROM cost_days WHERE utc_day = ?', [utcDay]);
    }
  }
}

const SHARE_VALUES = ['kind', 'instance_id', 'model_id', 'method', 'reason', 'coverage', 'cost_e8'];
const SHARES = new DerivedTable('cost_shares', ['cost_id', 'part'], SHARE_VALUES);
const COSTS = new DerivedTable(
  'generation_costs',
  ['generation_id', 'cost_type'],
  ['currency', 'cost_e8', 'is_final'],
);

function writeDay(session: Session, utcDay: number, { shares, generations }: AllocatedDay): void {
  const sharesOfDay = `FROM cost_daily c JOIN cost_shares t ON t.cost_id = c.id
    WHERE c.cost_type IN ('actual', 'amortized') AND c.utc_day = ?`;
  SHARES.replace(session, sharesOfDay, [utcDay], shares.map(shareRow));
  // Also of those that count no more, as copies.
  const costsOfDay = `FROM message m JOIN generation_costs t ON t.generation_id = m.id
    WHERE m.day BETWEEN ?1 - 1 AND ?1 + 1 AND m.created_at_epoch / 86400 = ?1`;
  COSTS.replace(session, costsOfDay, [utcDay], generations.map(costRow));
}

function shareRow(share: CostShare): KeyedRow {
  const { costId, part, kind, instanceId, modelId, method, reason, coverage, costE8 } = share;
  return {
    key: [costId, part],
    values: [
      kind,
      instanceId ?? null,
      modelId ?? null,
      method ?? null,
      reason ?? null,
      coverage ?? null,
      costE8,
    ],
  };
}

function costRow({ generationId, costType, currency, costE8, isFinal }: GenerationCost): KeyedRow {
  return { key: [generationId, costType], values: [currency, costE8, Number(isFinal)] };
}
