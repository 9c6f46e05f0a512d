import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const CLI = join(__dirname, '..', '..', '..', 'dist', 'cli.js');

export interface CliResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface CliOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Sees standard error as it comes; `interrupt` is Ctrl+C unless told otherwise. It is pressed once, however often it is called. */
  readonly onErr?: (text: string, interrupt: (signal?: NodeJS.Signals) => void) => void;
}

/** Runs the built command line as a process of its own. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  if (!existsSync(CLI)) {
    throw new Error('dist/cli.js is missing: run "npm run build" first');
  }
  const child = spawn(process.execPath, [CLI, ...args], { env: { ...process.env, ...options.env } });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
    options.onErr?.(text, (signal = 'SIGINT') => child.killed || child.kill(signal));
  });
  child.stdin.end(options.input ?? '');
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}
