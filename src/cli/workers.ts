import { join } from 'node:path';
import { tellingOfEdits } from '../store/files/editedCopy';
import { openWriter, type WriterPurpose } from '../store/openWriter';
import type { StoreWriter } from '../store/mirrorWriter';
import { createReader, type StoreReader } from '../store/reader';
import { abortable } from '../sync/abortable';

/** The workers' bundles, which lie beside the command line's own. */
export const WORKERS = {
  writer: join(__dirname, 'writer.js'),
  reader: join(__dirname, 'reader.js'),
  query: join(__dirname, 'query.js'),
  reportExport: join(__dirname, 'reportExport.js'),
  tableExport: join(__dirname, 'tableExport.js'),
  /** No worker: the script of exported pages. */
  exportRuntime: join(__dirname, 'webview', 'exportRuntime.js'),
} as const;

/**
 * Opens the writer of a data folder, in the mirror's zone.
 * @param tell gets what the user should know of the database
 */
export function writerOf(
  folder: string,
  zone: string,
  tell: (sentence: string) => void,
  purpose: WriterPurpose = {},
): () => Promise<StoreWriter> {
  const options = { folder, zone, workerPath: WORKERS.writer, ...purpose };
  return async () => tellingOfEdits(await openWriter(options), tell);
}

/**
 * Reads from a data folder's mirror with a reader that ends afterwards. @param signal ends it at once
 * @throws the signal's reason
 */
export async function withReader<T>(
  folder: string,
  read: (reader: StoreReader) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const reader = createReader({ folder, workerPath: WORKERS.reader });
  try {
    return await (signal === undefined ? read(reader) : abortable(() => read(reader), signal));
  } finally {
    await reader.end();
  }
}

/** Opens a writer on a throw-away copy of a data folder's mirror. */
export function dryWriterOf(folder: string, zone: string): () => Promise<StoreWriter> {
  return () => openWriter({ folder, zone, workerPath: WORKERS.writer, isDryRun: true });
}
