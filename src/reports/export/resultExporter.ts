import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import type { SqlParameters } from '../../store/resultSet';
import { WorkerClient } from '../../store/workers/workerClient';
import type { ResultFormat } from './resultFile';

/** The methods that the worker serves. */
export interface ResultExportMethods {
  readonly write: (
    statement: { readonly sql: string; readonly parameters?: SqlParameters | undefined },
    path: string,
    format: ResultFormat,
  ) => Promise<number>;
}

export interface SaveRequest {
  /** Bundle of `resultExportWorker.ts`. */
  readonly workerPath: string;
  /** The data folder that the statement reads. */
  readonly folder: string;
  readonly statement: { readonly sql: string; readonly parameters?: SqlParameters | undefined };
  readonly path: string;
  readonly format: ResultFormat;
  readonly signal: AbortSignal;
}

/**
 * Runs a statement in a thread of its own and writes all of its rows to a file, whole or not at all. A cancel ends the thread.
 * @returns how many rows there are
 * @throws AbortError, SqlError, NoDatabaseError, or Error naming the file
 */
export async function saveAllRows(request: SaveRequest): Promise<number> {
  const { workerPath, folder, statement, path, format, signal } = request;
  signal.throwIfAborted();
  const worker = new WorkerClient<ResultExportMethods>({ workerPath, data: { folder } });
  const cancel = (): void => {
    void worker.terminate(new DOMException('Cancelled', 'AbortError'));
  };
  signal.addEventListener('abort', cancel, { once: true });
  // The thread may end in the middle of it: its file gets its name only here.
  const unfinished = `${path}.${randomUUID()}.part`;
  try {
    const count = await worker.call('write', [statement, unfinished, format]);
    await rename(unfinished, path);
    return count;
  } finally {
    signal.removeEventListener('abort', cancel);
    await worker.terminate();
    await rm(unfinished, { force: true });
  }
}
