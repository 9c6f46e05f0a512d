import page from '../../../docs/schema.md';
import { rowsOf, type ReportReader } from '../resultSet';
import { meaningOf, parseSchemaPage, type SchemaPage } from './schemaPage';
import type { SchemaColumn, SchemaTable } from './schemaTypes';

/** Tables and views with their columns, hidden ones left out; of the file itself, not what a reader lays over it. */
const COLUMNS = `SELECT t.name AS table_name, t.type AS kind, c.name AS column_name, c.type AS column_type
FROM main.sqlite_schema t, pragma_table_xinfo(t.name, 'main') c
WHERE t.type IN ('table', 'view') AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND c.hidden <> 1
ORDER BY t.name, c.cid`;

let parsed: SchemaPage | undefined;

/**
 * The database as it is, older or newer than this version, with what docs/schema.md says of it: documented tables in the
 * order of the page, then the others by name. @throws NoDatabaseError, SqlError
 */
export async function describeSchema(reader: Pick<ReportReader, 'query'>): Promise<readonly SchemaTable[]> {
  parsed ??= parseSchemaPage(page);
  const known = parsed;
  const columns = new Map<string, SchemaColumn[]>();
  const kinds = new Map<string, SchemaTable['kind']>();
  for (const row of rowsOf(await reader.query(COLUMNS))) {
    const table = String(row['table_name']);
    const name = String(row['column_name']);
    const ofTable = columns.get(table) ?? [];
    ofTable.push({ name, type: String(row['column_type'] ?? ''), meaning: meaningOf(known, table, name) });
    columns.set(table, ofTable);
    kinds.set(table, row['kind'] === 'view' ? 'view' : 'table');
  }
  const documented = [...known.tables.keys()].filter((name) => columns.has(name));
  const others = [...columns.keys()].filter((name) => !known.tables.has(name));
  return [...documented, ...others].map((name) => ({
    name,
    kind: kinds.get(name) ?? 'table',
    meaning: known.tables.get(name),
    isInternal: !known.tables.has(name),
    columns: columns.get(name) ?? [],
  }));
}
