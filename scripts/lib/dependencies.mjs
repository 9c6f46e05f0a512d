import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { say } from './console.mjs';
import { rootDir } from './paths.mjs';
import { runOrFail } from './processes.mjs';

/** Installs the npm packages of the lock file unless exactly those are there already. */
export async function ensureDependencies() {
  if (matchesLockFile(rootDir)) {
    return;
  }
  say('Installing npm packages …');
  await runOrFail('Installing npm packages', npm, ['ci'], { cwd: rootDir });
}

/** npm's program, as this platform calls it. */
export const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/**
 * Whether `node_modules` holds what `package-lock.json` names. npm writes its own record of what it installed as the very last
 * step, so an installation that was interrupted does not match.
 * @param {string} folder
 */
export function matchesLockFile(folder) {
  const recordFile = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(recordFile)) {
    return false;
  }
  const wanted = readPackages(join(folder, 'package-lock.json'));
  const installed = readPackages(recordFile);
  return Object.entries(wanted).every(([path, entry]) => {
    const found = installed[path];
    return path === '' || (found ? found.version === entry.version : entry.optional === true);
  });
}

/** @returns {Record<string, { version?: string, optional?: boolean }>} */
function readPackages(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages ?? {};
}
