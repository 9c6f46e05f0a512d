import type { Client } from 'pg';
import { TextFileError } from '../../store/errors';
import { connect } from '../connect';
import { explainConnection } from '../connectionErrors';
import { hasWarehouse, readFacts, type WarehouseFactValues } from '../schema/bookkeeping';
import { assertUsable } from '../schema/ensureTables';
import type { PushOptions, PushResult } from '../warehouseTypes';
import { holdLock } from './holdLock';
import { mirrorState, openLocalMirror } from './localMirror';
import { mirrorIdOf } from './mirrorId';
import { inTransaction, PushTally, type PushContext } from './pushContext';
import { pushMirror, type PushOrder } from './pushMirror';

/**
 * Makes a warehouse hold what the mirror's newest file generation holds, and keep what the mirror has let go. Writers may be
 * at work meanwhile. What was pushed before an error or a wish to stop stays: push again to go on from there.
 * @throws WarehouseError, WarehouseBusyError; NoDatabaseError, NewerDatabaseError, TextFileError; the signal's reason
 */
export async function push(options: PushOptions): Promise<PushResult> {
  const { root, warehouse, password, isFull = false, afterRestore = false } = options;
  const startedAt = Date.now();
  const state = mirrorState(root);
  const mirrorId = await mirrorIdOf(root);
  const client = await connect(warehouse, password);
  const requests = countRequests(client);
  try {
    await holdLock(client, warehouse);
    const facts = await factsOf(client, options, mirrorId);
    if (!isFull && !afterRestore && holds(facts, state, options)) {
      return {
        ...{ generation: state.generation, isFull: false, hadNews: false, tables: {}, tombstones: 0 },
        ...{ requests: requests(), ms: Date.now() - startedAt },
      };
    }
    const done = await pushNewest(client, options, { mirrorId, startedAt, requests });
    return { hadNews: true, ...done, requests: requests(), ms: Date.now() - startedAt };
  } catch (error) {
    throw explainConnection(error, warehouse);
  } finally {
    await client.end().catch(() => undefined);
  }
}

type Pushed = Pick<PushResult, 'generation' | 'isFull' | 'tables' | 'tombstones'>;

/** Files with older text may go while they are read, by an erasure or by a sync that packs them: then once more. */
async function pushNewest(
  client: Client,
  options: PushOptions,
  order: Pick<PushOrder, 'mirrorId' | 'startedAt' | 'requests'>,
): Promise<Pushed> {
  const tally = new PushTally();
  const before = mirrorState(options.root).generation;
  try {
    return await pushOnce(client, options, order, tally);
  } catch (error) {
    if (error instanceof TextFileError && mirrorState(options.root).generation !== before) {
      return pushOnce(client, options, order, tally);
    }
    throw error;
  }
}

async function pushOnce(
  client: Client,
  options: PushOptions,
  order: Pick<PushOrder, 'mirrorId' | 'startedAt' | 'requests'>,
  tally: PushTally,
): Promise<Pushed> {
  const { warehouse, signal, afterRestore = false, onProgress = () => undefined } = options;
  const mirror = await openLocalMirror(options.root);
  try {
    const context: PushContext = {
      ...{ client, warehouse, mirror, tally, afterRestore, signal, onProgress },
      isAtOnce: false,
      batch: (work) => inTransaction(client, work),
    };
    const done = await pushMirror(context, { ...options, ...order });
    return { generation: mirror.state.generation, tables: tally.byTable(), ...done };
  } finally {
    mirror.close();
  }
}

async function factsOf(
  client: Client,
  { warehouse }: PushOptions,
  mirrorId: string,
): Promise<WarehouseFactValues> {
  if (!(await hasWarehouse(client, warehouse.schema))) {
    return new Map();
  }
  const facts = await readFacts(client);
  assertUsable(facts, warehouse, mirrorId);
  return facts;
}

/** Whether a warehouse was made equal to this state, by this version of the product, and nothing was begun since. */
function holds(
  facts: WarehouseFactValues,
  { generation, journal }: ReturnType<typeof mirrorState>,
  { clientVersion }: PushOptions,
): boolean {
  return (
    facts.get('generation') === String(generation) &&
    facts.get('journal') === journal &&
    facts.get('client') === clientVersion &&
    facts.has('message_mark') &&
    !facts.has('following')
  );
}

/** Counts the statements that a connection sends from now on. */
function countRequests(client: Client): () => number {
  let requests = 0;
  const query = client.query.bind(client) as (...values: unknown[]) => unknown;
  client.query = ((...values: unknown[]) => {
    requests += 1;
    return query(...values);
  }) as Client['query'];
  return () => requests;
}
