import { spawn, spawnSync } from 'node:child_process';
import { CLI, type CliResult } from './runCli';

/** Whether this machine can give a command a terminal: by the `script` of util-linux. */
export function hasPseudoTerminal(): boolean {
  const { stdout } = spawnSync('script', ['--version'], { encoding: 'utf8' });
  return typeof stdout === 'string' && stdout.includes('util-linux');
}

export interface TerminalOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Sees what the terminal shows as it comes, all of it so far; `type` presses keys. */
  readonly onShown?: (shown: string, type: (keys: string) => void) => void;
}

/** Runs the built command line on a terminal of 100 columns. @returns what it shows as `out` */
export function runInTerminal(
  args: readonly string[],
  { env, onShown }: TerminalOptions = {},
): Promise<CliResult> {
  const command = [process.execPath, CLI, ...args].map(quoted).join(' ');
  const child = spawn('script', ['-q', '-e', '-f', '-c', `stty cols 100 rows 30; ${command}`, '/dev/null'], {
    env: { ...process.env, SHELL: '/bin/sh', ...env },
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    onShown?.(out, (keys) => child.stdin.write(keys));
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err: '' }));
  });
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
