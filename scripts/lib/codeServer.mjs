import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SetupError, say } from './console.mjs';
import { cacheDir } from './paths.mjs';
import { waitForUrl } from './ports.mjs';
import { childEnv, launch, onShutdown, runOrFail } from './processes.mjs';
import { installPackage } from './npmPackage.mjs';
import { installOnlyVsCode } from './olderCodeServer.mjs';
import { buildPackages, ensureSystemPackages } from './systemPackages.mjs';

/**
 * A release of code-server with the Node that it needs to be installed and to run. 4.139.1 carries VS Code 1.139.1.
 * `onlyVsCode`: its own installation fetches from outside the npm registry, so only the VS Code inside is made to run.
 * @typedef {{ codeServer: string, node: string, onlyVsCode?: boolean }} Release
 */

/** @type {Record<'newest' | 'minimum', Release>} */
export const releases = {
  newest: { codeServer: '4.139.1', node: '24.21.0' },
  /** The oldest VS Code that `engines.vscode` promises; a unit test holds the two together. */
  minimum: { codeServer: '4.100.0', node: '20.20.2', onlyVsCode: true },
};
const startTimeoutMs = 5 * 60_000;

/**
 * An installed code-server.
 * @typedef {{ node: string, entry: string, serverMain: string }} CodeServer
 *   `node` is the Node it runs with, `entry` its own start script, `serverMain` the VS Code server inside
 */

/**
 * Installs code-server into the cache unless it is there. The installation is made under another name and renamed when it is
 * complete, so a folder with the right name always works.
 * @param {Release} [release]
 * @returns {Promise<CodeServer>}
 */
export async function ensureCodeServer(release = releases.newest) {
  if (process.platform === 'win32') {
    throw new SetupError('code-server does not run on Windows. Install VS Code and put "code" on the PATH.');
  }
  const folder = join(
    cacheDir(),
    `code-server-${release.codeServer}-node-${release.node}-${process.platform}-${process.arch}`,
  );
  if (!existsSync(folder)) {
    await install(folder, release);
  }
  const codeServer = locate(folder);
  return codeServer;
}

async function install(folder, { codeServer, node, onlyVsCode }) {
  await ensureSystemPackages(buildPackages, 'to install a VS Code (code-server)');
  await mkdir(cacheDir(), { recursive: true });
  await removeAbandoned();
  const partial = `${folder}.partial-${process.pid}`;
  onShutdown(() => rm(partial, { recursive: true, force: true }));
  say(`Installing a VS Code into the cache (code-server ${codeServer}; once, about 2 minutes) …`);
  // Two folders: an npm that installs code-server beside Node would put that Node anew under its own feet.
  await installPackage(join(partial, 'node'), `node@${node}`, childEnv(allowScripts));
  const nodeHome = nodePackage(partial);
  const env = childEnv({
    ...allowScripts,
    PATH: `${join(nodeHome, 'bin')}:${process.env.PATH}`,
    // Under `npm test` it names the Node of that npm, and code-server believes it.
    npm_config_user_agent: undefined,
    // The headers that the package brings: the native modules are compiled without a download.
    npm_config_nodedir: headersOf(nodeHome),
  });
  const installServer = onlyVsCode ? installOnlyVsCode : installPackage;
  await installServer(join(partial, 'server'), `code-server@${codeServer}`, env);
  try {
    await rename(partial, folder);
  } catch (error) {
    // Somebody else was first: theirs is as good.
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') {
      throw error;
    }
  }
}

/** Install scripts fetch Node and compile the native modules; newer npm versions ask for a word before running them. */
const allowScripts = { npm_config_dangerously_allow_all_scripts: 'true', npm_config_ignore_scripts: 'false' };

async function removeAbandoned() {
  for (const name of await readdir(cacheDir())) {
    const owner = Number(/\.partial-(\d+)$/.exec(name)?.[1]);
    if (owner && !isAlive(owner)) {
      await rm(join(cacheDir(), name), { recursive: true, force: true });
    }
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function nodePackage(folder) {
  return join(folder, 'node', 'node_modules', 'node');
}

function headersOf(nodeHome) {
  const platformPackage = `node-${process.platform}-${process.arch}`;
  const places = [join(nodeHome, 'node_modules', platformPackage), join(nodeHome, '..', platformPackage)];
  return places.find((place) => existsSync(join(place, 'include', 'node', 'node.h')));
}

/** @returns {CodeServer} */
function locate(folder) {
  const server = join(folder, 'server', 'node_modules', 'code-server');
  return {
    node: join(nodePackage(folder), 'bin', 'node'),
    entry: join(server, 'out', 'node', 'entry.js'),
    serverMain: join(server, 'lib', 'vscode', 'out', 'server-main.js'),
  };
}

/**
 * Installs a VSIX into a profile.
 * @param {CodeServer} codeServer
 * @param {{ profileDir: string, vsix: string }} options
 */
export async function installExtension(codeServer, { profileDir, vsix }) {
  const args = [codeServer.entry, ...(await profileArgs(profileDir)), '--force', '--install-extension', vsix];
  await runOrFail('Installing the extension', codeServer.node, args, { env: childEnv() });
}

/**
 * Starts code-server on loopback and waits until it answers.
 * @param {CodeServer} codeServer
 * @param {{ profileDir: string, port: number, folder: string, env?: Record<string, string>, onLine?: (line: string) => void }} options
 *   `env` reaches the extension host
 * @returns {Promise<{ url: string, child: import('node:child_process').ChildProcess }>} the address that opens `folder`
 */
export async function startCodeServer(codeServer, { profileDir, port, folder, env = {}, onLine }) {
  const args = [
    codeServer.entry,
    ...(await profileArgs(profileDir)),
    ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
    ...['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust', '--ignore-last-opened'],
  ];
  const child = launch(codeServer.node, args, { env: childEnv(env) });
  const lines = [];
  for (const output of [child.stdout, child.stderr]) {
    output.setEncoding('utf8').on('data', (text) => {
      lines.push(text);
      lines.splice(0, lines.length - 50);
      onLine?.(text);
    });
  }
  const origin = `http://127.0.0.1:${port}`;
  const isUp = await waitForUrl(`${origin}/healthz`, {
    timeoutMs: startTimeoutMs,
    isAlive: () => child.exitCode === null && child.signalCode === null,
  });
  if (!isUp) {
    throw new SetupError(`code-server did not start on port ${port}:\n${lines.join('')}`);
  }
  return { url: `${origin}/?folder=${encodeURIComponent(folder)}`, child };
}

/** Everything of a profile lies in one folder, code-server's own configuration file included. */
async function profileArgs(profileDir) {
  await mkdir(profileDir, { recursive: true });
  const config = join(profileDir, 'code-server.yaml');
  await writeFile(config, 'auth: none\n');
  return [
    ...['--config', config],
    ...['--user-data-dir', join(profileDir, 'user-data')],
    ...['--extensions-dir', join(profileDir, 'extensions')],
  ];
}
