import type { ResultSource, StatementToRun } from './heldResult';
import type { Work } from './limitedRead';

/** A statement that failed, and why. */
export interface Failure {
  readonly kind: 'failed';
  readonly statement: StatementToRun;
  readonly error: unknown;
}

/** How a run ended; `replaced` by a newer run or by the end of the session, which is nobody's failure. */
export type QueryOutcome = { readonly kind: 'done' | 'cancelled' | 'replaced' } | Failure;

/** The error as the view says it; the caller knows the statement's place in its document. */
export type DescribeError = (statement: StatementToRun, error: unknown) => string;

/** Where statements are run and how their errors are said. */
export interface RunOptions {
  readonly source: ResultSource;
  readonly describeError: DescribeError;
  /** What the result is called; the statement's number without it. */
  readonly title?: string | undefined;
}

/** A run of one or more statements. */
export interface Run extends Work {
  readonly statements: readonly StatementToRun[];
  readonly options: RunOptions;
}
