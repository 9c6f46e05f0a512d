import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { SqlParameters } from '../../store/resultSet';
import { WorkerClient } from '../../store/workers/workerClient';
import { WHOLE_LIMITS, type ResultFormat, type WholeLimits } from './resultFile';

/** What gives the rows. */
export interface SavedStatement {
  readonly sql: string;
  readonly parameters?: SqlParameters | undefined;
}

/** A file as the worker writes it. */
export interface ResultExportOrder {
  readonly statement: SavedStatement;
  readonly path: string;
  readonly format: ResultFormat;
  readonly limits: WholeLimits;
}

/** The methods that the worker serves. */
export interface ResultExportMethods {
  /** @param told gets the number of rows now and then @returns how many there are */
  readonly write: (order: ResultExportOrder, told: MessagePort) => Promise<number>;
}

export interface SaveRequest {
  /** Bundle of `resultExportWorker.ts`. */
  readonly workerPath: string;
  /** The data folder that the statement reads. */
  readonly folder: string;
  readonly statement: SavedStatement;
  readonly path: string;
  readonly format: ResultFormat;
  readonly signal: AbortSignal;
  /** Told at most four times a second how many rows were written. */
  readonly onRows?: ((count: number) => void) | undefined;
  /** Of formats that are made in memory. */
  readonly limits?: WholeLimits | undefined;
}

/**
 * Runs a statement in a thread of its own and writes all of its rows to a file, whole or not at all. A cancel ends the thread.
 * @returns how many rows there are
 * @throws AbortError, SqlError, NoDatabaseError, Error that says what does not fit into the format or into the file's folder
 */
export async function saveAllRows(request: SaveRequest): Promise<number> {
  const { workerPath, folder, statement, path, format, signal, onRows, limits = WHOLE_LIMITS } = request;
  signal.throwIfAborted();
  const worker = new WorkerClient<ResultExportMethods>({ workerPath, data: { folder } });
  const cancel = (): void => {
    void worker.terminate(new DOMException('Cancelled', 'AbortError'));
  };
  signal.addEventListener('abort', cancel, { once: true });
  const { port1: heard, port2: told } = new MessageChannel();
  heard.on('message', (count: number) => onRows?.(count));
  // The thread may end in the middle of it: its file gets its name only here.
  const unfinished = `${path}.${randomUUID()}.part`;
  try {
    const order = { statement, path: unfinished, format, limits };
    const count = await worker.call('write', [order, told], [told]);
    await rename(unfinished, path);
    return count;
  } finally {
    heard.close();
    signal.removeEventListener('abort', cancel);
    await worker.terminate();
    await rm(unfinished, { force: true });
  }
}
