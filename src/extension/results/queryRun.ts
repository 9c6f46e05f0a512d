import type { ResultSet } from '../../store/resultSet';
import { isCancel, sentenceOf } from '../errors';
import type { RanStatements } from '../queries/ranStatements';
import type { ResultSource, StatementToRun } from './heldResult';
import { readWithin, type Work } from './limitedRead';

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

/** What became of one statement of a run. */
export type StatementOutcome =
  { readonly kind: 'done'; readonly rows: ResultSet } | { readonly kind: 'cancelled' } | Failure;

/** Runs one statement of a run to its end. @param ran told of it, unless it was cancelled */
export async function runStatement(
  run: Run,
  statement: StatementToRun,
  ran: Pick<RanStatements, 'add'>,
): Promise<StatementOutcome> {
  const { source } = run.options;
  const startedAt = Date.now();
  const tell = (rowCount: number | undefined, error: string | undefined): void =>
    ran.add({
      sql: statement.text,
      sourceId: source.sourceId,
      startedAt,
      elapsedMs: Date.now() - startedAt,
      rowCount,
      error,
    });
  try {
    const rows = await readWithin(run, source, statement, run.limits.rows);
    tell(rows.rowCount, undefined);
    return { kind: 'done', rows };
  } catch (error) {
    if (isCancel(error)) {
      return { kind: 'cancelled' };
    }
    tell(undefined, sentenceOf(error));
    return { kind: 'failed', statement, error };
  }
}
