import * as l10n from '@vscode/l10n';
import type { Client } from 'pg';
import { SCHEMA_VERSION } from '../../store/migrations';
import { SqlError } from '../../store/resultSet';
import { connect } from '../connect';
import { explainConnection } from '../connectionErrors';
import { hasWarehouse, readFacts, readLastPush } from '../schema/bookkeeping';
import { WarehouseError } from '../warehouseErrors';
import type { Warehouse, WarehouseReader } from '../warehouseTypes';
import { createPostgresReader } from './postgresReader';

/**
 * Reports are long statements over many expressions: to compile them takes PostgreSQL seconds, and saves it none. Sums by
 * chat and user are to stay in memory.
 */
const SESSION = `SET default_transaction_read_only TO on; SET jit TO off; SET work_mem TO '64MB'`;

/**
 * Connects to a warehouse for reports; nothing is ever written over this connection. Dispose of it afterwards.
 * @throws WarehouseError where it is not reachable, nothing was pushed to it yet, or rows of another schema than this version's
 */
export async function openWarehouseReader(
  warehouse: Warehouse,
  password: string | undefined,
): Promise<WarehouseReader> {
  const client = await connect(warehouse, password);
  try {
    await client.query(SESSION);
    const known = await readableFacts(client, warehouse);
    const reader = createPostgresReader(client, () => generationIn(client));
    return {
      ...reader,
      ...known,
      query: (sql, parameters) =>
        reader.query(sql, parameters).catch((error: unknown) => {
          throw error instanceof SqlError ? error : explainConnection(error, warehouse);
        }),
      dispose: () => void client.end().catch(() => undefined),
    };
  } catch (error) {
    await client.end().catch(() => undefined);
    throw explainConnection(error, warehouse);
  }
}

/** What a reader has to know of a warehouse. @throws WarehouseError where this version cannot read it */
async function readableFacts(
  client: Client,
  warehouse: Warehouse,
): Promise<Pick<WarehouseReader, 'zone' | 'pushedAt'>> {
  const lastPush = (await hasWarehouse(client, warehouse.schema)) ? await readLastPush(client) : undefined;
  if (lastPush === undefined) {
    throw new WarehouseError(
      l10n.t(
        'Nothing was pushed to the warehouse {0} yet. Push to it first: {1}',
        warehouse.name,
        `push ${warehouse.name}`,
      ),
    );
  }
  const facts = await readFacts(client);
  assertSameSchema(Number(facts.get('schema')), warehouse);
  return { zone: facts.get('zone') ?? 'UTC', pushedAt: lastPush.finishedAt };
}

function assertSameSchema(schema: number, { name }: Warehouse): void {
  if (schema < SCHEMA_VERSION) {
    throw new WarehouseError(
      l10n.t(
        'The warehouse {0} was pushed to by an older version of OpenWebUI Sync. Push to it first: {1}',
        name,
        `push ${name}`,
      ),
    );
  }
  if (schema > SCHEMA_VERSION) {
    throw new WarehouseError(
      l10n.t(
        'The warehouse {0} was pushed to by a newer version of OpenWebUI Sync. Update this one to read it.',
        name,
      ),
    );
  }
}

async function generationIn(client: Client): Promise<number> {
  return Number((await readFacts(client)).get('generation') ?? 0);
}
