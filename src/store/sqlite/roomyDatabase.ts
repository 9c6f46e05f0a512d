import { loadSqlite, SqliteDatabase } from './sqlite';

/**
 * Opens an image, or an empty database, to write much: with memory to grow by `room` bytes, else sql.js copies the whole
 * file each time that it has grown by an eighth. Memory that is not needed stays untouched. sql.js must be loaded.
 */
export function openRoomy(image: Uint8Array | undefined, room: number): SqliteDatabase {
  const start = image ?? firstPage();
  const array = new Uint8Array(start.length + room);
  array.set(start);
  const database = SqliteDatabase.openWithin(array, start.length);
  // A lock that is kept saves looking for a journal in each transaction, which sql.js answers by a thrown error.
  database.script('PRAGMA locking_mode = EXCLUSIVE');
  return database;
}

/** {@link openRoomy} where sql.js may not be loaded yet, with as much room as a long sync needs. */
export async function openToWrite(image?: Uint8Array): Promise<SqliteDatabase> {
  await loadSqlite();
  return openRoomy(image, LEAST_ROOM + (image?.length ?? 0) / 2);
}

/** A mirror is not meant to grow beyond it, in bytes. */
const LEAST_ROOM = 256 * 1024 * 1024;

/** An empty database that has a page already: there is no array to grow in without one. */
function firstPage(): Uint8Array {
  const database = SqliteDatabase.openLoaded();
  try {
    database.script('VACUUM');
    return database.export();
  } finally {
    database.close();
  }
}
