import { existsSync, realpathSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasDisplay } from './browser.mjs';
import { say } from './console.mjs';
import { cacheDir, findProgram } from './paths.mjs';
import { childEnv, launch, runOrFail } from './processes.mjs';

const updateServer = 'https://update.code.visualstudio.com/api/releases/stable';
const answerWithinMs = 3000;

/**
 * A desktop VS Code.
 * @typedef {{ executable: string | undefined, cli: readonly string[] }} DesktopVsCode
 *   `executable` is the program itself, which stays our child; `cli` the command line in front of it
 */

/** Where the program lies, seen from the folder of its command line. */
const programs = {
  linux: ['../code', '../code-insiders'],
  darwin: ['../../../MacOS/Electron', '../../../MacOS/Code'],
  win32: ['../Code.exe'],
};

/**
 * A desktop VS Code that can be used here: the installed one, else the one that test-electron has fetched or can fetch.
 * @returns {Promise<DesktopVsCode | undefined>}
 */
export async function findDesktop() {
  if (!hasDisplay()) {
    return undefined;
  }
  return findInstalled() ?? (await findDownloaded());
}

function findInstalled() {
  const cli = findProgram(['code']);
  // In a terminal of a remote window "code" only talks to that window.
  if (cli === undefined || cli.includes('remote-cli')) {
    return undefined;
  }
  const folder = dirname(realpathSync(cli));
  const executable = programs[process.platform]
    ?.map((path) => join(folder, path))
    .find((path) => existsSync(path));
  return { executable, cli: [cli] };
}

async function findDownloaded() {
  const cachePath = join(cacheDir(), 'vscode');
  const isCached = (await readdir(cachePath).catch(() => [])).some((name) => name.startsWith('vscode-'));
  if (!isCached && !(await answers(updateServer))) {
    return undefined;
  }
  say(isCached ? 'Using the VS Code in the cache …' : 'Fetching VS Code into the cache (once) …');
  const electron = await import('@vscode/test-electron');
  const executable = await electron.downloadAndUnzipVSCode({
    cachePath,
    reporter: new electron.SilentReporter(),
  });
  const [command, ...args] = electron.resolveCliArgsFromVSCodeExecutablePath(executable, {
    reuseMachineInstall: true,
  });
  return { executable, cli: [command, ...args] };
}

async function answers(url) {
  return fetch(url, { signal: AbortSignal.timeout(answerWithinMs) }).then(
    (response) => response.ok,
    () => false,
  );
}

/**
 * Installs a VSIX into a profile.
 * @param {DesktopVsCode} desktop
 * @param {{ profileDir: string, vsix: string }} options
 */
export async function installInDesktop({ cli }, { profileDir, vsix }) {
  const [command, ...args] = cli;
  await runOrFail('Installing the extension', command, [
    ...args,
    ...profileArgs(profileDir),
    ...['--force', '--install-extension', vsix],
  ]);
}

/**
 * Opens a window of its own, apart from the windows and the profile that the user has.
 * @param {DesktopVsCode} desktop
 * @param {{ profileDir: string, folder: string, env: Record<string, string>, isDemo: boolean }} options
 *   `env` reaches the extension host; a demo holds keys of sample servers only and asks for no keyring
 */
export function openDesktop({ executable, cli }, { profileDir, folder, env, isDemo }) {
  const [command, ...args] = executable === undefined ? [...cli, '--wait'] : [executable];
  const windowArgs = ['--new-window', '--disable-workspace-trust', '--skip-welcome', '--skip-release-notes'];
  const keyringArgs = isDemo && process.platform === 'linux' ? ['--password-store=basic'] : [];
  return launch(command, [...args, ...profileArgs(profileDir), ...windowArgs, ...keyringArgs, folder], {
    env: childEnv(env),
    stdio: 'ignore',
  });
}

function profileArgs(profileDir) {
  return [
    ...['--user-data-dir', join(profileDir, 'user-data'), '--extensions-dir', join(profileDir, 'extensions')],
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}
