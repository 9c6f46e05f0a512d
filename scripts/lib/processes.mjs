import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { SetupError } from './console.mjs';

const isWindows = process.platform === 'win32';
const graceMs = 4000;
const keptOutputLines = 40;
const parentCheckMs = 500;

/** Processes that are still running, each the leader of its own group. @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
/** Clean-up of things that are no processes; last in, first out. @type {Array<() => unknown>} */
const cleanups = [];
let shutdown;
let isListening = false;

/**
 * The environment for a child: ours without what would make a VS Code believe that it was started inside another one.
 * @param {Record<string, string | undefined>} [extra] overrides; `undefined` removes a variable
 */
export function childEnv(extra = {}) {
  const env = { ...process.env, ...extra };
  for (const name of Object.keys(env)) {
    const inherited = (name.startsWith('VSCODE_') || name === 'ELECTRON_RUN_AS_NODE') && !(name in extra);
    if (inherited || env[name] === undefined) {
      delete env[name];
    }
  }
  return env;
}

/**
 * Starts a long-lived process in a group of its own, so that nothing it starts outlives us.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function launch(command, args, options = {}) {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: !isWindows,
    shell: isWindows && /\.(cmd|bat)$/i.test(command),
    ...options,
    env: options.env ?? childEnv(),
  });
  running.add(child);
  child.once('error', () => running.delete(child));
  // Whatever the process has started and left behind goes with it.
  child.once('exit', () => signalGroup(child, 'SIGKILL'));
  child.once('close', () => running.delete(child));
  return child;
}

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onLine?: (line: string) => void }} [options]
 *   `onLine` receives each line of both outputs as it comes
 * @returns {Promise<{ code: number, output: string }>} the exit code (128 when ended by a signal) and the last lines
 */
export async function run(command, args, { onLine, ...options } = {}) {
  const child = launch(command, args, options);
  const tail = [];
  const keep = (line) => {
    tail.push(line);
    if (tail.length > keptOutputLines) {
      tail.shift();
    }
    onLine?.(line);
  };
  createInterface({ input: child.stdout }).on('line', keep);
  createInterface({ input: child.stderr }).on('line', keep);
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve(exitCode ?? 128));
  });
  return { code, output: tail.join('\n') };
}

/**
 * Runs a command that has to succeed; its output is shown only when it does not.
 * @param {string} what the step as the reader knows it
 * @param {Parameters<typeof run>} call
 * @throws {SetupError} with the command and the end of its output
 */
export async function runOrFail(what, ...call) {
  const { code, output } = await run(...call);
  if (code !== 0) {
    throw new SetupError(`${what} failed (exit code ${code}): ${[call[0], ...call[1]].join(' ')}\n${output}`);
  }
  return output;
}

/**
 * Ends a process and its group: asks first, then insists.
 * @param {import('node:child_process').ChildProcess} child
 */
export async function stop(child) {
  if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    const closed = new Promise((resolve) => child.once('close', resolve));
    signalGroup(child, 'SIGTERM');
    const insist = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
    await closed;
    clearTimeout(insist);
  }
}

/**
 * Registers work for the end of the command, however it ends.
 * @param {() => unknown} cleanup
 */
export function onShutdown(cleanup) {
  cleanups.push(cleanup);
}

/** Stops every process that was launched, then runs the clean-ups. Safe to call twice. */
export function stopEverything() {
  shutdown ??= (async () => {
    await Promise.all([...running].map(stop));
    for (const cleanup of cleanups.reverse()) {
      await cleanup();
    }
  })();
  return shutdown;
}

/** From now on a signal ends us only after everything has been stopped. Safe to call twice. */
export function stopEverythingOnSignals() {
  if (isListening) {
    return;
  }
  isListening = true;
  for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
    process.on(signal, () => void stopEverything().finally(() => process.exit(code)));
  }
  process.on('exit', () => running.forEach((child) => signalGroup(child, 'SIGKILL')));
}

/**
 * Runs a command's main function and leaves nothing behind: not on success, failure, Ctrl+C or a signal.
 * @param {() => Promise<number>} main returns the exit code
 * @param {(error: unknown) => void} onFailure
 */
export async function runMain(main, onFailure) {
  stopEverythingOnSignals();
  endWithNpm();
  let code = 1;
  try {
    code = await main();
  } catch (error) {
    // A step that we stopped ourselves fails too; that is not news.
    if (shutdown === undefined) {
      onFailure(error);
    }
  }
  if (shutdown === undefined) {
    await stopEverything();
    process.exit(code);
  }
}

/** npm that is ended by a signal does not always pass it on; what it started must not go on alone. */
function endWithNpm() {
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event === undefined) {
    return;
  }
  const watch = setInterval(() => {
    if (process.ppid !== parent) {
      void stopEverything().finally(() => process.exit(129));
    }
  }, parentCheckMs);
  watch.unref();
}

function signalGroup(child, signal) {
  if (child.pid === undefined) {
    return;
  }
  if (isWindows) {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // ESRCH: the whole group has ended already. EPERM is what macOS says for a group of zombies.
    if (error.code !== 'ESRCH' && error.code !== 'EPERM') {
      throw error;
    }
  }
}
