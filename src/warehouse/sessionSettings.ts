import type { ClientBase } from 'pg';
import { quotedName } from '../store/sqlite/sqlQuoting';

/**
 * What a server, a database or a user may have set otherwise, and our statements rely on. Limits say how long something may
 * take before it counts as failed; what this version of PostgreSQL does not know is left out.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  statement_timeout: '10min',
  /** Somebody else's lock on a table. */
  lock_timeout: '1min',
  /** Of a server whose client has gone without a word. */
  idle_in_transaction_session_timeout: '10min',
  // A push reads the mirror between its statements, and its transactions take as long as there are rows.
  idle_session_timeout: '0',
  transaction_timeout: '0',
  default_transaction_isolation: 'read committed',
  DateStyle: 'ISO',
  IntervalStyle: 'postgres',
  TimeZone: 'UTC',
  extra_float_digits: '1',
  bytea_output: 'hex',
  standard_conforming_strings: 'on',
};

const SET = `SELECT set_config(known.name, wanted.value, $2)
  FROM jsonb_each_text($1::jsonb) AS wanted (name, value) JOIN pg_settings known ON known.name = wanted.name`;

/** The server looks so often whether the client of a running statement is still there. Not every system can tell. */
const NOTICE_GONE_CLIENTS = (isLocal: boolean): string => `DO $$ BEGIN
    PERFORM set_config('client_connection_check_interval', '1s', ${String(isLocal)});
  EXCEPTION WHEN invalid_parameter_value THEN NULL; END $$`;

/**
 * Makes a connection independent of how its server is set up, with the warehouse's schema alone in the search path; whether
 * the schema is there is not asked.
 * @param isLocal for the transaction that is under way alone @param more settings beside the usual ones
 */
export async function applySettings(
  client: ClientBase,
  schema: string,
  { isLocal, more = {} }: { readonly isLocal: boolean; readonly more?: Readonly<Record<string, string>> },
): Promise<void> {
  const wanted = { ...SETTINGS, ...more, search_path: quotedName(schema) };
  await client.query(SET, [JSON.stringify(wanted), isLocal]);
  await client.query(NOTICE_GONE_CLIENTS(isLocal));
}
