import { join } from 'node:path';
import { openWriter } from '../store/openWriter';
import type { StoreWriter } from '../store/mirrorWriter';

/** The workers' bundles, which lie beside the command line's own. */
export const WORKERS = {
  writer: join(__dirname, 'writer.js'),
  reader: join(__dirname, 'reader.js'),
  query: join(__dirname, 'query.js'),
} as const;

/** Opens the writer of a data folder, in the mirror's zone. */
export function writerOf(folder: string, zone: string): () => Promise<StoreWriter> {
  return () => openWriter({ folder, zone, workerPath: WORKERS.writer });
}
