import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { removeIfPossible } from './durableFiles';
import { freeBytes } from './storageFailure';

/**
 * Deletes one file to make room on a full disk; none when all of them together would not be enough.
 * @param files that may go, the one that is missed least first @param bytes that are to be written
 * @returns whether it is worth another try
 */
export function giveWay(files: readonly string[], bytes: number): boolean {
  const [first] = files;
  if (first === undefined || freeBytes(dirname(first)) + sizeOf(files) < bytes) {
    return false;
  }
  return removeIfPossible(first);
}

function sizeOf(files: readonly string[]): number {
  return files.reduce((sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0);
}
