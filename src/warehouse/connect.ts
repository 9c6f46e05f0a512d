import { Client } from 'pg';
import { explainConnection, explainLogIn } from './connectionErrors';
import { assertOwnSession } from './ownSession';
import { checkServer } from './serverChecks';
import { applySettings } from './sessionSettings';
import type { SslMode, Warehouse } from './warehouseTypes';

/** How long connecting may take, in ms. */
const CONNECTING = 15_000;

const APPLICATION_NAME = 'openwebui-sync';

/** Rows that a policy hides could be neither compared nor removed: rather no push than one that leaves them. */
const FOR_PUSHES = { row_security: 'off' };

/**
 * Connects to a warehouse, with its schema alone in the search path; whether the schema is there is not asked. The connection
 * keeps its session: what is set and locked stays for as long as it lasts. End the client yourself.
 * @throws WarehouseError that says why it is not reachable, or cannot be pushed to
 */
export async function connect(warehouse: Warehouse, password: string | undefined): Promise<Client> {
  const { client, pid } = await logIn(warehouse, password);
  try {
    const second = async (): Promise<Client> => (await logIn(warehouse, password)).client;
    await assertOwnSession(client, pid, warehouse, second);
    await applySettings(client, warehouse.schema, { isLocal: false, more: FOR_PUSHES });
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw explainConnection(error, warehouse);
  }
}

/** A connection on which nothing is set yet, and the server's process that answered. */
export interface LoggedIn {
  readonly client: Client;
  readonly pid: number;
}

/**
 * Connects to a warehouse and leaves the session as the server begins it, since a pooler may give it to others. End the client
 * yourself.
 * @throws WarehouseError that says why it is not reachable, or is no server for us
 */
export async function logIn(warehouse: Warehouse, password: string | undefined): Promise<LoggedIn> {
  const { host, port, database, user, ssl } = warehouse;
  const client = new Client({
    ...{ host, port, database, user },
    // Without one `pg` looks where PostgreSQL's own programs do: PGPASSWORD, ~/.pgpass.
    ...(password === undefined ? {} : { password }),
    ssl: tlsOf(ssl),
    application_name: APPLICATION_NAME,
    connectionTimeoutMillis: CONNECTING,
    keepAlive: true,
  });
  // A connection that breaks between two statements is told by the next one.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return { client, pid: await checkServer(client, warehouse) };
  } catch (error) {
    await client.end().catch(() => undefined);
    throw explainLogIn(error, warehouse);
  }
}

/** `pg` believes what it is told here: nothing of the environment loosens it. */
function tlsOf(mode: SslMode): false | { readonly rejectUnauthorized: boolean } {
  return mode === 'disable' ? false : { rejectUnauthorized: mode === 'verify-full' };
}
