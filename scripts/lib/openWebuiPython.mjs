import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { findProgram } from './paths.mjs';
import { run } from './processes.mjs';
import { offerSystemPackages } from './systemPackages.mjs';

const pageTimeoutMs = 10_000;
const probe =
  'import sys, ensurepip, venv; sys.version_info[:2] == (3, 11) or sys.exit(1); print("python:" + sys.executable)';

/**
 * A Python 3.11 that can make virtual environments; Open WebUI refuses newer ones.
 * @returns {Promise<string | undefined>} path of the interpreter
 */
async function findPython() {
  const named = ['python3.11', 'python3', 'python'].map((name) => findProgram([name]));
  for (const candidate of [...named, ...(await pyenvPythons()), '/usr/bin/python3.11']) {
    const { output } = candidate ? await tryRun(candidate, ['-c', probe]) : { output: '' };
    const executable = /^python:(.+)$/m.exec(output)?.[1];
    if (executable) {
      return executable;
    }
  }
  return undefined;
}

/**
 * The same, installed first where that is possible: Debian's own Python comes without what makes virtual environments.
 * @param {string} purpose ends the sentence "… are needed …"
 */
export async function ensurePython(purpose) {
  const found = await findPython();
  if (found === undefined && (await offerSystemPackages([{ name: 'python3.11-venv' }], purpose))) {
    return findPython();
  }
  return found;
}

async function pyenvPythons() {
  const pyenv = findProgram(['pyenv']);
  if (!pyenv) {
    return [];
  }
  const root = (await tryRun(pyenv, ['root'])).output.trim();
  const { output } = await tryRun(pyenv, ['versions', '--bare']);
  return [...output.matchAll(/^\s*(3\.11\.\d+)\s*$/gm)].map(
    ([, version]) => `${root}/versions/${version}/bin/python`,
  );
}

/** Runs a program that may be missing or fail; both are an answer here. */
async function tryRun(program, args) {
  return run(program, args).catch((error) => ({ code: 127, output: String(error) }));
}

/**
 * Those of pip's settings that uv does not read by itself.
 * @param {string} pip
 * @returns {Promise<{ findLinks: string[], indexUrl?: string, certificate?: string }>}
 */
export async function readPipConfiguration(pip) {
  const setting = async (name) => {
    const fromEnvironment = process.env[`PIP_${name.toUpperCase().replaceAll('-', '_')}`];
    if (fromEnvironment) {
      return fromEnvironment;
    }
    for (const section of ['install', 'global']) {
      const { code, output } = await run(pip, ['config', 'get', `${section}.${name}`]);
      if (code === 0 && output.trim()) {
        return output.trim();
      }
    }
    return undefined;
  };
  // pip passes over a folder that is not there, uv stops at it.
  const findLinks = ((await setting('find-links')) ?? '').split(/\s+/).filter(isPageOrFolder);
  const indexUrl = await setting('index-url');
  const certificate = await setting('cert');
  return { findLinks, ...(indexUrl ? { indexUrl } : {}), ...(certificate ? { certificate } : {}) };
}

/**
 * The newest CPU build of torch among pip's find-links.
 * @param {readonly string[]} findLinks folders or pages
 * @returns {Promise<string | undefined>} a requirement such as `torch==2.13.0+cpu`; a plain `torch` where the
 *   registry's own build has no CUDA inside (macOS); undefined where only a CUDA build can be had
 */
export async function findCpuTorch(findLinks, { platform = process.platform, arch = process.arch } = {}) {
  if (platform === 'darwin') {
    return 'torch';
  }
  const machine = { x64: 'x86_64', arm64: 'aarch64' }[arch];
  if (platform !== 'linux' || !machine) {
    return undefined;
  }
  const wheel = new RegExp(
    `^torch-(\\d+\\.\\d+\\.\\d+)(?:\\+|%2B)cpu-cp311-cp311-\\w+_${machine}\\.whl$`,
    'i',
  );
  const names = (await Promise.all(findLinks.map(listWheels))).flat();
  const versions = names.flatMap((name) => wheel.exec(name)?.[1] ?? []).sort(compareVersions);
  const newest = versions.at(-1);
  return newest ? `torch==${newest}+cpu` : undefined;
}

async function listWheels(location) {
  return isPage(location) ? listPage(location) : readdir(folderOf(location));
}

function isPageOrFolder(location) {
  return isPage(location) || (location !== '' && existsSync(folderOf(location)));
}

function isPage(location) {
  return /^https?:/.test(location);
}

function folderOf(location) {
  return location.startsWith('file:') ? fileURLToPath(location) : location;
}

async function listPage(url) {
  try {
    const page = await fetch(url, { signal: AbortSignal.timeout(pageTimeoutMs) });
    return page.ok ? [...(await page.text()).matchAll(/[^/"'>\s]+\.whl/g)].map(([name]) => name) : [];
  } catch {
    // A page that does not answer offers no wheel; the caller falls back to the registry's build.
    return [];
  }
}

/** Orders dotted numeric versions, oldest first. */
export function compareVersions(left, right) {
  const [a, b] = [left, right].map((version) => version.split('.').map(Number));
  const at = a.findIndex((part, index) => part !== (b[index] ?? 0));
  return at === -1 ? 0 : a[at] - (b[at] ?? 0);
}
