import { CliError, EXIT } from './exitCodes';
import type { Terminal } from './terminal';

/** The option that answers the question beforehand. */
export interface YesOption {
  readonly yes?: boolean;
}

/**
 * Asks before something that cannot be undone. Where nobody can answer, `--yes` must have been given.
 * @throws CliError unless the answer is yes
 */
export async function confirm(
  { ask }: Pick<Terminal, 'ask'>,
  question: string,
  { yes }: YesOption,
): Promise<void> {
  if (yes === true) {
    return;
  }
  if (ask === undefined) {
    throw new CliError('Nothing was changed. Add --yes to go on without a question.', EXIT.usage);
  }
  if (!/^y(es)?$/i.test((await ask(`${question} [y/N] `)).trim())) {
    throw new CliError('Nothing was changed.', EXIT.cancelled);
  }
}
