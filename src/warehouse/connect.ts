import { Client } from 'pg';
import { quotedName } from '../store/sqlite/sqlQuoting';
import { explainConnection } from './connectionErrors';
import type { SslMode, Warehouse } from './warehouseTypes';

/** How long something may take before it counts as failed, in ms. */
const TIMES = {
  connecting: 15_000,
  statement: 600_000,
  /** Somebody else's lock on a table. */
  lock: 60_000,
  /** Of a server whose client has gone without a word. */
  idleInTransaction: 600_000,
};

const APPLICATION_NAME = 'openwebui-sync';

/**
 * Connects to a warehouse, with its schema alone in the search path; whether the schema is there is not asked. End the
 * client yourself.
 * @throws WarehouseError that says why it is not reachable
 */
export async function connect(warehouse: Warehouse, password: string | undefined): Promise<Client> {
  const { host, port, database, user, schema, ssl } = warehouse;
  const client = new Client({
    ...{ host, port, database, user },
    // Without one `pg` looks where PostgreSQL's own programs do: PGPASSWORD, ~/.pgpass.
    ...(password === undefined ? {} : { password }),
    ssl: tlsOf(ssl),
    application_name: APPLICATION_NAME,
    connectionTimeoutMillis: TIMES.connecting,
    statement_timeout: TIMES.statement,
    lock_timeout: TIMES.lock,
    idle_in_transaction_session_timeout: TIMES.idleInTransaction,
    keepAlive: true,
  });
  // A connection that breaks between two statements is told by the next one.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(`SET search_path TO ${quotedName(schema)}`);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw explainConnection(error, warehouse);
  }
}

/** `pg` believes what it is told here: nothing of the environment loosens it. */
function tlsOf(mode: SslMode): false | { readonly rejectUnauthorized: boolean } {
  return mode === 'disable' ? false : { rejectUnauthorized: mode === 'verify-full' };
}
