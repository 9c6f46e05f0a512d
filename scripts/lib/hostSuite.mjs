import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser, headlessFlags } from './browser.mjs';
import { ensureCodeServer } from './codeServer.mjs';
import { SetupError } from './console.mjs';
import { findDesktop } from './desktop.mjs';
import { rootDir } from './paths.mjs';
import { findPort, waitForUrl } from './ports.mjs';
import { childEnv, launch, onShutdown, run } from './processes.mjs';
import { prepareProfile } from './profile.mjs';

const testsEntry = join(rootDir, 'out', 'test', 'host', 'index.js');
const mark = '[host] ';
/** When the runner gives up, in ms: a busy machine takes many times what an idle one does. */
const timeoutMs = 60 * 60_000;
const startTimeoutMs = 5 * 60_000;

/**
 * Runs the host suite inside the extension host of a real VS Code: a desktop one where that can be had, else the VS Code server
 * of code-server with a browser without a screen.
 * @param {{ env: Record<string, string>, onLine: (line: string) => void, release?: import('./codeServer.mjs').Release }} options
 *   `env` reaches the extension host; a `release` is always that of code-server
 * @returns {Promise<number>} the exit code
 */
export async function runHostSuite({ env, onLine, release }) {
  const profileDir = await mkdtemp(join(tmpdir(), 'openwebui-sync-host-'));
  // What a process that is just being ended still writes is removed by the next try.
  onShutdown(() => rm(profileDir, { recursive: true, force: true, maxRetries: 10 }));
  const folder = await prepareProfile(profileDir);
  const suite = {
    profileDir,
    folder,
    env: { ...env, OPENWEBUI_SYNC_LINE_MARK: mark },
    onLine: onlyMarked(onLine),
  };
  const desktop = release === undefined ? await findDesktop() : undefined;
  return desktop?.executable === undefined
    ? inCodeServer(suite, release)
    : inDesktop(desktop.executable, suite);
}

function onlyMarked(onLine) {
  return (text) => {
    for (const line of text.split('\n')) {
      const at = line.indexOf(mark);
      if (at !== -1) {
        onLine(line.slice(at + mark.length));
      }
    }
  };
}

async function inDesktop(executable, { profileDir, folder, env, onLine }) {
  const args = [
    folder,
    ...['--user-data-dir', join(profileDir, 'user-data'), '--extensions-dir', join(profileDir, 'extensions')],
    ...[
      '--no-sandbox',
      '--disable-gpu-sandbox',
      '--disable-updates',
      '--skip-welcome',
      '--skip-release-notes',
    ],
    ...['--disable-workspace-trust', '--disable-extensions', '--password-store=basic'],
    `--extensionDevelopmentPath=${rootDir}`,
    `--extensionTestsPath=${testsEntry}`,
  ];
  const { code } = await run(executable, args, { env: childEnv(env), onLine });
  return code;
}

async function inCodeServer({ profileDir, folder, env, onLine }, release) {
  const codeServer = await ensureCodeServer(release);
  const browser = await ensureBrowser();
  const port = await findPort();
  const server = launch(
    codeServer.node,
    [
      codeServer.serverMain,
      ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
      ...['--accept-server-license-terms', '--disable-workspace-trust', '--telemetry-level', 'off'],
      // Without this flag the server ignores the payload that names the tests.
      '--enable-smoke-test-driver',
      ...[
        '--server-data-dir',
        join(profileDir, 'server-data'),
        '--user-data-dir',
        join(profileDir, 'user-data'),
      ],
    ],
    { env: childEnv(env), stdio: 'ignore' },
  );
  const isUp = await waitForUrl(`http://127.0.0.1:${port}/version`, {
    timeoutMs: startTimeoutMs,
    isAlive: () => server.exitCode === null,
  });
  if (!isUp) {
    throw new SetupError(`The VS Code server did not start on port ${port}.`);
  }
  return runInBrowser({ browser, address: addressOf(port, folder), onLine });
}

function addressOf(port, folder) {
  const remote = `vscode-remote://127.0.0.1:${port}`;
  const payload = JSON.stringify([
    ['extensionDevelopmentPath', `${remote}${rootDir}`],
    ['extensionTestsPath', `${remote}${testsEntry}`],
  ]);
  const query = new URLSearchParams({ folder, payload });
  return `http://127.0.0.1:${port}/?${query}`;
}

/** The page calls the two functions below: the smoke-test driver's way to report. */
async function runInBrowser({ browser: executablePath, address, onLine }) {
  const { chromium } = await import('playwright-core');
  const ourSignals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  const browser = await chromium.launch({ executablePath, args: headlessFlags, ...ourSignals });
  onShutdown(() => browser.close());
  try {
    const page = await browser.newPage();
    await page.exposeFunction('codeAutomationLog', (_type, values) => onLine(values.map(String).join(' ')));
    const ended = new Promise((resolve) => page.exposeFunction('codeAutomationExit', resolve));
    const isLate = new Promise((resolve) => setTimeout(resolve, timeoutMs, 'late').unref());
    await page.goto(address, { timeout: startTimeoutMs });
    const code = await Promise.race([ended, isLate]);
    if (code === 'late') {
      throw new SetupError(`The host suite did not end within ${timeoutMs / 60_000} minutes.`);
    }
    return code;
  } finally {
    await browser.close();
  }
}
