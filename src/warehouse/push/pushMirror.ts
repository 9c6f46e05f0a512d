import { SCHEMA_VERSION } from '../../store/migrations';
import { ensureDefinitions } from '../schema/ensureDefinitions';
import { forgetFact, readFacts, writeFact, type WarehouseFactValues } from '../schema/bookkeeping';
import { ensureTables } from '../schema/ensureTables';
import type { PushOptions } from '../warehouseTypes';
import { changedRanges } from './changedRanges';
import { assertNothingLost } from './identities';
import { markOrphans } from './markOrphans';
import { inTransaction, type PushContext } from './pushContext';
import { pushNewMessages } from './pushMessages';
import { compareTable } from './pushTable';
import { countTexts, pushAllTexts, pushNewTexts } from './pushTexts';
import { LARGE_TABLES, TABLE_RULES } from './tableRules';
import { planOf, type TablePlan } from './tablePlan';
import { carryTombstones } from './carryTombstones';
import { writeBatch, type RowChanges } from './writeRows';

/** So many messages at most, with all that comes with them, are pushed in one transaction. */
const MOST_AT_ONCE = 50_000;

/** What a push knows beside its parts. */
export interface PushOrder extends Pick<PushOptions, 'isFull' | 'clientVersion'> {
  readonly mirrorId: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Statements sent so far. */
  readonly requests: () => number;
}

export interface PushedMirror {
  readonly isFull: boolean;
  readonly tombstones: number;
}

/**
 * In this order: the schema; what must be forgotten; whether both still speak of the same; rows that are only ever added to,
 * where they are many batch by batch; then, at once for whoever reads, all that is replaced, with views and the note that this
 * generation is here.
 */
export async function pushMirror(given: PushContext, order: PushOrder): Promise<PushedMirror> {
  const { client, mirror, warehouse } = given;
  const facts = await inTransaction(client, async () => {
    const before = await ensureTables(client, warehouse, order.mirrorId, mirror.tables);
    await noteBeginning(given, order, before);
    return readFacts(client);
  });
  const tombstones = await carryTombstones(given);
  const context = { ...given, afterRestore: facts.has('following') };
  await assertNothingLost(context, Number(facts.get('generation') ?? 0));
  // Unknown where not all rows were compared since something changed rows without a word.
  const mark = tombstones > 0 ? undefined : facts.get('message_mark');
  const since = mark === undefined ? undefined : Number(mark);
  const expected = Number(facts.get('texts') ?? Number.NaN);
  const plans = plansOf(context);
  const isAtOnce = since !== undefined && fitsOneTransaction(context, since);
  const before = isAtOnce ? undefined : await pushKept(context, plans, since, expected);
  const pushRest = async (): Promise<void> => {
    const part = { ...context, isAtOnce, batch: (work: () => Promise<void>) => work() };
    const texts = before ?? (await pushKept(part, plans, since, expected));
    for (const plan of plans.filter(({ name }) => TABLE_RULES[name]?.rows === 'replaced')) {
      await compareParts(part, plan, since);
    }
    await ensureDefinitions(client, mirror, facts);
    await noteEnd(context, order, { isFull: mark === undefined, tombstones }, texts);
  };
  await given.tally.countingAll(() => inTransaction(client, pushRest));
  return { isFull: mark === undefined, tombstones };
}

/** What came since the last push is seen at once by whoever reads; a lot of it goes batch by batch, and is not lost with the connection. */
function fitsOneTransaction({ mirror }: PushContext, since: number): boolean {
  const sql = 'SELECT count(*) FROM main.message WHERE sync_datetime_epoch >= ?';
  return (mirror.database.get<[number]>(sql, [since])?.[0] ?? 0) <= MOST_AT_ONCE;
}

/** All rows are compared where some may have changed although no sync wrote them, by the next push too if this one breaks off. */
async function noteBeginning(
  { client, mirror, afterRestore }: PushContext,
  order: PushOrder,
  before: WarehouseFactValues,
): Promise<void> {
  const hasMoved = before.get('zone') !== mirror.zone || before.get('schema') !== String(SCHEMA_VERSION);
  if (order.isFull === true || afterRestore || hasMoved) {
    await forgetFact(client, 'message_mark');
  }
  if (afterRestore) {
    await writeFact(client, 'following', 'true');
  }
}

/** In the order of {@link TABLE_RULES}. */
function plansOf({ mirror }: PushContext): readonly TablePlan[] {
  return Object.keys(TABLE_RULES).flatMap((name) =>
    mirror.tables.filter((table) => table.name === name).map(planOf),
  );
}

/** @param expected texts that the last push left @returns how many there are now */
async function pushKept(
  context: PushContext,
  plans: readonly TablePlan[],
  since: number | undefined,
  expected: number,
): Promise<number> {
  const kept = plans.filter(({ name }) => TABLE_RULES[name]?.rows === 'kept');
  let written: readonly number[] = [];
  let texts: number | undefined;
  for (const plan of kept) {
    if (plan.name === 'message' && since !== undefined) {
      written = await pushNewMessages(context, plan, since);
    } else if (plan.name === 'message_text' && since !== undefined) {
      texts = await pushNewTexts(context, plan, written, expected);
    } else if (plan.name === 'message_text') {
      await pushAllTexts(context, plan);
    } else {
      await compareParts(context, plan, since);
    }
  }
  for (const { name } of kept) {
    await markOrphans(context, name);
  }
  if (context.afterRestore) {
    await context.client.query(
      'DELETE FROM message_text t WHERE NOT EXISTS (SELECT 1 FROM message m WHERE m.id = t.id)',
    );
  }
  return texts ?? countTexts(context.client);
}

/** Compares a table, or the parts of a large one that may differ. @param since undefined: any may */
async function compareParts(context: PushContext, plan: TablePlan, since: number | undefined): Promise<void> {
  const apply = (changes: RowChanges): Promise<void> => writeBatch(context, plan, changes);
  if (since === undefined || !LARGE_TABLES.has(plan.name)) {
    await compareTable(context, plan, apply);
    return;
  }
  for (const range of await changedRanges(context, plan, { since })) {
    await compareTable(context, plan, apply, range);
  }
}

/** In the transaction of the last rows: a push that was broken off is begun again. */
async function noteEnd(
  context: PushContext,
  order: PushOrder,
  { isFull, tombstones }: PushedMirror,
  texts: number,
): Promise<void> {
  const { client, mirror, tally } = context;
  const [mark] = mirror.database.get<[number | null]>(
    'SELECT max(sync_datetime_epoch) FROM main.message',
  ) ?? [null];
  const facts = {
    generation: mirror.state.generation,
    journal: mirror.state.journal,
    client: order.clientVersion,
    zone: mirror.zone,
    message_mark: mark ?? 0,
    texts,
  } as const;
  for (const [fact, value] of Object.entries(facts)) {
    await writeFact(client, fact as keyof typeof facts, String(value));
  }
  await forgetFact(client, 'following');
  await client.query(
    `INSERT INTO warehouse_pushes (started_at, generation, is_full, inserted, updated, marked, deleted, tombstones,
       requests, client_version)
     VALUES (to_timestamp($1), $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[order.startedAt / 1000, mirror.state.generation, isFull],
      ...[tally.sum('inserted'), tally.sum('updated'), tally.sum('marked'), tally.sum('deleted')],
      ...[tombstones, order.requests(), order.clientVersion],
    ],
  );
}
