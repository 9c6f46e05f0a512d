import type { ClientBase } from 'pg';
import { rowsOf, type Cell, type ReportReader } from '../../../src/store/resultSet';
import functionsSql from '../../../src/warehouse/schema/functions.sql';
import { createTable, type MirrorTable } from '../../../src/warehouse/schema/tables';
import { createView } from '../../../src/warehouse/schema/views';

/** Makes every table and view of a mirror in the connection's schema, with their rows: what a first push comes to. */
export async function loadMirror(mirror: ReportReader, client: ClientBase): Promise<void> {
  await client.query(functionsSql);
  for (const table of await tablesOf(mirror)) {
    await client.query(createTable(table));
    await insertAll(mirror, client, table);
  }
  for (const { sql } of await read(
    mirror,
    "SELECT sql FROM sqlite_schema WHERE type = 'view' ORDER BY rowid",
  )) {
    await client.query(createView(String(sql)));
  }
}

/** Puts what a mirror's table holds now in place of what the connection's schema has of it. */
export async function copyTable(mirror: ReportReader, client: ClientBase, name: string): Promise<void> {
  await client.query(`DELETE FROM ${name}`);
  await insertAll(mirror, client, await tableOf(mirror, name));
}

async function tablesOf(mirror: ReportReader): Promise<readonly MirrorTable[]> {
  const names = await read(
    mirror,
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
  );
  const tables: MirrorTable[] = [];
  for (const { name } of names) {
    tables.push(await tableOf(mirror, String(name)));
  }
  return tables;
}

async function tableOf(mirror: ReportReader, name: string): Promise<MirrorTable> {
  const columns = await read(mirror, `SELECT * FROM pragma_table_xinfo('${name}')`);
  return {
    name,
    columns: columns.map((column) => ({
      name: String(column['name']),
      type: String(column['type']),
      isRequired: column['notnull'] === 1,
      keyPlace: Number(column['pk']),
    })),
  };
}

const BATCH = 200;

async function insertAll(
  mirror: ReportReader,
  client: ClientBase,
  { name, columns }: MirrorTable,
): Promise<void> {
  const rows = await read(mirror, `SELECT * FROM ${name}`);
  for (let at = 0; at < rows.length; at += BATCH) {
    const batch = rows.slice(at, at + BATCH);
    const values = batch.flatMap((row) => columns.map((column) => row[column.name] ?? null));
    const places = batch.map(
      (_, row) => `(${columns.map((__, column) => `$${row * columns.length + column + 1}`).join(', ')})`,
    );
    await client.query(`INSERT INTO ${name} VALUES ${places.join(', ')}`, values);
  }
}

async function read(mirror: ReportReader, sql: string): Promise<Record<string, Cell>[]> {
  return rowsOf(await mirror.query(sql));
}
