import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from './paths.mjs';
import { launch } from './processes.mjs';
import { ensureSystemPackages } from './systemPackages.mjs';

const programs = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'chrome',
  'msedge',
];

/** Where a browser of the Chromium family lies when it is not on the PATH. */
const installedAt = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA']
    .map((name) => process.env[name])
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]),
};

/** Flags with which Chromium runs without a screen, without a network, and as root. */
export const headlessFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * A browser that Playwright can drive.
 * @returns {string | undefined} its full path
 */
export function findBrowser() {
  return findProgram(programs) ?? installedAt[process.platform]?.find((file) => existsSync(file));
}

/**
 * A browser that Playwright can drive, installed first where that is possible.
 * @returns {Promise<string>} its full path
 */
export async function ensureBrowser() {
  const found = findBrowser();
  if (found !== undefined) {
    return found;
  }
  await ensureSystemPackages(
    [
      { name: 'chromium', programs },
      // Without any font the pictures of the tests show no text.
      { name: 'fonts-liberation' },
    ],
    'for the tests in VS Code',
  );
  return findBrowser();
}

/** Whether windows can be shown here. */
export function hasDisplay() {
  if (process.platform !== 'linux') {
    return true;
  }
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * Shows an address in the user's own browser.
 * @param {string} url
 * @returns {Promise<boolean>} false when there is nothing to show it with
 */
export async function openInBrowser(url) {
  if (!hasDisplay()) {
    return false;
  }
  const openers = { darwin: ['open', [url]], win32: ['cmd', ['/c', 'start', '', url]] };
  const [command, args] = openers[process.platform] ?? ['xdg-open', [url]];
  if (findProgram([command]) !== undefined) {
    return isSuccess(command, args);
  }
  const browser = findBrowser();
  if (browser === undefined) {
    return false;
  }
  launch(browser, [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), url], { stdio: 'ignore' });
  return true;
}

/** The opener ends at once; the browser that it started is the user's and goes on. */
function isSuccess(command, args) {
  return new Promise((resolve) => {
    const opener = spawn(command, args, { stdio: 'ignore', detached: true });
    opener.once('error', () => resolve(false));
    opener.once('exit', (code) => resolve(code === 0));
    opener.unref();
  });
}
