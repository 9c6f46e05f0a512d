import type { DataFolder } from '../files/dataFolder';
import { replaceFile } from '../files/durableFiles';
import { refreshFixedCopy } from '../files/fixedCopy';
import type { GenerationStore } from '../files/generationStore';
import type { CopyResult } from '../writeResults';
import type { SqliteDatabase } from '../sqlite/sqlite';
import { queryStatus } from '../statusQuery';

/** What the files beside the generations are made from. */
export interface SideFileSource {
  readonly folder: DataFolder;
  readonly store: GenerationStore;
  readonly database: SqliteDatabase;
  /** Number of the newest generation. */
  readonly generation: number;
}

/**
 * Brings `status.json` and the fixed-name copy up to date. The status comes first: it needs little room.
 * @param time part of the name under which an edited copy is kept, such as `20251116-143015` @throws StorageError
 */
export function refreshSideFiles(
  { folder, store, database, generation }: SideFileSource,
  time: string,
): CopyResult {
  const status = queryStatus(database, generation);
  const told = store.isWithoutHardLinks(generation) ? { ...status, hasNoHardLinks: true } : status;
  replaceFile(folder.status, `${JSON.stringify(told)}\n`, {
    written: 'status:written',
    renamed: 'status:renamed',
  });
  const result = refreshFixedCopy(folder, generation, time);
  const putAside = store.takePutAside();
  return putAside.length === 0 ? result : { ...result, putAside };
}
