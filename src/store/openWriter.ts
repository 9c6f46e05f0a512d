import { WRITER_METHODS, type FetchedChat, type StoreWriter } from './mirrorWriter';
import type { EpochSeconds } from './records';
import type { RetentionPolicy } from './retention/retention';
import { transferable } from './workers/rpc';
import { WorkerClient } from './workers/workerClient';

export interface WriterOptions {
  /** The data folder; made when missing. */
  readonly folder: string;
  /** Bundle of `src/sync/writerWorker.ts`. */
  readonly workerPath: string;
  /** IANA name of the mirror's zone, from `instances.json`. */
  readonly zone: string;
  /** A throw-away copy: nothing is journalled or published, the folder stays as it is. */
  readonly isDryRun?: boolean | undefined;
  /** How long text and sync runs are kept, by the settings; without it as the mirror remembers. */
  readonly retention?: RetentionPolicy | undefined;
  /** Opens also what a newer version of the product wrote; then only `restore` works. */
  readonly isForRestore?: boolean | undefined;
  /** Time of `sync_datetime`; the machine's clock unless told otherwise. */
  readonly clock?: (() => EpochSeconds) | undefined;
}

/** What one use of the writer asks for beyond the rest. */
export type WriterPurpose = Pick<WriterOptions, 'isForRestore'>;

/** What the writer worker reads at its start. */
export interface WriterWorkerData {
  readonly folder: string;
  readonly zone: string;
  readonly isDryRun: boolean;
  readonly retention: RetentionPolicy | undefined;
  readonly isForRestore: boolean;
}

/** The methods that the writer worker serves. */
export type WriterMethods = {
  readonly [K in keyof StoreWriter]: StoreWriter[K];
} & { readonly open: () => Promise<void> };

/**
 * Starts the writer worker on the newest file generation. One writer per process: share it between runs.
 * @throws NewerDatabaseError when a newer version of the product wrote the database.
 */
export async function openWriter(options: WriterOptions): Promise<StoreWriter> {
  const { folder, workerPath, zone, isDryRun = false, isForRestore = false, retention } = options;
  const data: WriterWorkerData = { folder, zone, isDryRun, isForRestore, retention };
  const clock = options.clock ?? ((): EpochSeconds => Math.floor(Date.now() / 1000));
  const worker = new WorkerClient<WriterMethods>({ workerPath, data, context: clock });
  try {
    await worker.call('open', []);
  } catch (error) {
    await worker.terminate();
    throw error;
  }
  return handleOf(worker);
}

function handleOf(worker: WorkerClient<WriterMethods>): StoreWriter {
  const applyChat: StoreWriter['applyChat'] = (runId: string, chat: FetchedChat) => {
    const body = transferable(chat.body);
    return worker.call('applyChat', [runId, { ...chat, body }], [body.buffer]);
  };
  const close = async (): Promise<void> => {
    if (!worker.isAlive) {
      return;
    }
    try {
      await worker.call('close', []);
    } finally {
      await worker.terminate();
    }
  };
  return { ...forwarded(worker), applyChat, close };
}

/** Every method, as a call to the worker. */
function forwarded(worker: WorkerClient<WriterMethods>): StoreWriter {
  const calls = WRITER_METHODS.map((name) => {
    const call = (...args: Parameters<WriterMethods[typeof name]>): Promise<unknown> =>
      worker.call(name, args);
    return [name, call];
  });
  return Object.fromEntries(calls) as StoreWriter;
}
