import { quotedName } from '../../store/sqlite/sqlQuoting';
import { DIGEST_COLUMN } from '../schema/tables';
import type { PushContext } from './pushContext';
import { TABLE_RULES } from './tableRules';

/**
 * Marks rows deleted that only the warehouse has and whose owner the mirror says is gone. Nothing is asked where both hold as
 * many rows.
 */
export async function markOrphans(context: PushContext, table: string): Promise<void> {
  const rule = TABLE_RULES[table];
  const marks = rule?.rows === 'kept' ? rule.marks : undefined;
  if (marks === undefined || !(await hasMore(context, table))) {
    return;
  }
  const { client, mirror, tally } = context;
  const owned = `${quotedName(table)} t JOIN ${quotedName(marks.owner)} o ON o.id = t.${quotedName(marks.by)}
    AND o.is_deleted = 1 AND t.is_deleted = 0`;
  const { rows } = await client.query<{ id: string }>(`SELECT t.id::text AS id FROM ${owned}`);
  const sql = `SELECT 1 FROM main.${quotedName(table)} WHERE id = ?`;
  const orphans = rows.map(({ id }) => id).filter((id) => mirror.database.get(sql, [id]) === undefined);
  if (orphans.length > 0) {
    await context.batch(async () => {
      await client.query(
        `UPDATE ${quotedName(table)} t SET is_deleted = 1, sync_datetime = o.sync_datetime,
           sync_datetime_epoch = o.sync_datetime_epoch, ${DIGEST_COLUMN} = NULL
         FROM ${quotedName(marks.owner)} o WHERE o.id = t.${quotedName(marks.by)} AND t.id = ANY($1::bigint[])`,
        [orphans],
      );
      tally.add(table, { marked: orphans.length });
    });
  }
}

async function hasMore({ client, mirror }: PushContext, table: string): Promise<boolean> {
  const { rows } = await client.query<{ rows: string }>(`SELECT count(*) AS rows FROM ${quotedName(table)}`);
  const own = mirror.database.get<[number]>(`SELECT count(*) FROM main.${quotedName(table)}`)?.[0] ?? 0;
  return Number(rows[0]?.rows ?? 0) > own;
}
