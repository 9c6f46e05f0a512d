import type { ReaderWorkerData } from './reader';
import type { QueryRunner, ResultSet, SqlParameters } from './resultSet';
import { WorkerClient } from './workerClient';

export interface QueryRunnerOptions {
  /** The data folder. */
  readonly folder: string;
  /** Bundle of `src/store/queryWorker.ts`. */
  readonly workerPath: string;
  /** The worker is dropped when nothing was run for so long. Default 10 min. */
  readonly idleMs?: number | undefined;
}

/** The methods that the query worker serves. */
export interface QueryMethods {
  readonly run: (sql: string, limit: number, parameters?: SqlParameters) => ResultSet;
}

const IDLE_MS = 10 * 60_000;

/** Runs a person's SQL one statement after the other; cancelling stops the worker, the next run starts another. */
export function createQueryRunner(options: QueryRunnerOptions): QueryRunner {
  const { folder, workerPath, idleMs = IDLE_MS } = options;
  let worker: WorkerClient<QueryMethods> | undefined;
  let idleTimer: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let isDisposed = false;

  const drop = (reason?: Error): void => {
    clearTimeout(idleTimer);
    void worker?.terminate(reason);
    worker = undefined;
  };
  const execute = async (
    sql: string,
    { limit, parameters, signal }: Parameters<QueryRunner['run']>[1],
  ): Promise<ResultSet> => {
    if (isDisposed) {
      throw new Error('The query runner was disposed');
    }
    throwIfAborted(signal);
    clearTimeout(idleTimer);
    if (worker?.isAlive !== true) {
      worker = new WorkerClient<QueryMethods>({ workerPath, data: { folder } satisfies ReaderWorkerData });
    }
    const cancel = (): void => {
      drop(abortError());
    };
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await worker.call('run', [sql, limit, parameters]);
    } finally {
      signal?.removeEventListener('abort', cancel);
      if (!isDisposed) {
        idleTimer = setTimeout(drop, idleMs).unref();
      }
    }
  };

  return {
    run: (sql, runOptions) => {
      // One at a time: cancelling one run must not stop another's.
      const result = last.then(() => execute(sql, runOptions));
      last = result.catch(() => undefined);
      return result;
    },
    dispose: (): void => {
      isDisposed = true;
      drop();
    },
  };
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) {
    throw abortError();
  }
}

function abortError(): Error {
  return new DOMException('The query was cancelled', 'AbortError');
}
