import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { removingAtExit } from '../store/files/removingAtExit';
import { mirrorIdFor } from '../store/instances/mirrorId';
import { WorkerClient } from '../store/workers/workerClient';
import type { ExportOrder, ExportSummary, TableProgress } from './exportTypes';
import { BEAT_MS, beatWorkFolder, releaseWorkFolder } from './workFolder';

/** Of the name that a manifest has for the mirror. */
const MIRROR_DIGITS = 16;

/** The methods that the worker serves. */
export interface TableExportMethods {
  /** @param id of this export, unique @param told gets the {@link TableProgress} now and then */
  readonly run: (order: ExportOrder, id: string, told: MessagePort) => Promise<ExportSummary>;
}

export interface ExportRequest extends Omit<ExportOrder, 'mirror' | 'now'> {
  /** Bundle of `exportWorker.ts`. */
  readonly workerPath: string;
  readonly signal: AbortSignal;
  readonly onProgress?: ((progress: TableProgress) => void) | undefined;
}

/**
 * Exports tables of the newest data in a thread of its own. A cancel ends the thread: no half file is left, and the next
 * export to the folder goes on from there.
 * @throws AbortError, ExportError that says what to change, NoDatabaseError, TextFileError, ExportLedgerError
 */
export async function exportTables(request: ExportRequest): Promise<ExportSummary> {
  const { workerPath, signal, onProgress, ...wish } = request;
  const order: ExportOrder = {
    ...wish,
    output: resolve(wish.output),
    mirror: await mirrorIdFor(wish.root, 'export of ', MIRROR_DIGITS),
    now: Math.floor(Date.now() / 1000),
  };
  signal.throwIfAborted();
  const id = randomUUID();
  const release = (): void => releaseWorkFolder(order.output, id);
  return removingAtExit(release, async () => {
    const worker = new WorkerClient<TableExportMethods>({ workerPath, data: undefined });
    const cancel = (): void => {
      void worker.terminate(new DOMException('Cancelled', 'AbortError'));
    };
    signal.addEventListener('abort', cancel, { once: true });
    const beat = setInterval(() => beatWorkFolder(order.output, id), BEAT_MS);
    const { port1: heard, port2: told } = new MessageChannel();
    heard.on('message', (progress: TableProgress) => onProgress?.(progress));
    try {
      return await worker.call('run', [order, id, told], [told]);
    } finally {
      clearInterval(beat);
      heard.close();
      signal.removeEventListener('abort', cancel);
      await worker.terminate();
      // The thread may have ended in the middle of a file.
      release();
    }
  });
}
