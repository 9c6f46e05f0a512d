import type { DataFolder } from '../files/dataFolder';
import { NewerDatabaseError } from '../errors';
import { headerOf } from '../files/fileGeneration';
import { candidatesIn, readSealed, type GenerationStore } from '../files/generationStore';
import { NewestImage } from '../reading/newestImage';
import { isOurs, migrateChecked, SCHEMA_VERSION } from '../migrations';
import { pinSchema } from '../files/pinnedFiles';
import { openToWrite } from '../sqlite/roomyDatabase';
import { SqliteDatabase } from '../sqlite/sqlite';

/** A database for writing and the number of the generation that it holds; 0 = a new one. */
export interface OpenedMirror {
  readonly database: SqliteDatabase;
  readonly generation: number;
}

/**
 * Opens the newest sound file; damaged ones are put aside and the next older one is taken, at last an empty database.
 * One of an older schema is brought up to date, and a copy of the file is pinned before anything is published.
 * @param time part of the name of a damaged file, such as `20251116-143015`.
 * @throws NewerDatabaseError when a newer version of the product wrote it; MigrationError
 */
export async function openMirror(
  folder: DataFolder,
  store: GenerationStore,
  time: string,
): Promise<OpenedMirror> {
  for (const path of candidatesIn(folder)) {
    const sealed = readSealed(path);
    if (sealed === 'missing') {
      continue;
    }
    const database = sealed === 'damaged' ? undefined : await openSound(sealed.image);
    if (database !== undefined && sealed !== 'damaged') {
      const { schema } = headerOf(sealed.image);
      bringUpToDate(database);
      if (schema < SCHEMA_VERSION) {
        pinSchema(folder, path, schema, sealed.number);
      }
      return { database, generation: sealed.number };
    }
    store.setAside(path, time);
  }
  return { database: await openToWrite(), generation: 0 };
}

/** A throw-away copy of the newest sound file; nothing in the folder is touched. */
export async function openMirrorCopy(folder: DataFolder): Promise<OpenedMirror> {
  const newest = new NewestImage(folder).current();
  return { database: await SqliteDatabase.open(newest?.image), generation: newest?.number ?? 0 };
}

function bringUpToDate(database: SqliteDatabase): void {
  try {
    migrateChecked(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Opens an image that makes sense: the seal proves that the bytes are those that were written, SQLite tells the rest.
 * @returns undefined when it is not one of ours, or damaged
 * @throws NewerDatabaseError
 */
export async function openSound(image: Uint8Array): Promise<SqliteDatabase | undefined> {
  if (!isOurs(image)) {
    return undefined;
  }
  if (headerOf(image).schema > SCHEMA_VERSION) {
    throw new NewerDatabaseError();
  }
  const database = await openToWrite(image);
  if (database.get<[string]>('PRAGMA quick_check(1)')?.[0] === 'ok') {
    return database;
  }
  database.close();
  return undefined;
}
