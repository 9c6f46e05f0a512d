import type { DataFolder } from '../files/dataFolder';
import type { SealedImage } from '../files/fileGeneration';
import { readJournal } from '../files/journal';
import { localTimeIn } from '../localTime';
import { isRunUnderWay } from '../locks/lockFile';
import { isNewer, makeReadable, migrate, readMeta } from '../migrations';
import { SqliteDatabase } from '../sqlite/sqlite';
import { foldJournal } from '../writer/foldJournal';
import { whileWritable } from './whileWritable';

/** Opens an image for reading, with the journal's runs in it. @throws NewerDatabaseError */
export async function openFolded(
  folder: DataFolder,
  { image, number }: SealedImage,
): Promise<SqliteDatabase> {
  const database = await SqliteDatabase.open(image);
  try {
    makeReadable(database);
    foldAgain(folder, database, number);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Bytes that sql.js copies: a Buffer it would write into. */
export function plainBytes({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** A database without a file: it tells of the runs that the journal knows. */
export async function openJournalOnly(folder: DataFolder): Promise<SqliteDatabase> {
  const database = await SqliteDatabase.open();
  migrate(database);
  foldAgain(folder, database, 0);
  return database;
}

/**
 * Brings the journal's news into a copy that was opened earlier, and protects the copy against writing. A copy of a
 * newer schema stays as it is: it can be read, but what its rows must be is not known here.
 */
export function foldAgain(folder: DataFolder, database: SqliteDatabase, generation: number): void {
  if (isNewer(database)) {
    database.script('PRAGMA query_only = ON');
    return;
  }
  const runs = readJournal(folder);
  const zone = readMeta(database, 'zone') ?? runs.at(-1)?.zone ?? 'UTC';
  const session = {
    database,
    localTime: localTimeIn(zone),
    now: (): number => Math.floor(Date.now() / 1000),
  };
  whileWritable(database, () => {
    foldJournal(session, runs, generation, ({ start, pid }) => isRunUnderWay(folder, start, pid));
  });
}
