import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { nameBelow, type DataFolder } from '../files/dataFolder';
import { isProcessAlive, removeIfPossible, syncFolder, temporaryOwner } from '../files/durableFiles';
import { codeOf } from '../errors';
import { generationName, namesIn } from '../files/fileGeneration';
import { readSealed } from '../files/generationStore';

const EDITED = /^openwebui_sync\.edited-.*\.db(?:-journal|-wal|-shm)?$/u;
const SIDE_FILE = /^openwebui_sync\.db-(?:journal|wal|shm)$/u;
const LOG = /^openwebui_sync\.log(?:\.1)?$/u;
const BESIDES = [EDITED, SIDE_FILE, LOG];

/**
 * Files that may hold what the newest generation holds now: all older copies of the database, however they came to
 * be, shards of older text, and the command line's log, which may name ids. Names below the data folder, with `/`.
 * @param shards that stay
 */
export function olderCopies(folder: DataFolder, shards: ReadonlySet<string>): string[] {
  const below = (parent: string, staying: ReadonlySet<string> = new Set()): string[] =>
    namesIn(parent)
      .filter((name) => !isInWork(name) && !staying.has(name))
      .map((name) => nameBelow(folder.root, join(parent, name)));
  const besides = namesIn(folder.root).filter(
    (name) =>
      (BESIDES.some((pattern) => pattern.test(name)) || temporaryOwner(name) !== undefined) &&
      !isInWork(name),
  );
  return [
    ...below(folder.generations),
    ...below(folder.daily),
    ...below(folder.pinned),
    ...below(folder.corrupt),
    ...below(folder.content, shards),
    ...besides,
    ...(isEdited(folder) ? ['openwebui_sync.db'] : []),
  ].sort();
}

/** The command line's log. */
export function isLog(name: string): boolean {
  return LOG.test(name);
}

/**
 * Deletes files of {@link olderCopies}; one whose name was given again to a copy of what was purged stays.
 * @param generation the purged one @param shards that it names
 * @returns those that could not be deleted: on Windows, what another program holds open
 */
export function deleteCopies(
  folder: DataFolder,
  files: readonly string[],
  generation: number,
  shards: ReadonlySet<string>,
): string[] {
  const left = files.filter((name) => {
    const path = join(folder.root, name);
    const stays = name.startsWith('content/')
      ? shards.has(basename(name))
      : isNewEnough(path, name, generation);
    return !stays && !removeIfPossible(path);
  });
  const { root, generations, daily, pinned, corrupt, content } = folder;
  for (const parent of [root, generations, daily, pinned, corrupt, content]) {
    if (existsSync(parent)) {
      syncFolder(parent);
    }
  }
  return left;
}

/** Another process is writing it right now; what it will be is decided by the publish that follows. */
function isInWork(name: string): boolean {
  const pid = temporaryOwner(name);
  return pid !== undefined && pid !== process.pid && isProcessAlive(pid);
}

/** Somebody changed the copy: its refresh would keep it. */
function isEdited({ fixedName }: DataFolder): boolean {
  return readSealed(fixedName) === 'damaged';
}

function isNewEnough(path: string, name: string, generation: number): boolean {
  if (name === `db/${generationName(generation)}`) {
    return true;
  }
  return /^(?:daily\/.*|openwebui_sync)\.db$/u.test(name) && (sealedNumber(path) ?? 0) >= generation;
}

/** Undefined also for a file that cannot be read: it is not known to be clean. */
function sealedNumber(path: string): number | undefined {
  try {
    const sealed = readSealed(path);
    return typeof sealed === 'object' ? sealed.number : undefined;
  } catch (error) {
    if (codeOf(error) === undefined) {
      throw error;
    }
    return undefined;
  }
}
