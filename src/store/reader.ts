import type { ReportReader, ResultSet, SqlParameters } from './resultSet';
import type { MirrorStatus } from './runs';
import { WorkerClient } from './workerClient';

export interface ReaderOptions {
  /** The data folder. */
  readonly folder: string;
  /** Bundle of `src/store/readerWorker.ts`. */
  readonly workerPath: string;
  /** The worker is dropped when nothing was asked for so long. Default 10 min. */
  readonly idleMs?: number | undefined;
}

/** Reads reports and the status from the newest file generation. */
export interface StoreReader extends ReportReader {
  /** The status, derived anew from the newest generation and the journal. */
  status(): Promise<MirrorStatus>;
}

/** What the reader and the query worker read at their start. */
export interface ReaderWorkerData {
  readonly folder: string;
}

/** The methods that the reader worker serves. */
export interface ReaderMethods {
  readonly query: (sql: string, parameters?: SqlParameters) => ResultSet;
  readonly generation: () => number;
  readonly status: () => MirrorStatus;
}

const IDLE_MS = 10 * 60_000;

/** A reader whose worker starts with the first question and goes when idle. */
export function createReader({ folder, workerPath, idleMs = IDLE_MS }: ReaderOptions): StoreReader {
  let worker: WorkerClient<ReaderMethods> | undefined;
  let idleTimer: NodeJS.Timeout | undefined;
  let waiting = 0;
  let isDisposed = false;

  const drop = (): void => {
    clearTimeout(idleTimer);
    void worker?.terminate();
    worker = undefined;
  };
  const current = (): WorkerClient<ReaderMethods> => {
    if (isDisposed) {
      throw new Error('The reader was disposed');
    }
    if (worker?.isAlive !== true) {
      worker = new WorkerClient<ReaderMethods>({ workerPath, data: { folder } satisfies ReaderWorkerData });
    }
    return worker;
  };
  const ask = async <T>(question: (client: WorkerClient<ReaderMethods>) => Promise<T>): Promise<T> => {
    clearTimeout(idleTimer);
    waiting++;
    try {
      return await question(current());
    } finally {
      waiting--;
      if (waiting === 0 && !isDisposed) {
        idleTimer = setTimeout(drop, idleMs).unref();
      }
    }
  };

  return {
    query: (sql, parameters) => ask((client) => client.call('query', [sql, parameters])),
    generation: () => ask((client) => client.call('generation', [])),
    status: () => ask((client) => client.call('status', [])),
    dispose: (): void => {
      isDisposed = true;
      drop();
    },
  };
}
