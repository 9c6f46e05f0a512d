/** What the command line's exit codes mean; `--help` and the README list them. */
export const EXIT = {
  ok: 0,
  /** Something failed; the sentence on standard error says what. */
  failed: 1,
  /** The command was typed wrongly. */
  usage: 2,
  /** At least one instance was not synced completely. */
  incomplete: 3,
  /** Another process syncs this data folder, reads its costs, or pushes to the same warehouse. */
  busy: 4,
  /** `verify`: a mirror is not equal to its server. `check`: the database is damaged. */
  different: 5,
  /** `status --max-age`: an instance was not synced for longer. */
  stale: 6,
  /** Ctrl+C, a request of the system to end, or a question answered with no. What was fetched is kept. */
  cancelled: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** An end with its own exit code; the message is the sentence for the user. */
export class CliError extends Error {
  override readonly name = 'CliError';
  constructor(
    message: string,
    readonly exitCode: ExitCode = EXIT.failed,
  ) {
    super(message);
  }
}
