import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { quotedName } from '../../store/sqlite/sqlQuoting';
import type { LocalMirror } from '../push/localMirror';
import { writeFact, type WarehouseFactValues } from './bookkeeping';
import functions from './functions.sql';
import { createView } from './views';

/** All in the schema, which is nobody else's; aggregates before what they are made of. */
const DROP_FUNCTIONS = `
  DO $$ DECLARE made record; BEGIN
    FOR made IN SELECT p.oid::regprocedure AS name, p.prokind AS kind FROM pg_proc p
      WHERE p.pronamespace = current_schema()::regnamespace ORDER BY p.prokind <> 'a'
    LOOP EXECUTE format('DROP ROUTINE %s', made.name); END LOOP;
  END $$`;

/** Indexes of the rules of the mirror's tables are numbered: which they are differs between versions. */
const DROP_RULED = `
  DO $$ DECLARE made record; BEGIN
    FOR made IN SELECT c.oid::regclass AS name FROM pg_class c
      WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'i' AND c.relname ~ '_by_rule_\\d+$'
    LOOP EXECUTE format('DROP INDEX %s', made.name); END LOOP;
  END $$`;

/**
 * Makes functions, views and indexes what this version says, where they differ. Inside the transaction of the last rows: a
 * view never reads columns that are not filled yet.
 */
export async function ensureDefinitions(
  client: ClientBase,
  { views, indexes }: LocalMirror,
  facts: WarehouseFactValues,
): Promise<void> {
  const viewSql = views.map(({ name, sql, columns }) => ({
    name,
    sql: createView(ownColumns(name, sql, columns)),
  }));
  const indexSql = indexes.map((sql) => ({ name: indexName(sql), sql: plainIndex(sql) }));
  const text = JSON.stringify([functions, viewSql, indexSql]);
  const definitions = createHash('sha256').update(text).digest('hex');
  if (definitions === facts.get('definitions')) {
    return;
  }
  const before = facts.get('views')?.split(',') ?? [];
  await replaceViews(client, viewSql, before);
  await client.query(DROP_RULED);
  for (const { name, sql } of indexSql) {
    await client.query(`DROP INDEX IF EXISTS ${quotedName(name)}`);
    await client.query(sql);
  }
  await writeFact(client, 'definitions', definitions);
  await writeFact(client, 'views', viewSql.map(({ name }) => name).join());
}

interface Definition {
  readonly name: string;
  readonly sql: string;
}

/**
 * In place where that is possible, so that what others have made of a view stays; else what was made before goes first.
 * @param before names of the views that the version before made
 */
async function replaceViews(
  client: ClientBase,
  views: readonly Definition[],
  before: readonly string[],
): Promise<void> {
  const names = views.map(({ name }) => name);
  await client.query('SAVEPOINT definitions');
  try {
    await dropViews(
      client,
      before.filter((name) => !names.includes(name)),
    );
    await makeAll(client, views);
  } catch {
    await client.query('ROLLBACK TO SAVEPOINT definitions');
    await dropViews(client, [...names, ...before.filter((name) => !names.includes(name))]);
    await client.query(DROP_FUNCTIONS);
    await makeAll(client, views);
  }
}

async function makeAll(client: ClientBase, views: readonly Definition[]): Promise<void> {
  await client.query(functions);
  for (const { sql } of views) {
    await client.query(sql);
  }
}

/** @param names in the order in which they were made */
async function dropViews(client: ClientBase, names: readonly string[]): Promise<void> {
  for (const name of names.toReversed()) {
    await client.query(`DROP VIEW IF EXISTS ${quotedName(name)}`);
  }
}

/** @param sql `CREATE INDEX name ON …` */
function indexName(sql: string): string {
  return /INDEX\s+(\w+)/iu.exec(sql)?.[1] ?? '';
}

/** What is unique in the mirror need not be in a warehouse that keeps what the mirror lets go. */
function plainIndex(sql: string): string {
  return sql.replace(/^CREATE UNIQUE INDEX/iu, 'CREATE INDEX');
}

/** A view that takes all columns of a table has only those that it has in the mirror. */
function ownColumns(name: string, sql: string, columns: readonly string[]): string {
  const begin = new RegExp(`^CREATE VIEW ${name} AS\\s`, 'u');
  const body = sql.replace(begin, '');
  return body === sql || !/\b\w+\.\*/u.test(body)
    ? sql
    : `CREATE VIEW ${name} AS SELECT ${columns.map(quotedName).join(', ')} FROM (\n${body}\n) AS whole`;
}
