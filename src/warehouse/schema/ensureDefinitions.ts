import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { quotedName } from '../../store/sqlite/sqlQuoting';
import type { LocalMirror } from '../push/localMirror';
import { writeFact } from './bookkeeping';
import functions from './functions.sql';
import { createView } from './views';

/**
 * Makes functions, views and indexes what this version says, where they differ. Inside the transaction of the last rows: a
 * view never reads columns that are not filled yet.
 */
export async function ensureDefinitions(
  client: ClientBase,
  { views, indexes }: LocalMirror,
  known: string | undefined,
): Promise<void> {
  const viewSql = views.map(({ name, sql, columns }) => ({
    name,
    sql: createView(ownColumns(name, sql, columns)),
  }));
  const indexSql = indexes.map((sql) => ({ name: indexName(sql), sql: plainIndex(sql) }));
  const text = JSON.stringify([functions, viewSql, indexSql]);
  const definitions = createHash('sha256').update(text).digest('hex');
  if (definitions === known) {
    return;
  }
  await client.query(functions);
  await replaceViews(client, viewSql);
  for (const { name, sql } of indexSql) {
    await client.query(`DROP INDEX IF EXISTS ${quotedName(name)}`);
    await client.query(sql);
  }
  await writeFact(client, 'definitions', definitions);
}

interface Definition {
  readonly name: string;
  readonly sql: string;
}

/** In place where that is possible, so that what others have made of a view stays. */
async function replaceViews(client: ClientBase, views: readonly Definition[]): Promise<void> {
  await client.query('SAVEPOINT views');
  try {
    await runAll(client, views);
  } catch {
    await client.query('ROLLBACK TO SAVEPOINT views');
    for (const { name } of views.toReversed()) {
      await client.query(`DROP VIEW IF EXISTS ${quotedName(name)}`);
    }
    await runAll(client, views);
  }
}

async function runAll(client: ClientBase, definitions: readonly Definition[]): Promise<void> {
  for (const { sql } of definitions) {
    await client.query(sql);
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
