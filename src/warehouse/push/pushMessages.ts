import { quotedName } from '../../store/sqlite/sqlQuoting';
import { forgetFact } from '../schema/bookkeeping';
import { DIGEST_COLUMN } from '../schema/tables';
import { changedRanges } from './changedRanges';
import type { PushContext } from './pushContext';
import { compareTable, encodedRows, PAGE_ROWS, presentRows } from './pushTable';
import { RowEncoder } from './encodeRow';
import type { TablePlan } from './tablePlan';
import { changesOf, writeBatch, type PresentRows, type RowChanges } from './writeRows';

/** Messages are summed up by so many ids, to find where a warehouse differs. */
const BUCKET = 10_000;

/**
 * Pushes the messages that were written since the last push, then looks by sums whether all others are the same: where they
 * are not (a clock that went back), they are compared one by one.
 * @param since seconds since 1970: messages that were written before were pushed
 * @returns ids of the messages whose text may be another one
 */
export async function pushNewMessages(
  context: PushContext,
  plan: TablePlan,
  since: number,
): Promise<readonly number[]> {
  const { mirror, signal, onProgress } = context;
  const ids = mirror.database
    .all<[number]>('SELECT id FROM main.message WHERE sync_datetime_epoch >= ? ORDER BY id', [since])
    .map(([id]) => id);
  const encoder = new RowEncoder(plan.types);
  for (let start = 0; start < ids.length; start += PAGE_ROWS) {
    signal.throwIfAborted();
    const part = ids.slice(start, start + PAGE_ROWS);
    const rows = mirror.database.all(
      `${plan.select} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`,
      [JSON.stringify(part)],
    );
    const present = await presentById(context, plan, part);
    const local = encodedRows(plan, encoder, rows);
    await writeBatch(
      context,
      plan,
      changesOf(plan, local, present, () => false),
    );
    onProgress({ table: plan.name, done: start + part.length, total: ids.length });
  }
  return [...ids, ...(await pushDifferences(context, plan))];
}

/** @returns ids of the messages that differed */
async function pushDifferences(context: PushContext, plan: TablePlan): Promise<readonly number[]> {
  const pushed: number[] = [];
  const apply = async (changes: RowChanges): Promise<void> => {
    await writeBatch(context, plan, changes);
    pushed.push(...[...changes.fresh, ...changes.changed].map(({ cells: [id] }) => Number(id)));
  };
  for (const range of await changedRanges(context, plan, { bucket: BUCKET })) {
    // Until their texts are there too: should this push break off, the next one compares all.
    await forgetFact(context.client, 'message_mark');
    await compareTable(context, plan, apply, range);
  }
  return pushed;
}

/** The digests of the rows that the warehouse has of these ids. */
export async function presentById(
  { client }: PushContext,
  { name }: TablePlan,
  ids: readonly number[],
): Promise<PresentRows> {
  const { rows } = await client.query<(string | null)[]>({
    text: `SELECT id, ${DIGEST_COLUMN} FROM ${quotedName(name)} WHERE id = ANY($1::bigint[])`,
    values: [ids],
    rowMode: 'array',
  });
  return presentRows(rows);
}
