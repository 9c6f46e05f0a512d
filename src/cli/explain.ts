import { CommanderError } from 'commander';
import { CostBusyError } from '../sync/costs/costSyncTypes';
import { SyncBusyError } from '../sync/engine/coordinatorTypes';
import { CliError, EXIT, type ExitCode } from './exitCodes';
import { sentenceOf } from './remedies';
import { plainText } from './plainText';
import type { Terminal } from './terminal';

/** What the system refuses, where nothing that failed has words of its own for it. */
const REFUSALS: Readonly<Record<string, (path: string) => string>> = {
  EACCES: (path) => `This user may not open ${path}. Check its rights.`,
  EPERM: (path) => `This user may not open ${path}. Check its rights.`,
  ENOTDIR: (path) => `A part of the path ${path} is no folder. Check the path.`,
};

/** One sentence and one exit code for whatever ended a command. */
export function explain(
  error: unknown,
  { signal }: Pick<Terminal, 'signal'>,
): { readonly sentence: string; readonly code: ExitCode } {
  if (error instanceof CommanderError) {
    // Commander has said it already.
    return { sentence: '', code: error.exitCode === 0 ? EXIT.ok : EXIT.usage };
  }
  if (signal.aborted && !(error instanceof CliError)) {
    return { sentence: 'Cancelled.', code: EXIT.cancelled };
  }
  const who = error instanceof SyncBusyError ? ` It is process ${error.holder.pid}.` : '';
  const sentence = plainText(`${refusalOf(error) ?? sentenceOf(error)}${who}`.replace(/\s+/g, ' ').trim());
  if (error instanceof CliError) {
    return { sentence, code: error.exitCode };
  }
  const isBusy = error instanceof SyncBusyError || error instanceof CostBusyError;
  return { sentence, code: isBusy ? EXIT.busy : EXIT.failed };
}

function refusalOf(error: unknown): string | undefined {
  // A failure with a name of its own has its own words.
  const {
    code = '',
    path,
    syscall,
  } = (error instanceof Error && error.name === 'Error' ? error : {}) as Partial<NodeJS.ErrnoException>;
  if (syscall === 'uv_cwd') {
    return 'The folder that this command was started in is gone. Change to another one.';
  }
  return path === undefined ? undefined : REFUSALS[code]?.(path);
}
