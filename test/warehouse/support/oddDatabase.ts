import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { postgresAddress } from './postgres';

/** What an administrator may have set, each otherwise than PostgreSQL does. */
export const ODD_SETTINGS: Readonly<Record<string, string>> = {
  DateStyle: 'German, DMY',
  IntervalStyle: 'sql_standard',
  TimeZone: 'America/St_Johns',
  standard_conforming_strings: 'off',
  bytea_output: 'escape',
  extra_float_digits: '-5',
  client_encoding: 'LATIN1',
  default_transaction_isolation: 'serializable',
  default_transaction_deferrable: 'on',
  statement_timeout: '3s',
  lock_timeout: '1ms',
  idle_in_transaction_session_timeout: '1s',
  idle_session_timeout: '1s',
  search_path: 'pg_catalog',
  quote_all_identifiers: 'on',
};

/** A database of its own on the server for tests. */
export interface TestDatabase {
  readonly name: string;
  /** With the password of its owner. */
  readonly address: string;
  /** Runs a statement there. */
  readonly run: (sql: string) => Promise<readonly Record<string, unknown>[]>;
  /** Takes the database away, whoever is connected. */
  drop(): Promise<void>;
}

/** @param options behind `CREATE DATABASE name` @param settings of every connection to it */
export async function createDatabase(
  options: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(postgresAddress());
  url.pathname = `/${name}`;
  await runAt(postgresAddress(), `CREATE DATABASE ${name} ${options}`);
  for (const [setting, value] of Object.entries(settings)) {
    const text = setting === 'search_path' || setting === 'DateStyle' ? value : `'${value}'`;
    await runAt(postgresAddress(), `ALTER DATABASE ${name} SET ${setting} TO ${text}`);
  }
  return {
    name,
    address: url.href,
    run: (sql) => runAt(url.href, sql),
    drop: async () => {
      await runAt(postgresAddress(), `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function runAt(address: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: address });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** One that is set up otherwise in every way that matters, with a language that sorts its own way where the server has one. */
export async function createOddDatabase(): Promise<TestDatabase> {
  const [known] = await runAt(
    postgresAddress(),
    "SELECT current_setting('server_version_num')::int AS version",
  );
  const hasLanguages = Number(known?.['version']) >= 150_000;
  return createDatabase(
    hasLanguages
      ? "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'sv-SE' LOCALE 'C'"
      : 'TEMPLATE template0',
    ODD_SETTINGS,
  );
}
