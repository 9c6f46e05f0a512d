import { randomBytes } from 'node:crypto';
import { chownSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { SetupError } from './console.mjs';
import { findProgram, isProgram } from './paths.mjs';
import { findPort } from './ports.mjs';
import { launch, onShutdown, runOrFail } from './processes.mjs';
import { offerSystemPackages } from './systemPackages.mjs';

/** Where Debian keeps the programs of each version, which are not on the PATH. */
const debianFolder = '/usr/lib/postgresql';
const owner = 'sync';

/**
 * The folder with PostgreSQL's programs; installs Debian's package when we may.
 * @returns {Promise<string | undefined>} undefined where there is none
 */
export async function ensurePostgres() {
  const found = findPostgres();
  if (found !== undefined || process.platform !== 'linux') {
    return found;
  }
  await offerSystemPackages([{ name: 'postgresql' }], 'for the tests of warehouses');
  return findPostgres();
}

function findPostgres() {
  const onPath = findProgram(['initdb']);
  const folders = [...(onPath === undefined ? [] : [dirname(onPath)]), ...debianFolders()];
  return folders.find((folder) => ['initdb', 'postgres'].every((name) => isProgram(join(folder, name))));
}

function debianFolders() {
  try {
    const versions = readdirSync(debianFolder).sort((a, b) => Number(b) - Number(a));
    return versions.map((version) => join(debianFolder, version, 'bin'));
  } catch {
    return [];
  }
}

/**
 * Starts a PostgreSQL of our own with an empty database, until the command ends.
 * @param {string} programs the folder of {@link ensurePostgres}
 * @returns {Promise<string>} its address, with the password of its owner
 */
export async function startPostgres(programs) {
  const folder = mkdtempSync(join(tmpdir(), 'openwebui-sync-postgres-'));
  onShutdown(() => rmSync(folder, { recursive: true, force: true }));
  const user = serverUser();
  const password = randomBytes(18).toString('base64url');
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user.uid !== undefined) {
    chownSync(folder, user.uid, user.gid);
    chownSync(passwordFile, user.uid, user.gid);
  }
  const data = join(folder, 'data');
  const options = { cwd: folder, ...user };
  await runOrFail(
    'Making a PostgreSQL database',
    join(programs, 'initdb'),
    [
      '-D',
      data,
      '-U',
      owner,
      '--pwfile',
      passwordFile,
      '-A',
      'scram-sha-256',
      '-E',
      'UTF8',
      // Sorts as most servers do, not by bytes: no order of ours may depend on it.
      '--locale=C',
      '--locale-provider=icu',
      '--icu-locale=en-US',
      '-N',
    ],
    options,
  );
  const port = await findPort();
  const settings = ['fsync=off', 'listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`];
  const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
  await isReady(launch(join(programs, 'postgres'), args, options));
  return `postgres://${owner}:${password}@127.0.0.1:${port}/postgres`;
}

/** PostgreSQL does not run as root: its package brings a user. */
function serverUser() {
  if (process.getuid?.() !== 0) {
    return {};
  }
  const [uid, gid] = ['-u', '-g'].map((flag) =>
    Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout),
  );
  return { uid, gid };
}

function isReady(server) {
  return new Promise((resolve, reject) => {
    const lines = [];
    createInterface({ input: server.stderr }).on('line', (line) => {
      lines.push(line);
      if (line.includes('database system is ready to accept connections')) {
        resolve();
      }
    });
    server.stdout.resume();
    server.once('exit', () => reject(new SetupError(`PostgreSQL did not start:\n${lines.join('\n')}`)));
  });
}
