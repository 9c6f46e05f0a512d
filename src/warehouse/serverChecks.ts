import type { Client } from 'pg';
import * as l10n from '@vscode/l10n';
import { WarehouseError } from './warehouseErrors';
import type { Warehouse } from './warehouseTypes';

/** The oldest major version that is tested. */
export const OLDEST_POSTGRES = 14;

/** What databases that speak its protocol say of themselves differs from this, or names a version that is long gone. */
const OWN_VERSION = /^PostgreSQL (\d+)(?:\.\d+)*(?:devel|beta\d+|rc\d+)?[ ,]/u;

/** The process of the server that a connection's statements run in, as the server tells it. @throws WarehouseError */
export async function checkServer(client: Client, warehouse: Warehouse): Promise<number> {
  const { rows } = await client.query<{ version: string; encoding: string; pid: number }>(
    "SELECT version(), current_setting('server_encoding') AS encoding, pg_backend_pid() AS pid",
  );
  const { version = '', encoding = '', pid = 0 } = rows[0] ?? {};
  assertVersion(version, warehouse);
  if (encoding !== 'UTF8') {
    throw new WarehouseError(
      l10n.t(
        'The database {0} of the warehouse {1} cannot hold every text: its encoding is {2}. Make another one: {3}.',
        warehouse.database,
        warehouse.name,
        encoding,
        "CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0",
      ),
    );
  }
  return pid;
}

/** @param version what `version()` says @throws WarehouseError for an older PostgreSQL, and for what is none */
export function assertVersion(version: string, { name }: Pick<Warehouse, 'name'>): void {
  const major = OWN_VERSION.exec(version)?.[1];
  const shown = version.split(/ on |, /u)[0] ?? '';
  if (major === undefined) {
    throw new WarehouseError(
      l10n.t(
        'The warehouse {0} is not a PostgreSQL: it says {1}. A push needs PostgreSQL {2} or later.',
        name,
        `"${shown}"`,
        OLDEST_POSTGRES,
      ),
    );
  }
  if (Number(major) < OLDEST_POSTGRES) {
    throw new WarehouseError(
      l10n.t('The warehouse {0} is {1}. PostgreSQL {2} or later is needed.', name, shown, OLDEST_POSTGRES),
    );
  }
}
