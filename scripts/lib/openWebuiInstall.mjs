import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { say } from './console.mjs';
import { withFolderLock } from './openWebuiLock.mjs';
import { compareVersions, ensurePython, findCpuTorch, readPipConfiguration } from './openWebuiPython.mjs';
import { cacheDir } from './paths.mjs';
import { childEnv, run, runOrFail } from './processes.mjs';

const gb = 1024 ** 3;
/** Free disk that one release needs; the build of torch with CUDA brings several GB more. */
const neededBytes = { cpu: 4 * gb, cuda: 20 * gb };
const stampFile = 'installed.json';

/** This machine cannot run the contract test; the message is the reason to show. */
export class CannotRunHere extends Error {
  name = 'CannotRunHere';
}

/** @typedef {Awaited<ReturnType<typeof prepareInstaller>>} Installer what every installation needs to know */

/**
 * Looks at the machine once, and fetches uv on the first use.
 * @throws {CannotRunHere} no Python 3.11, no registry
 */
export async function prepareInstaller() {
  if (process.platform === 'win32') {
    throw new CannotRunHere('needs Linux or macOS');
  }
  const folder = path.join(cacheDir(), 'openwebui');
  await mkdir(folder, { recursive: true });
  const python = await ensurePython('to install Open WebUI');
  if (!python) {
    throw new CannotRunHere('needs Python 3.11 with the venv module');
  }
  const tools = path.join(folder, 'uv');
  await withFolderLock(tools, () => installUv(tools, python));
  const pip = venvProgram(tools, 'pip');
  const configuration = await readPipConfiguration(pip);
  const torch = await findCpuTorch(configuration.findLinks);
  return { folder, python, pip, uv: venvProgram(tools, 'uv'), configuration, torch };
}

/** Path of a program inside a virtual environment. */
export function venvProgram(venv, name) {
  return path.join(venv, 'bin', name);
}

async function installUv(venv, python) {
  if (await isStamped(venv)) {
    return;
  }
  say('Installing uv');
  await rm(venv, { recursive: true, force: true });
  await runOrFail('Making a virtual environment', python, ['-m', 'venv', venv]);
  const { code, output } = await run(venvProgram(venv, 'pip'), ['install', '--quiet', 'uv']);
  if (code !== 0) {
    throw new CannotRunHere(`the Python registry cannot be reached: ${lastLine(output)}`);
  }
  await stamp(venv, { package: 'uv' });
}

/**
 * The newest release in the registry; without the registry the newest one in the cache.
 * @param {Installer} installer
 * @throws {CannotRunHere} neither is there
 */
export async function newestVersion({ folder, pip }) {
  const { output } = await run(pip, ['index', 'versions', 'open-webui']);
  const released = /^open-webui \((\d+(?:\.\d+)+)\)/m.exec(output)?.[1];
  if (released) {
    return released;
  }
  const cached = (await readdir(folder)).filter((name) => existsSync(path.join(folder, name, stampFile)));
  const newest = cached
    .filter((name) => /^\d+(\.\d+)+$/.test(name))
    .sort(compareVersions)
    .at(-1);
  if (newest) {
    say(`The registry does not answer; ${newest} is the newest release in the cache`);
    return newest;
  }
  throw new CannotRunHere(`the registry does not tell the newest release: ${lastLine(output)}`);
}

/**
 * Makes one release ready to start; returns at once when it already is.
 * @param {Installer} installer
 * @param {string} version
 * @returns {Promise<string>} the folder of its virtual environment
 * @throws {CannotRunHere} too little disk
 */
export async function installOpenWebui(installer, version) {
  const venv = path.join(installer.folder, version);
  await withFolderLock(venv, async () => {
    if (await isStamped(venv)) {
      return;
    }
    await checkDisk(installer);
    say(`Installing Open WebUI ${version} with ${installer.torch ?? 'the CUDA build of torch (several GB)'}`);
    await rm(venv, { recursive: true, force: true });
    await runUv(installer, ['venv', '--quiet', '--python', installer.python, venv]);
    await runUv(installer, await installArguments(installer, version, venv));
    await stamp(venv, { package: 'open-webui', version, torch: installer.torch ?? 'default' });
  });
  return venv;
}

async function installArguments({ configuration, torch }, version, venv) {
  const args = ['pip', 'install', '--quiet', '--python', venvProgram(venv, 'python')];
  args.push(...configuration.findLinks.flatMap((location) => ['--find-links', location]));
  if (torch) {
    const override = path.join(venv, 'torch-override.txt');
    await writeFile(override, `${torch}\n`);
    args.push('--override', override);
  }
  return [...args, `open-webui==${version}`];
}

async function runUv({ uv, folder, configuration }, args) {
  const { certificate, indexUrl } = configuration;
  const defaults = {
    UV_CACHE_DIR: path.join(folder, 'uv-cache'),
    UV_PYTHON_DOWNLOADS: 'never',
    ...(certificate ? { SSL_CERT_FILE: certificate } : {}),
    ...(indexUrl ? { UV_DEFAULT_INDEX: indexUrl } : {}),
  };
  await runOrFail('Installing Open WebUI', uv, args, { env: { ...defaults, ...childEnv() } });
}

async function checkDisk({ folder, torch }) {
  const { bavail, bsize } = await statfs(folder);
  const needed = neededBytes[torch ? 'cpu' : 'cuda'];
  if (bavail * bsize < needed) {
    const alternative = torch ? '' : 'a CPU build of torch (set PIP_FIND_LINKS) or ';
    throw new CannotRunHere(`needs ${alternative}${needed / gb} GB of free disk`);
  }
}

/** True when an installation ran to its end and its interpreter is still there. */
async function isStamped(venv) {
  const text = await readFile(path.join(venv, stampFile), 'utf8').catch(() => undefined);
  return text !== undefined && existsSync(venvProgram(venv, 'python'));
}

/** Written last: a folder without it is half-finished and is made anew. */
async function stamp(venv, content) {
  await writeFile(path.join(venv, stampFile), `${JSON.stringify(content, null, 2)}\n`);
}

function lastLine(text) {
  return text.trimEnd().split('\n').at(-1) ?? '';
}
