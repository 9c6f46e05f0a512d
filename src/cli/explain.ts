import { CommanderError } from 'commander';
import { CostBusyError } from '../sync/costs/costSyncTypes';
import { SyncBusyError } from '../sync/engine/coordinatorTypes';
import { CliError, EXIT, type ExitCode } from './exitCodes';
import { sentenceOf } from './remedies';
import { plainText } from './plainText';
import type { Terminal } from './terminal';

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
  const sentence = plainText(`${sentenceOf(error)}${who}`.replace(/\s+/g, ' ').trim());
  if (error instanceof CliError) {
    return { sentence, code: error.exitCode };
  }
  const isBusy = error instanceof SyncBusyError || error instanceof CostBusyError;
  return { sentence, code: isBusy ? EXIT.busy : EXIT.failed };
}
