import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const rootDir = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The packaged extension. */
export const vsixFile = join(rootDir, 'out', 'openwebui-sync.vsix');

/** Heavy things that outlive a checkout: a VS Code, the demo's profile. */
export function cacheDir() {
  const userCache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return process.env.OPENWEBUI_SYNC_CACHE || join(userCache, 'openwebui-sync');
}

/**
 * The first of the given programs that is on the PATH.
 * @param {readonly string[]} names
 * @returns {string | undefined} its full path
 */
export function findProgram(names) {
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names
    .flatMap((name) => folders.flatMap((folder) => suffixes.map((suffix) => join(folder, name + suffix))))
    .find(isProgram);
}

/** @param {string} file */
export function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
