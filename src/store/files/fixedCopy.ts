import { existsSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DataFolder } from './dataFolder';
import { copyDurably, renameWithRetry, syncFolder, temporaryName } from './durableFiles';
import { codeOf } from '../errors';
import { reached } from './failpoints';
import { generationPath, newestGeneration } from './fileGeneration';
import { readSealed } from './generationStore';
import type { CopyResult } from '../writeResults';
import { storageFailure } from './storageFailure';

/** Whether a program is writing to the fixed-name copy right now: it keeps a side file beside it. */
export function isCopyInUse({ fixedName }: DataFolder): boolean {
  return ['-journal', '-wal', '-shm'].some((suffix) => existsSync(fixedName + suffix));
}

/**
 * Puts a copy of a generation in place under the fixed name. Somebody's edits of the old copy are kept beside it.
 * What fails leaves a copy that is whole, old or new, except between the two names of an edited one.
 * @param time part of the name under which an edited copy is kept, such as `20251116-143015`.
 */
export function refreshFixedCopy(folder: DataFolder, number: number, time: string): CopyResult {
  if (number === 0) {
    return { fixedName: 'none' };
  }
  if (isCopyInUse(folder)) {
    return { fixedName: 'held' };
  }
  const present = readSealed(folder.fixedName);
  if (typeof present === 'object' && present.number >= number) {
    return { fixedName: 'current' };
  }
  const isEdited = present === 'damaged' && statSync(folder.fixedName).size > 0;
  const temporary = temporaryName(folder.fixedName);
  try {
    copyDurably(generationPath(folder.generations, number), temporary);
    reached('copy:copied');
    const keptEditedAs = isEdited ? keepEdited(folder, time) : undefined;
    renameWithRetry(temporary, folder.fixedName);
    reached('copy:renamed');
    syncFolder(folder.root);
    return newerThan(number, folder, time, keptEditedAs);
  } catch (error) {
    rmSync(temporary, { force: true });
    const code = codeOf(error) ?? '';
    // A faster writer has pruned the generation: it makes a newer copy.
    const isPruned = code === 'ENOENT' && existsSync(folder.generations);
    if (isPruned || (process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(code))) {
      return { fixedName: 'held' };
    }
    throw storageFailure(error, folder.root, 0);
  }
}

/** A slow writer must not leave its older copy in the place of a newer one. */
function newerThan(
  number: number,
  folder: DataFolder,
  time: string,
  keptEditedAs: string | undefined,
): CopyResult {
  const newest = newestGeneration(folder.generations);
  if (newest <= number) {
    return { fixedName: 'replaced', keptEditedAs };
  }
  const again = refreshFixedCopy(folder, newest, time);
  return { ...again, keptEditedAs: again.keptEditedAs ?? keptEditedAs };
}

/** @returns the name under which the edited copy lies now. */
function keepEdited(folder: DataFolder, time: string): string {
  for (let attempt = 1; ; attempt++) {
    const suffix = attempt === 1 ? '' : `-${attempt}`;
    const path = join(folder.root, `openwebui_sync.edited-${time}${suffix}.db`);
    if (!existsSync(path)) {
      renameWithRetry(folder.fixedName, path);
      reached('copy:editKept');
      return basename(path);
    }
  }
}
