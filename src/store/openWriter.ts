import type { FetchedChat, StoreWriter } from './mirrorWriter';
import type { EpochSeconds } from './records';
import { transferable } from './rpc';
import { WorkerClient } from './workerClient';

export interface WriterOptions {
  /** The data folder; made when missing. */
  readonly folder: string;
  /** Bundle of `src/sync/writerWorker.ts`. */
  readonly workerPath: string;
  /** IANA name of the mirror's zone, from `instances.json`. */
  readonly zone: string;
  /** A throw-away copy: nothing is journalled or published, the folder stays as it is. */
  readonly isDryRun?: boolean | undefined;
  /** Time of `sync_datetime`; the machine's clock unless told otherwise. */
  readonly clock?: (() => EpochSeconds) | undefined;
}

/** What the writer worker reads at its start. */
export interface WriterWorkerData {
  readonly folder: string;
  readonly zone: string;
  readonly isDryRun: boolean;
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
  const { folder, workerPath, zone, isDryRun = false } = options;
  const data: WriterWorkerData = { folder, zone, isDryRun };
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
  return {
    facts: (...args) => worker.call('facts', args),
    erasedPeople: (...args) => worker.call('erasedPeople', args),
    knownFeedback: (...args) => worker.call('knownFeedback', args),
    heldDeletions: (...args) => worker.call('heldDeletions', args),
    applyGroups: (...args) => worker.call('applyGroups', args),
    applyFeedback: (...args) => worker.call('applyFeedback', args),
    holdDeletions: (...args) => worker.call('holdDeletions', args),
    setHealth: (...args) => worker.call('setHealth', args),
    changes: (...args) => worker.call('changes', args),
    planPrivacy: (...args) => worker.call('planPrivacy', args),
    tightenPrivacy: (...args) => worker.call('tightenPrivacy', args),
    planErasure: (...args) => worker.call('planErasure', args),
    erasePerson: (...args) => worker.call('erasePerson', args),
    startRun: (...args) => worker.call('startRun', args),
    endRun: (...args) => worker.call('endRun', args),
    knownUsers: (...args) => worker.call('knownUsers', args),
    knownChats: (...args) => worker.call('knownChats', args),
    knownIds: (...args) => worker.call('knownIds', args),
    liveChats: (...args) => worker.call('liveChats', args),
    knownKnowledgeBases: (...args) => worker.call('knownKnowledgeBases', args),
    state: (...args) => worker.call('state', args),
    applyUsers: (...args) => worker.call('applyUsers', args),
    applyChat,
    applyModels: (...args) => worker.call('applyModels', args),
    applyKnowledgeBases: (...args) => worker.call('applyKnowledgeBases', args),
    applyFiles: (...args) => worker.call('applyFiles', args),
    markDeleted: (...args) => worker.call('markDeleted', args),
    quarantine: (...args) => worker.call('quarantine', args),
    quarantined: (...args) => worker.call('quarantined', args),
    saveState: (...args) => worker.call('saveState', args),
    publish: (...args) => worker.call('publish', args),
    refreshCopies: (...args) => worker.call('refreshCopies', args),
    removeInstance: (...args) => worker.call('removeInstance', args),
    close,
  };
}
