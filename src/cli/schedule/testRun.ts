import { spawn } from 'node:child_process';
import { headlessFolderAt } from '../../headless/headlessFolder';
import type { Instance } from '../../store/instances/instance';
import { CliError, EXIT } from '../exitCodes';
import { mirrorStatus } from '../mirrorStatus';
import type { Terminal } from '../terminal';

/**
 * Syncs all instances once as a schedule does, and pushes: by the copy in the data folder, in a process without environment
 * variables. What a server does not give is no failure. @throws CliError when an instance was not synced, or nothing was pushed
 */
export async function testRun(
  terminal: Terminal,
  folder: string,
  node: string,
  instances: readonly Instance[],
  push: string | undefined,
): Promise<void> {
  const startedAt = Math.floor(Date.now() / 1000);
  terminal.err('A test run without environment variables, as the schedule makes it:\n');
  const run = (...args: readonly string[]): Promise<number | null> =>
    runCopy(terminal, node, [headlessFolderAt(folder).launcher, ...args, '--data', folder]);
  const code = await run('sync', '--all');
  if (terminal.signal.aborted) {
    throw new CliError('Cancelled. No schedule was installed.', EXIT.cancelled);
  }
  if (code === EXIT.busy) {
    throw new CliError(
      'Another window is syncing. Wait for it, then try again. No schedule was installed.',
      EXIT.busy,
    );
  }
  const synced =
    code === EXIT.ok ? instances : code === EXIT.incomplete ? await syncedSince(folder, startedAt) : [];
  const missing = instances.filter(({ id }) => !synced.some((other) => other.id === id));
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(', ');
    throw new CliError(
      `The test run did not sync ${names}; the lines above say why. No schedule was installed.`,
      EXIT.incomplete,
    );
  }
  if (push !== undefined && (await run('push', push)) !== EXIT.ok) {
    throw new CliError(
      `The test run did not push to ${push}; the lines above say why. No schedule was installed.`,
    );
  }
}

/** Its lines are shown, indented, as they come. @returns its exit code */
function runCopy({ err, signal }: Terminal, node: string, args: readonly string[]): Promise<number | null> {
  const child = spawn(node, args, { env: emptyEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  const show = (text: string): void => {
    err(text.replace(/^(?=.)/gmu, '  '));
  };
  child.stdout.setEncoding('utf8').on('data', show);
  child.stderr.setEncoding('utf8').on('data', show);
  const stop = (): void => {
    child.kill('SIGTERM');
  };
  signal.addEventListener('abort', stop, { once: true });
  return new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  }).finally(() => signal.removeEventListener('abort', stop));
}

/** Windows starts no network without knowing where it lies. */
function emptyEnvironment(): NodeJS.ProcessEnv {
  const root = process.env['SystemRoot'];
  return process.platform === 'win32' && root !== undefined ? { SystemRoot: root } : {};
}

async function syncedSince(folder: string, startedAt: number): Promise<readonly { readonly id: number }[]> {
  const { instances } = await mirrorStatus(folder);
  return instances
    .filter(({ runs: [run] }) => run !== undefined && run.startedAt >= startedAt && isUsable(run.status))
    .map(({ instanceId }) => ({ id: instanceId }));
}

function isUsable(status: string): boolean {
  return status === 'ok' || status === 'partial';
}
