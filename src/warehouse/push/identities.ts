import * as l10n from '@vscode/l10n';
import { quotedName } from '../../store/sqlite/sqlQuoting';
import type { Cell } from '../../store/resultSet';
import { WarehouseError } from '../warehouseErrors';
import type { Warehouse } from '../warehouseTypes';
import type { PushContext } from './pushContext';
import { IDENTITIES, outlivesRestore, TABLE_RULES } from './tableRules';
import type { TablePlan } from './tablePlan';

/**
 * The warehouse must not know a later state of the mirror, or later rows: then ids were, or will be, given twice. Tombstones
 * are applied before, so that what was erased is not missed.
 * @param pushed number of the file generation that was pushed last @throws WarehouseError
 */
export async function assertNothingLost(
  { client, mirror, warehouse, afterRestore }: PushContext,
  pushed: number,
): Promise<void> {
  if (afterRestore) {
    return;
  }
  if (pushed > mirror.state.generation) {
    throw restored(warehouse);
  }
  for (const table of keptTables()) {
    const { rows } = await client.query<{ id: string | null }>(
      `SELECT max(id)::text AS id FROM ${quotedName(table)}`,
    );
    const [highest] = mirror.database.get<[number | null]>(
      `SELECT max(id) FROM main.${quotedName(table)}`,
    ) ?? [null];
    if (Number(rows[0]?.id ?? 0) > (highest ?? 0)) {
      throw restored(warehouse);
    }
  }
}

/** Those that the mirror lets nothing go of without a tombstone. */
function keptTables(): readonly string[] {
  return Object.keys(TABLE_RULES).filter(
    (name) => TABLE_RULES[name]?.rows === 'kept' && !outlivesRestore(name),
  );
}

/** @throws WarehouseError where rows that are about to be written would take the place of others */
export async function assertSameIdentities(
  context: PushContext,
  plan: TablePlan,
  changed: readonly { readonly cells: readonly Cell[] }[],
): Promise<void> {
  const identity = IDENTITIES[plan.name];
  if (identity === undefined || changed.length === 0) {
    return;
  }
  const { client, warehouse, afterRestore } = context;
  const places = ['id', ...identity].map((column) => plan.columns.indexOf(column));
  const own = changed.map(({ cells }) => places.map((place) => String(cells[place])));
  const { rows } = await client.query<string[]>({
    text: `SELECT ${['id', ...identity].map((column) => `${quotedName(column)}::text`).join(', ')}
      FROM ${quotedName(plan.name)} WHERE id = ANY($1::bigint[])`,
    values: [own.map(([id]) => id)],
    rowMode: 'array',
  });
  const known = new Map(rows.map(([id = '', ...rest]) => [id, JSON.stringify(rest)]));
  const others = own.filter(([id = '', ...rest]) => known.get(id) !== JSON.stringify(rest));
  if (others.length === 0) {
    return;
  }
  if (!afterRestore) {
    throw restored(warehouse);
  }
  if (plan.name === 'message') {
    await client.query('DELETE FROM message_text WHERE id = ANY($1::bigint[])', [others.map(([id]) => id)]);
  }
}

function restored({ name }: Warehouse): WarehouseError {
  return new WarehouseError(
    l10n.t(
      'The warehouse {0} holds what this mirror has lost, or knows under other ids: the mirror was restored from a backup or made anew. A push can make the warehouse follow it, and deletes there what the mirror has not; another schema keeps both.',
      name,
    ),
    { remedy: 'pushAfterRestore', warehouse: name },
  );
}
