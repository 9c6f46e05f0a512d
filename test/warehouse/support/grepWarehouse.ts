import type { ClientBase } from 'pg';

/** Of the current schema, what PostgreSQL keeps of its columns' values to plan statements. */
const STATISTICS = `
  SELECT 'statistics of ' || tablename || '.' || attname AS place FROM pg_stats
  WHERE schemaname = current_schema()
    AND strpos(lower(concat(most_common_vals::text, histogram_bounds::text)), lower($1)) > 0`;

/**
 * Columns of every table of the current schema, as `table.column`, that hold a text in whatever case and type, and of which
 * the server knows it.
 */
export async function grepWarehouse(client: ClientBase, text: string): Promise<readonly string[]> {
  const columns = await columnsOf(client);
  const found = [...new Set(columns.map(({ table }) => table))].map((name) => {
    const own = columns.filter(({ table }) => table === name);
    const places = own.map(
      ({ column }) =>
        `CASE WHEN bool_or(strpos(lower("${column}"::text), lower($1)) > 0) THEN '${name}.${column}' END`,
    );
    return `SELECT unnest(ARRAY[${places.join(', ')}]) AS place FROM "${name}"`;
  });
  const { rows } = await client.query<{ place: string }>(
    `SELECT place FROM (${[...found, STATISTICS].join(' UNION ALL ')}) AS searched WHERE place IS NOT NULL`,
    [text],
  );
  return rows.map(({ place }) => place);
}

/** All tables, those of the warehouse itself as well. */
export async function tablesOf(client: ClientBase): Promise<readonly string[]> {
  return [...new Set((await columnsOf(client)).map(({ table }) => table))];
}

async function columnsOf(
  client: ClientBase,
): Promise<readonly { readonly table: string; readonly column: string }[]> {
  const { rows } = await client.query<{ table: string; column: string }>(
    `SELECT c.table_name::text AS "table", c.column_name::text AS "column" FROM information_schema.columns c
     JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
     WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' ORDER BY 1, 2`,
  );
  return rows;
}

/** Each row of each table as one text; of the mirror's tables alone. */
export async function contentOf(client: ClientBase): Promise<ReadonlyMap<string, readonly string[]>> {
  const content = new Map<string, readonly string[]>();
  for (const table of await tablesOf(client)) {
    if (!table.startsWith('warehouse_')) {
      const { rows } = await client.query<{ row: string }>(
        `SELECT t::text AS row FROM "${table}" t ORDER BY 1`,
      );
      content.set(
        table,
        rows.map(({ row }) => row),
      );
    }
  }
  return content;
}
