import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from '../errors';

/**
 * Makes a folder, and those above it that are missing. Node's own recursive `mkdir` never ends where the system knows no
 * such file although its folder is there, as in `/proc` and in a folder that was removed meanwhile.
 * @param mode of each that is made @returns whether it was made @throws what `mkdir` fails with
 */
export function makeFolder(path: string, mode = 0o777): boolean {
  try {
    return made(path, mode);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || existsSync(dirname(path))) {
      throw error;
    }
  }
  makeFolder(dirname(path), mode);
  return made(path, mode);
}

function made(path: string, mode: number): boolean {
  try {
    mkdirSync(path, { mode });
    return true;
  } catch (error) {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
      return false;
    }
    throw error;
  }
}
