import * as l10n from '@vscode/l10n';
import type { Client } from 'pg';
import { SCHEMA_VERSION } from '../../store/migrations';
import { SqlError } from '../../store/resultSet';
import { logIn } from '../connect';
import { explainReading } from '../connectionErrors';
import { hasWarehouse, readFacts, readLastPush } from '../schema/bookkeeping';
import { applySettings } from '../sessionSettings';
import { WarehouseError } from '../warehouseErrors';
import type { Warehouse, WarehouseReader } from '../warehouseTypes';
import { createPostgresReader } from './postgresReader';

/** Where the transaction goes on behind a statement that failed. */
const SAVEPOINT = 'before_statement';

/** All that is read is of one moment, whatever is pushed meanwhile. */
const BEGIN = 'BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY';

/**
 * Reports are long statements over many expressions: to compile them takes PostgreSQL seconds, and saves it none. Sums by
 * chat and user are to stay in memory.
 */
const FOR_REPORTS = { jit: 'off', work_mem: '64MB' };

/**
 * Connects to a warehouse for reports, as it is now; nothing is ever written over this connection. Dispose of it afterwards,
 * and soon: it keeps a transaction open.
 * @throws WarehouseError where it is not reachable, nothing was pushed to it yet, or rows of another schema than this version's
 */
export async function openWarehouseReader(
  warehouse: Warehouse,
  password: string | undefined,
): Promise<WarehouseReader> {
  const { client } = await logIn(warehouse, password);
  try {
    await client.query(BEGIN);
    // Of this transaction alone: behind a pooler the session is others' too.
    await applySettings(client, warehouse.schema, { isLocal: true, more: FOR_REPORTS });
    await client.query(`SAVEPOINT ${SAVEPOINT}`);
    const known = await readableFacts(client, warehouse);
    const reader = createPostgresReader(client, () => generationIn(client));
    const inTurn = oneByOne(client);
    return {
      ...reader,
      ...known,
      generation: () => inTurn(() => reader.generation()),
      query: (sql, parameters) =>
        inTurn(() => reader.query(sql, parameters)).catch((error: unknown) => {
          throw error instanceof SqlError ? error : explainReading(error, warehouse);
        }),
      dispose: () => void client.end().catch(() => undefined),
    };
  } catch (error) {
    await client.end().catch(() => undefined);
    throw explainReading(error, warehouse);
  }
}

/** Asks one thing after the other: what was sent behind a statement that fails would fail with it. */
function oneByOne(client: Client): <T>(ask: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (ask) => {
    const answer = last.then(ask);
    // Where the connection is gone the next statement says so.
    last = answer.catch(() => client.query(`ROLLBACK TO SAVEPOINT ${SAVEPOINT}`).catch(() => undefined));
    return answer;
  };
}

/** What a reader has to know of a warehouse. @throws WarehouseError where this version cannot read it */
async function readableFacts(
  client: Client,
  warehouse: Warehouse,
): Promise<Pick<WarehouseReader, 'zone' | 'pushedAt'>> {
  const lastPush = (await hasWarehouse(client, warehouse.schema)) ? await readLastPush(client) : undefined;
  if (lastPush === undefined) {
    throw new WarehouseError(
      l10n.t('Nothing was pushed to the warehouse {0} yet. Push to it first.', warehouse.name),
      { remedy: 'push', warehouse: warehouse.name },
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
        'The warehouse {0} was pushed to by an older version of OpenWebUI Sync. Push to it first.',
        name,
      ),
      { remedy: 'push', warehouse: name },
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
