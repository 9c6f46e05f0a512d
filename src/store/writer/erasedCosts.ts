import { largestRemainder } from '../costs/allocation/largestRemainder';
import type { ErasedPart } from '../costs/allocation/allocationTypes';
import type { CostType } from '../costs/costTypes';
import type { SqliteDatabase } from '../sqlite/sqlite';
import { stamp, type Session } from './session';

/** What somebody's generations of a model were billed on a UTC day. */
type Billed = readonly [
  costType: CostType,
  instanceId: number,
  modelId: string | null,
  utcDay: number,
  costE8: number | bigint,
];

const BILLED = `
  SELECT g.cost_type, m.instance_id, m.model_id, m.created_at_epoch / 86400, sum(g.cost_e8)
  FROM message m JOIN generation_costs g ON g.generation_id = m.id
  WHERE m.chat_id IN (SELECT c.id FROM chats c WHERE c.user_id = ?)
  GROUP BY 1, 2, 3, 4`;

const ALLOCATED = `
  SELECT s.cost_id, s.part, s.cost_e8 FROM cost_daily c JOIN cost_shares s ON s.cost_id = c.id
  WHERE c.cost_type = ? AND c.utc_day = ? AND s.kind = 'allocated' AND s.instance_id = ? AND s.model_id IS ?
  ORDER BY s.cost_id, s.part`;

const REDUCE = `
  UPDATE cost_shares SET cost_e8 = ?, sync_datetime = ?, sync_datetime_epoch = ? WHERE cost_id = ? AND part = ?`;

const ADD = `
  INSERT INTO cost_shares (cost_id, part, kind, instance_id, reason, cost_e8, sync_datetime, sync_datetime_epoch)
  SELECT ?1, max(part) + 1, 'unallocated', ?2, 'erased', ?3, ?4, ?5 FROM cost_shares WHERE cost_id = ?1`;

/**
 * Makes what somebody was billed unallocated, so that nobody else pays for it: shares still add up to the bill, and what
 * generations were billed to the shares. Call it before his rows go.
 * @param userId `users.id`
 */
export function unallocateCostsOf(session: Session, userId: number): void {
  for (const [costType, instanceId, modelId, utcDay, billed] of session.database.all<Billed>(BILLED, [
    userId,
  ])) {
    const amount = BigInt(billed);
    const shares = session.database
      .all<[number, number, number | bigint]>(ALLOCATED, [costType, utcDay, instanceId, modelId])
      .map(([costId, part, costE8]) => ({ costId, part, costE8: BigInt(costE8) }));
    if (amount !== 0n && shares.some(({ costE8 }) => costE8 !== 0n)) {
      takeFrom(session, shares, instanceId, amount);
    }
  }
}

function takeFrom(
  session: Session,
  shares: readonly { readonly costId: number; readonly part: number; readonly costE8: bigint }[],
  instanceId: number,
  amount: bigint,
): void {
  const { database } = session;
  const taken = largestRemainder(
    amount,
    shares.map(({ costE8 }) => (costE8 < 0n ? -costE8 : costE8)),
  );
  shares.forEach(({ costId, part, costE8 }, index) => {
    const own = taken[index] ?? 0n;
    if (own !== 0n) {
      database.run(REDUCE, [costE8 - own, ...stamp(session), costId, part]);
      database.run(ADD, [costId, instanceId, own, ...stamp(session)]);
    }
  });
}

const ERASED = `
  SELECT s.cost_id, s.instance_id, sum(abs(s.cost_e8)) FILTER (WHERE s.reason = 'erased'),
    coalesce(sum(abs(s.cost_e8)) FILTER (WHERE s.kind = 'allocated'), 0)
  FROM cost_daily c JOIN cost_shares s ON s.cost_id = c.id
  WHERE c.cost_type IN ('actual', 'amortized') AND c.utc_day = ? AND s.instance_id IS NOT NULL
  GROUP BY s.cost_id, s.instance_id HAVING sum(abs(s.cost_e8)) FILTER (WHERE s.reason = 'erased') > 0`;

/** What of a day's rows is of people who were erased, by row and instance: the shares are all that still tells it. */
export function erasedPartsOf(
  database: SqliteDatabase,
  utcDay: number,
): ReadonlyMap<number, ReadonlyMap<number, ErasedPart>> {
  const parts = new Map<number, Map<number, ErasedPart>>();
  for (const [costId, instanceId, erased, others] of database.all<
    [number, number, number | bigint, number | bigint]
  >(ERASED, [utcDay])) {
    const ofRow = parts.get(costId) ?? new Map<number, ErasedPart>();
    ofRow.set(instanceId, { erasedE8: BigInt(erased), othersE8: BigInt(others) });
    parts.set(costId, ofRow);
  }
  return parts;
}
