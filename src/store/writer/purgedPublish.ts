import { basename } from 'node:path';
import type { DataFolder } from '../files/dataFolder';
import { reached } from '../files/failpoints';
import type { GenerationStore } from '../files/generationStore';
import type { RunJournal } from '../files/journal';
import type { CopyResult, PurgeResult } from '../writeResults';
import { unlessStorageFails } from '../files/storageFailure';
import { finishPurge, notePurge, type PendingPurge } from './pendingPurge';
import type { Session } from './session';

/** What the publish of a purge needs of the mirror's file. */
export interface PurgedMirror {
  readonly session: Session;
  readonly folder: DataFolder;
  /** Number of the newest generation. */
  readonly generation: number;
  /** Files that the purge deletes. */
  olderCopies(): string[];
  refreshCopies(): CopyResult;
}

/** The mirror's ways to the disk. */
export interface PurgePlaces {
  readonly store: GenerationStore;
  readonly journal: RunJournal;
  readonly publishNext: () => void;
}

/**
 * Publishes a database from which something was erased for good, then deletes every other file that may hold it.
 * @param instanceId the instance that it belonged to
 */
export function publishPurged(
  mirror: PurgedMirror,
  { store, journal, publishNext }: PurgePlaces,
  instanceId: number,
): PurgeResult {
  const { database } = mirror.session;
  const purge: PendingPurge = { generation: mirror.generation + 1, files: mirror.olderCopies() };
  notePurge(database, purge);
  // Also the pages that the rows stood on.
  database.script('VACUUM');
  publishNext();
  reached('purge:published');
  store.assertSound(mirror.generation);
  journal.forget(instanceId);
  const left = finishPurge(database, mirror.folder, purge);
  const isReplaced = unlessStorageFails(() => mirror.refreshCopies().fixedName !== 'held') ?? false;
  const filesLeft = isReplaced ? left : [...left, basename(mirror.folder.fixedName)];
  return { generation: mirror.generation, published: true, filesLeft };
}
