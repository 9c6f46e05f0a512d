import { randomBytes } from 'node:crypto';
import { chownSync, cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { makeCertificate } from './certificate.mjs';
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
 * Starts a PostgreSQL of our own with an empty database, until the command ends. It answers by TLS too, on a socket of the
 * system, by both families of addresses, and takes passwords that were stored the old way.
 * @param {string} installed the folder of {@link ensurePostgres}
 * @returns {Promise<string>} its address, with the password of its owner
 */
export async function startPostgres(installed) {
  const folder = mkdtempSync(join(tmpdir(), 'openwebui-sync-postgres-'));
  onShutdown(() => rmSync(folder, { recursive: true, force: true }));
  const user = serverUser();
  const password = randomBytes(18).toString('base64url');
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  const tls = await makeCertificate(folder);
  giveAway([folder, passwordFile, ...(tls === undefined ? [] : [tls.certificate, tls.key])], user);
  const options = { cwd: folder, ...user };
  const programs = reachable(installed, folder, options);
  const data = join(folder, 'data');
  await runOrFail(
    'Making a PostgreSQL database',
    join(programs, 'initdb'),
    [
      ...['-D', data, '-U', owner, '--pwfile', passwordFile, '-A', 'scram-sha-256', '-E', 'UTF8', '-N'],
      ...['--locale=C', ...sortingOf(versionOf(programs, options))],
    ],
    options,
  );
  writeFileSync(join(data, 'pg_hba.conf'), accessRules);
  const port = await findPort();
  const settings = [
    ...['fsync=off', 'listen_addresses=127.0.0.1,::1', `unix_socket_directories=${folder}`],
    ...(tls === undefined ? [] : tlsSettings(tls)),
  ];
  const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
  await isReady(launch(join(programs, 'postgres'), args, options));
  return `postgres://${owner}:${password}@127.0.0.1:${port}/postgres`;
}

/** `md5` takes both ways in which a password may be stored. The first rule that fits counts. */
const accessRules = `host all shut_out all reject
local all all md5
host all all all md5
`;

function tlsSettings({ authority, certificate, key }) {
  return ['ssl=on', `ssl_cert_file=${certificate}`, `ssl_key_file=${key}`, `ssl_ca_file=${authority}`];
}

/** PostgreSQL does not run as root: its package brings a user. */
function serverUser() {
  if (process.getuid?.() !== 0) {
    return {};
  }
  const idOf = (flag, name) => spawnSync('id', [flag, name], { encoding: 'utf8' });
  const name = ['postgres', 'nobody'].find((one) => idOf('-u', one).status === 0);
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(idOf(flag, name).stdout));
  return { uid, gid };
}

function giveAway(files, { uid, gid }) {
  for (const file of uid === undefined ? [] : files) {
    chownSync(file, uid, gid);
  }
}

/** The programs where the server's user can start them: a cache in the folder of root is closed to others. */
function reachable(programs, folder, options) {
  if (spawnSync(join(programs, 'initdb'), ['--version'], options).status === 0) {
    return programs;
  }
  cpSync(dirname(programs), join(folder, 'programs'), { recursive: true, verbatimSymlinks: true });
  return join(folder, 'programs', 'bin');
}

/** @returns {number} such as 15 */
function versionOf(programs, options) {
  const { stdout } = spawnSync(join(programs, 'initdb'), ['--version'], { ...options, encoding: 'utf8' });
  return Number(/\d+/.exec(stdout)?.[0]);
}

/** Sorts as most servers do, not by bytes, where that is possible without a language of the system: no order of ours may depend on it. */
function sortingOf(version) {
  return version < 15 ? [] : ['--locale-provider=icu', '--icu-locale=en-US'];
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
