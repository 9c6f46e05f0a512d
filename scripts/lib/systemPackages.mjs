import { spawnSync } from 'node:child_process';
import { SetupError, say } from './console.mjs';
import { findProgram } from './paths.mjs';
import { run } from './processes.mjs';

/**
 * A Debian package and how to see that what it brings is there; without either it counts as missing.
 * @typedef {{ name: string, programs?: readonly string[], pkgConfig?: string }} SystemPackage
 */

/** What code-server's native modules are compiled with. @type {readonly SystemPackage[]} */
export const buildPackages = [
  { name: 'build-essential', programs: ['g++'] },
  { name: 'make', programs: ['make'] },
  { name: 'python3', programs: ['python3'] },
  { name: 'pkg-config', programs: ['pkg-config'] },
  { name: 'libkrb5-dev', pkgConfig: 'krb5-gssapi' },
  { name: 'libsecret-1-dev', pkgConfig: 'libsecret-1' },
  { name: 'libx11-dev', pkgConfig: 'x11' },
  { name: 'libxkbfile-dev', pkgConfig: 'xkbfile' },
];

/**
 * Installs Debian packages that are missing when we may, otherwise says which command installs them.
 * @param {readonly SystemPackage[]} packages
 * @param {string} purpose ends the sentence "… are needed …"
 * @throws {SetupError} when something stays missing
 */
export async function ensureSystemPackages(packages, purpose) {
  const missing = packages.filter((item) => !isPresent(item)).map((item) => item.name);
  if (missing.length === 0) {
    return;
  }
  const names = missing.join(' ');
  if (findProgram(['apt-get']) === undefined) {
    throw new SetupError(`These are needed ${purpose}; install them with your package manager: ${names}`);
  }
  if (process.getuid?.() !== 0) {
    throw new SetupError(
      `Packages are needed ${purpose}. Install them, then run this again:\n` +
        `  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names}`,
    );
  }
  say(`Installing system packages: ${names} …`);
  await aptInstall(missing);
}

/**
 * Like {@link ensureSystemPackages} for what can be done without: says what would be needed and goes on.
 * @param {Parameters<typeof ensureSystemPackages>} call
 * @returns {Promise<boolean>} whether the packages are there now
 */
export async function offerSystemPackages(...call) {
  try {
    await ensureSystemPackages(...call);
    return true;
  } catch (error) {
    if (!(error instanceof SetupError)) {
      throw error;
    }
    say(error.message);
    return false;
  }
}

function isPresent({ programs, pkgConfig }) {
  if (programs !== undefined) {
    return findProgram(programs) !== undefined;
  }
  return pkgConfig !== undefined && spawnSync('pkg-config', ['--exists', pkgConfig]).status === 0;
}

async function aptInstall(names) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = ['-o', 'DPkg::Lock::Timeout=300'];
  const install = () =>
    run('apt-get', [...options, 'install', '-y', '--no-install-recommends', ...names], { env });
  // On a fresh machine the package lists are empty, on an old one they name files that are gone.
  let result = await install();
  if (result.code !== 0) {
    await run('apt-get', [...options, 'update'], { env });
    result = await install();
  }
  if (result.code !== 0) {
    throw new SetupError(`apt-get could not install ${names.join(' ')}:\n${result.output}`);
  }
}
