import * as v from 'valibot';
import type { DataFolder } from '../files/dataFolder';
import { reached } from '../files/failpoints';
import { readMeta, writeMeta } from '../migrations';
import type { SqliteDatabase } from '../sqlite/sqlite';
import { deleteCopies, isLog } from './purgedFiles';
import { shardNames } from './shardWriter';

const pendingPurge = v.object({
  /** The generation that holds only what may stay. */
  generation: v.number(),
  /** Files that must go, named below the data folder. */
  files: v.array(v.pipe(v.string(), v.regex(/^(?:(?:db|daily|pinned|corrupt|content)\/)?[^/\\]+$/u))),
});

/** What remains to be deleted once a purged generation is published. */
export type PendingPurge = v.InferOutput<typeof pendingPurge>;

/** In `meta`, so that neither a crash nor a file that is held open makes anybody forget it. */
const KEY = 'purge';

/** Writes down what is to be deleted, for the generation that is published next. */
export function notePurge(database: SqliteDatabase, purge: PendingPurge): void {
  writeMeta(database, KEY, JSON.stringify(purge));
}

/** Deletes the files. @returns names of those that could not be deleted; {@link resumePurge} tries again */
export function finishPurge(database: SqliteDatabase, folder: DataFolder, purge: PendingPurge): string[] {
  const left = deleteCopies(folder, purge.files, purge.generation, shardNames({ database }));
  reached('purge:deleted');
  if (left.length === 0) {
    database.run('DELETE FROM meta WHERE key = ?', [KEY]);
  }
  return left;
}

/** Deletes what an earlier purge could not. Log files have gone on since then. */
export function resumePurge(database: SqliteDatabase, folder: DataFolder): void {
  const noted = v.safeParse(v.pipe(v.string(), v.parseJson(), pendingPurge), readMeta(database, KEY));
  if (noted.success) {
    const { generation, files } = noted.output;
    finishPurge(database, folder, { generation, files: files.filter((name) => !isLog(name)) });
  }
}
