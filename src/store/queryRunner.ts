import { IdleWorker } from './workers/idleWorker';
import type { ReaderWorkerData } from './reader';
import type { CheckMessage } from './reading/checkStatement';
import type { Visible } from './reading/limitedCopyTypes';
import { SqlError, type QueryRunner, type ResultSet, type SqlParameters } from './resultSet';
import type { SelectionLimit } from './sqlite/sqlite';
import { decodeResult, type ResultMessage } from './workers/resultTransfer';

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
  readonly run: (
    sql: string,
    limit: SelectionLimit,
    parameters?: SqlParameters,
    visible?: Visible,
  ) => ResultMessage;
  readonly check: (sql: string) => CheckMessage;
}

type RunOptions = Parameters<QueryRunner['run']>[1];

/** Runs a person's SQL one statement after the other; cancelling stops the worker, the next run starts another. */
export function createQueryRunner({ folder, workerPath, idleMs }: QueryRunnerOptions): QueryRunner {
  const worker = new IdleWorker<QueryMethods>(workerPath, { folder } satisfies ReaderWorkerData, idleMs);
  let last: Promise<unknown> = Promise.resolve();

  const execute = async (
    sql: string,
    { limit, mostSize, parameters, visible, signal }: RunOptions,
  ): Promise<ResultSet> => {
    if (signal?.aborted === true) {
      throw abortError();
    }
    const cancel = (): void => {
      worker.drop(abortError());
    };
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return decodeResult(
        await worker.ask((client) =>
          client.call('run', [sql, { rows: limit, size: mostSize }, parameters, visible]),
        ),
      );
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  };

  /** One at a time: cancelling one run must not stop another's work. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };

  return {
    run: (sql, options) =>
      orAborted(
        inTurn(() => execute(sql, options)),
        options.signal,
      ),
    check: async (sql) => {
      const { error, ...rest } = await inTurn(() => worker.ask((client) => client.call('check', [sql])));
      return { ...rest, error: error && new SqlError(error.message, error.offset) };
    },
    dispose: () => void worker.dispose(),
  };
}

/** A run that waits for its turn settles as soon as it is cancelled. */
function orAborted<T>(result: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) {
    return result;
  }
  return new Promise((resolve, reject) => {
    const cancel = (): void => {
      reject(abortError());
    };
    signal.addEventListener('abort', cancel, { once: true });
    void result.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', cancel);
    });
  });
}

function abortError(): Error {
  return new DOMException('The query was cancelled', 'AbortError');
}
