import { execFile, type ExecFileException } from 'node:child_process';
import { CliError } from '../exitCodes';
import type { Terminal } from '../terminal';
import type { SystemCommand } from './scheduler';

/** How a program of the system ended. */
export interface SystemResult {
  /** Undefined: it is not there, or something ended it. */
  readonly code: number | undefined;
  /** What it said, in one line. */
  readonly said: string;
}

/** Runs a program that is found on the PATH. Never rejects. */
export function runSystem({ program, args }: SystemCommand, env: Terminal['env']): Promise<SystemResult> {
  return new Promise((resolve) => {
    execFile(program, args, { env, windowsHide: true }, (error, out, err) => {
      const said = `${err} ${out}`.replace(/\s+/g, ' ').trim();
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : undefined;
      const reason = isMissing(error) ? 'there is no such program here.' : (error?.message ?? '');
      resolve({ code, said: said === '' ? reason : said });
    });
  });
}

function isMissing(error: ExecFileException | null): boolean {
  return error?.code === 'ENOENT';
}

/** Runs programs one after the other. @throws CliError when one fails that may not; those after it are not run */
export async function runAll(
  commands: readonly SystemCommand[],
  env: Terminal['env'],
  hint: string,
): Promise<void> {
  for (const command of commands) {
    const { code, said } = await runSystem(command, env);
    if (code !== 0 && command.mayFail !== true) {
      const words = [command.program, ...command.args].join(' ');
      throw new CliError(`${words} failed: ${said}${/[.!?]$/u.test(said) ? '' : '.'} ${hint}`);
    }
  }
}
