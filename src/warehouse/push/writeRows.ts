import type { Cell } from '../../store/resultSet';
import type { TableChanges } from '../warehouseTypes';
import { assertSameIdentities } from './identities';
import { copyRows } from './copyRows';
import { doubtTexts } from './doubtedTexts';
import { copiedRow, type LocalRow } from './encodeRow';
import type { PushContext } from './pushContext';
import { copiedColumns, deleteSql, keyCells, keyText, type KeyText, type TablePlan } from './tablePlan';

/** What the warehouse has of some keys: the digests of their rows, NULL where somebody changed a row there. */
export type PresentRows = ReadonlyMap<KeyText, PresentRow>;

export interface PresentRow {
  readonly key: readonly Cell[];
  readonly digest: string | null;
}

/** What makes a part of the warehouse's table equal to the mirror's. */
export interface RowChanges {
  readonly fresh: readonly LocalRow[];
  readonly changed: readonly LocalRow[];
  /** Keys of rows that are to go. */
  readonly gone: readonly (readonly Cell[])[];
}

/** Compares rows by their digests. @param goes which of the rows that the mirror has not are to go */
export function changesOf(
  plan: TablePlan,
  rows: readonly LocalRow[],
  present: PresentRows,
  goes: (key: readonly Cell[]) => boolean,
): RowChanges {
  const fresh: LocalRow[] = [];
  const changed: LocalRow[] = [];
  const local = new Set<KeyText>();
  for (const row of rows) {
    const key = keyText(keyCells(plan, row.cells));
    local.add(key);
    const there = present.get(key);
    if (there === undefined) {
      fresh.push(row);
    } else if (there.digest !== row.encoded.digest) {
      changed.push(row);
    }
  }
  const gone = [...present].filter(([key, { key: cells }]) => !local.has(key) && goes(cells));
  return { fresh, changed, gone: gone.map(([, { key }]) => key) };
}

/**
 * Writes changes; a changed row is taken away and copied anew. Inside a transaction.
 * @throws WarehouseError where ids mean something else than they did
 */
async function writeChanges(
  context: PushContext,
  plan: TablePlan,
  { fresh, changed, gone }: RowChanges,
): Promise<TableChanges> {
  const { client } = context;
  await assertSameIdentities(context, plan, changed);
  if (plan.name === 'message' && changed.length > 0) {
    await doubtTexts(context, plan, changed);
  }
  const taken = [...gone, ...changed.map(({ cells }) => keyCells(plan, cells))];
  if (taken.length > 0) {
    await client.query(
      deleteSql(plan),
      plan.keyPlaces.map((_, place) => taken.map((key) => key[place])),
    );
  }
  const copied = [...fresh, ...changed];
  if (copied.length > 0) {
    await copyRows(client, plan.name, copiedColumns(plan), encodedRows(plan, copied));
  }
  return { inserted: fresh.length, updated: changed.length, marked: 0, deleted: gone.length };
}

/** {@link writeChanges} as a batch; none where nothing has changed. */
export async function writeBatch(context: PushContext, plan: TablePlan, changes: RowChanges): Promise<void> {
  if (changes.fresh.length + changes.changed.length + changes.gone.length > 0) {
    await context.batch(async () => {
      context.tally.add(plan.name, await writeChanges(context, plan, changes));
    });
  }
}

function* encodedRows({ columns }: TablePlan, rows: readonly LocalRow[]): Generator<Uint8Array> {
  for (const { encoded } of rows) {
    yield copiedRow(encoded, columns.length);
  }
}
