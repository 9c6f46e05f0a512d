import type { ClientBase } from 'pg';
import { quotedName, quotedText } from '../../store/sqlite/sqlQuoting';

/** Tables of the schema that PostgreSQL has statistics of, and what a row of each needs. */
const KNOWN = `
  SELECT c.relname::text AS name, coalesce(array_agg(a.attname::text) FILTER (WHERE a.attnotnull), '{}') AS columns,
    coalesce(array_agg(CASE WHEN a.atttypid IN ('bigint'::regtype, 'double precision'::regtype) THEN '0' ELSE '' END)
      FILTER (WHERE a.attnotnull), '{}') AS values
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
    AND EXISTS (SELECT 1 FROM pg_stats s WHERE s.schemaname = current_schema() AND s.tablename = c.relname)
  GROUP BY c.relname`;

interface KnownTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly values: readonly string[];
}

/**
 * Makes PostgreSQL look at its tables anew: the commonest values of a column, which it keeps to plan statements and shows to
 * readers, would outlive the rows that held them. Inside the transaction that removed the rows.
 */
export async function forgetStatistics(client: ClientBase): Promise<void> {
  const { rows } = await client.query<KnownTable>(KNOWN);
  for (const { name, columns, values } of rows) {
    const table = quotedName(name);
    const { rowCount } = await client.query(`SELECT 1 FROM ${table} LIMIT 1`);
    if (rowCount === 0) {
      // Of a table without rows the statistics stay what they were.
      const list = [columns.map(quotedName).join(', '), values.map(quotedText).join(', ')];
      await client.query(`INSERT INTO ${table} (${list[0]}) VALUES (${list[1]})`);
      await client.query(`ANALYZE ${table}`);
      await client.query(`DELETE FROM ${table}`);
    } else {
      await client.query(`ANALYZE ${table}`);
    }
  }
}
