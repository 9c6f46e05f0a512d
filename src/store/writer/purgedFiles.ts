import { existsSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import * as v from 'valibot';
import type { DataFolder } from '../dataFolder';
import { isProcessAlive, removeIfFree, syncFolder } from '../durableFiles';
import { generationName, namesIn } from '../fileGeneration';
import { readSealed } from '../generationStore';

/** What remains to be deleted after a purge; kept in the database, so that a crash does not forget it. */
const pendingPurge = v.object({
  /** The generation that holds only what may stay. */
  generation: v.number(),
  /** Names below the data folder. */
  files: v.array(v.string()),
});
export type PendingPurge = v.InferOutput<typeof pendingPurge>;

/** The value of `meta.purge`. */
export const pendingPurgeSchema = v.pipe(v.string(), v.parseJson(), pendingPurge);

const EDITED = /^openwebui_sync\.edited-.*\.db(?:-journal|-wal|-shm)?$/u;
const SIDE_FILE = /^openwebui_sync\.db-(?:journal|wal|shm)$/u;
const TEMPORARY = /\.tmp-(\d+)-[0-9a-f]{8}$/u;

/**
 * Files that may hold what the newest generation holds now: all older copies of the database, however they came to
 * be. Names below the data folder, with `/`.
 */
export function olderCopies(folder: DataFolder): string[] {
  const below = (parent: string): string[] =>
    namesIn(parent)
      .filter((name) => !isInWork(name))
      .map((name) => relative(folder.root, join(parent, name)).split(sep).join(posix.sep));
  const besides = namesIn(folder.root).filter(
    (name) => EDITED.test(name) || SIDE_FILE.test(name) || (TEMPORARY.test(name) && !isInWork(name)),
  );
  return [
    ...below(folder.generations),
    ...below(folder.daily),
    ...below(folder.corrupt),
    ...besides,
    ...(isEdited(folder) ? ['openwebui_sync.db'] : []),
  ].sort();
}

/** Deletes files that no longer hold what they were listed for. @returns those that another program holds open */
export function deleteCopies(folder: DataFolder, { generation, files }: PendingPurge): string[] {
  const left = files.filter((name) => {
    const path = join(folder.root, name);
    return !isNewEnough(path, name, generation) && !removeIfFree(path);
  });
  for (const parent of [folder.root, folder.generations, folder.daily, folder.corrupt]) {
    if (existsSync(parent)) {
      syncFolder(parent);
    }
  }
  return left;
}

/** Another process is writing it right now; what it will be is decided by the publish that follows. */
function isInWork(name: string): boolean {
  const pid = TEMPORARY.exec(name)?.[1];
  return pid !== undefined && Number(pid) !== process.pid && isProcessAlive(Number(pid));
}

/** Somebody changed the copy: its refresh would keep it. */
function isEdited({ fixedName }: DataFolder): boolean {
  return readSealed(fixedName) === 'damaged';
}

/** A name may have been given again since it was listed, to a copy of what was purged. */
function isNewEnough(path: string, name: string, generation: number): boolean {
  if (name.endsWith(generationName(generation))) {
    return true;
  }
  const sealed = /^(?:daily\/.*|openwebui_sync)\.db$/u.test(name) ? readSealed(path) : 'damaged';
  return typeof sealed === 'object' && sealed.number >= generation;
}
