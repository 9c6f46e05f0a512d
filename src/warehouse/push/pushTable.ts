import { quotedName } from '../../store/sqlite/sqlQuoting';
import type { Cell } from '../../store/resultSet';
import type { Value } from '../../store/sqlite/sqlite';
import { arrayType, DIGEST_COLUMN, keyColumns } from '../schema/tables';
import { RowEncoder, type LocalRow } from './encodeRow';
import type { PushContext } from './pushContext';
import { storableId, withStorableIds } from './storableIds';
import { outlivesRestore, TABLE_RULES } from './tableRules';
import { keyCells, keyText, type TablePlan } from './tablePlan';
import { changesOf, type PresentRow, type PresentRows, type RowChanges } from './writeRows';

/** Rows that are compared at a time. */
export const PAGE_ROWS = 5_000;

/**
 * Keys between two others: later than the first, not later than the second; undefined: no bound. A bound may be a beginning
 * of a key.
 */
export interface KeyRange {
  readonly after: readonly Cell[] | undefined;
  readonly last: readonly Cell[] | undefined;
}

const EVERYTHING: KeyRange = { after: undefined, last: undefined };

/**
 * Makes a table of the warehouse equal to the mirror's, a range of keys after the other.
 * @param apply writes the changes of a range
 */
export async function compareTable(
  context: PushContext,
  plan: TablePlan,
  apply: (changes: RowChanges) => Promise<void>,
  range: KeyRange = EVERYTHING,
): Promise<void> {
  const { signal, onProgress } = context;
  const goes = goesFrom(context, plan);
  const encoder = new RowEncoder(plan.types);
  const total = rangeTotal(context, plan, range);
  let done = 0;
  let { after } = range;
  for (;;) {
    signal.throwIfAborted();
    const page = localPage(context, plan, { after, last: range.last });
    const isLast = page.length < PAGE_ROWS;
    const end = isLast ? range.last : keyCells(plan, page[page.length - 1] ?? []);
    const present = await presentIn(context, plan, { after, last: end });
    await apply(changesOf(plan, encodedRows(plan, encoder, page), present, goes));
    done += page.length;
    onProgress({ table: plan.name, done, total });
    if (isLast) {
      return;
    }
    after = end;
  }
}

/** Rows as the warehouse holds them, with their encoded form. @throws Error that names the table and column of a value that cannot be stored */
export function encodedRows(
  { name, keyPlaces, idPlaces }: TablePlan,
  encoder: RowEncoder,
  rows: readonly (readonly Cell[])[],
): LocalRow[] {
  return rows.map((row) => {
    const cells = withStorableIds(row, idPlaces);
    try {
      return { cells, encoded: encoder.encode(cells) };
    } catch (cause) {
      const key = keyPlaces.map((place) => String(cells[place])).join(', ');
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`A row of ${name} (${key}) cannot be pushed: ${reason}`, { cause });
    }
  });
}

/** Which of the rows that only the warehouse has are to go. */
function goesFrom({ mirror, afterRestore }: PushContext, plan: TablePlan): (key: readonly Cell[]) => boolean {
  const rule = TABLE_RULES[plan.name];
  if (rule === undefined || rule.rows === 'mirrorOnly') {
    return () => false;
  }
  if (rule.rows === 'kept') {
    return () => afterRestore && !outlivesRestore(plan.name);
  }
  const { of: owner } = rule;
  const place = plan.keyPlaces.findIndex((column) => plan.columns[column] === owner?.by);
  if (owner === undefined || place === -1) {
    return () => true;
  }
  const sql = `SELECT 1 FROM main.${quotedName(owner.table)} WHERE id = ?`;
  const goesAlone = afterRestore && !outlivesRestore(owner.table);
  return (key) => goesAlone || mirror.database.get(sql, [key[place] as Value]) !== undefined;
}

function rangeTotal({ mirror }: PushContext, plan: TablePlan, range: KeyRange): number {
  const { where, values } = localRange(plan, range);
  const sql = `SELECT count(*) FROM main.${quotedName(plan.name)} WHERE ${where}`;
  return mirror.database.get<[number]>(sql, values)?.[0] ?? 0;
}

function localPage({ mirror }: PushContext, plan: TablePlan, range: KeyRange): readonly (readonly Cell[])[] {
  const { where, values } = localRange(plan, range);
  return mirror.database.all(
    `${plan.select} WHERE ${where} ORDER BY ${plan.key.join(', ')} LIMIT ${PAGE_ROWS}`,
    values,
  );
}

function localRange(
  plan: TablePlan,
  range: KeyRange,
): { readonly where: string; readonly values: readonly Value[] } {
  const bounds = boundsOf(range);
  const conditions = bounds.map(({ sign, cells }) => {
    const names = plan.key.slice(0, cells.length).join(', ');
    return `(${names}) ${sign} (${cells.map(() => '?').join(', ')})`;
  });
  return {
    where: [plan.pushed, ...conditions].join(' AND '),
    values: bounds.flatMap(({ cells }) => cells),
  };
}

function boundsOf({
  after,
  last,
}: KeyRange): readonly { readonly sign: string; readonly cells: readonly Cell[] }[] {
  return [
    ...(after === undefined ? [] : [{ sign: '>', cells: after }]),
    ...(last === undefined ? [] : [{ sign: '<=', cells: last }]),
  ];
}

/** What the warehouse has in a range. */
async function presentIn({ client }: PushContext, plan: TablePlan, range: KeyRange): Promise<PresentRows> {
  const types = keyColumns(plan.table).map((column) => arrayType(column).replace('[]', ''));
  const values: string[] = [];
  const conditions = boundsOf(range).map(({ sign, cells }) => {
    const places = cells.map(
      (cell, place) => `$${values.push(storableId(String(cell)))}::${types[place] ?? 'text'}`,
    );
    return `(${plan.key.slice(0, cells.length).join(', ')}) ${sign} (${places.join(', ')})`;
  });
  const { rows } = await client.query<(string | null)[]>({
    text: `SELECT ${[...plan.key, DIGEST_COLUMN].join(', ')} FROM ${quotedName(plan.name)}
      WHERE ${['true', ...conditions].join(' AND ')}`,
    values,
    rowMode: 'array',
  });
  return presentRows(rows);
}

/** @param rows each a key and behind it a digest */
export function presentRows(rows: readonly (readonly (string | null)[])[]): PresentRows {
  return new Map(
    rows.map((row): [string, PresentRow] => {
      const key = row.slice(0, -1);
      return [keyText(key), { key, digest: row[row.length - 1] ?? null }];
    }),
  );
}
