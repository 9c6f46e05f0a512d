import type { Client } from 'pg';
import * as l10n from '@vscode/l10n';
import { WarehouseError } from './warehouseErrors';
import type { Warehouse } from './warehouseTypes';

/** How often a pooler is asked: with several servers at hand it may give the same one by chance. */
const ROUNDS = 3;

/** A pooler that has no server left for a second connection keeps it waiting. In ms. */
const WAIT_MS = 5_000;

const PROCESS = 'SELECT pg_backend_pid() AS pid';

/**
 * Settings, locks and what else a push keeps on its connection are lost, or become somebody else's, where a pooler gives the
 * server's process to whoever has a transaction.
 * @param pid the process that answered first @param second connects once more @throws WarehouseError
 */
export async function assertOwnSession(
  client: Client,
  pid: number,
  { name }: Warehouse,
  second: () => Promise<Client>,
): Promise<void> {
  // The protocol tells the process at the beginning; a pooler makes one up.
  if ((client as Client & { readonly processID?: number | null }).processID === pid) {
    return;
  }
  if (await isShared(client, pid, second)) {
    throw new WarehouseError(
      l10n.t(
        'The warehouse {0} is behind a pooler that shares its connections between transactions: a push needs one of its own. Connect to PostgreSQL directly, or let the pooler keep sessions (PgBouncer: {1}).',
        name,
        'pool_mode = session',
      ),
    );
  }
}

/** Whether another connection gets this one's process between its transactions, or takes its place. None to be had tells nothing. */
async function isShared(client: Client, pid: number, second: () => Promise<Client>): Promise<boolean> {
  const opening = second();
  const other = await inTime(opening.catch(() => undefined));
  if (other === undefined) {
    void opening.then(
      (late) => late.end(),
      () => undefined,
    );
    return false;
  }
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const taken = await inTime(processOf(other, 'BEGIN'));
      if (taken === undefined) {
        return false;
      }
      if (taken === pid || (await processOf(client)) !== pid) {
        return true;
      }
      await other.query('COMMIT');
    }
    return false;
  } finally {
    await other.end().catch(() => undefined);
  }
}

async function processOf(client: Client, before?: string): Promise<number> {
  if (before !== undefined) {
    await client.query(before);
  }
  const { rows } = await client.query<{ pid: number }>(PROCESS);
  return rows[0]?.pid ?? 0;
}

/** Undefined where it takes too long. */
async function inTime<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), WAIT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
