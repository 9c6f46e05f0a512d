import { spawn } from 'node:child_process';
import { join } from 'node:path';

const CLI = join(__dirname, '..', '..', '..', 'dist', 'cli.js');

/** A command that serves, as a process of its own. */
export interface ServerProcess {
  readonly url: string;
  /** As it was shown; '' where a person chose it. */
  readonly token: string;
  /** Everything on standard error so far. */
  readonly err: () => string;
  /** Sends a signal and waits for the end. @returns the exit code */
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>;
}

/** Starts `serve` or `mcp --http` on a free port and waits until it listens. @throws Error with what it said instead */
export function startServer(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [CLI, ...args, '--port', '0'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let err = '';
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const hasToken = !args.some((arg) => arg.startsWith('--token'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    void ended.then((code) => reject(new Error(`It ended with ${code}: ${err}`)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
      const url = /^Listening on (\S+?)(?:\/mcp)?\. /mu.exec(err)?.[1];
      const token = /^Token: (\S+)$/mu.exec(err)?.[1];
      if (url !== undefined && (token !== undefined || !hasToken)) {
        resolve({
          url,
          token: token ?? '',
          err: () => err,
          stop: (signal = 'SIGTERM') => {
            child.kill(signal);
            return ended;
          },
        });
      }
    });
  });
}
