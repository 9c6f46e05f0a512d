import * as l10n from '@vscode/l10n';
import { SqlError, type QueryRunner, type ResultSet, type SqlParameters } from '../../store/resultSet';
import { CancelledError, isCancel, sentenceOf } from '../errors';
import type { RanStatement } from '../queries/ranStatements';
import { splitStatements, type Statement } from '../sql/statements';

/** What a statement of a cell led to. */
export type StatementOutcome =
  | {
      readonly kind: 'result';
      /** From 1, in the order of the cell. */
      readonly statement: number;
      readonly result: ResultSet;
    }
  | { readonly kind: 'failed'; readonly error: Error }
  | { readonly kind: 'cancelled' };

export interface CellRun {
  readonly queries: Pick<QueryRunner, 'run'>;
  /** Rows of a result at most. */
  readonly limit: number;
  readonly signal: AbortSignal;
  /** Values for the parameters of the cell. @throws CancelledError when nobody gives them */
  readonly fill: (sql: string) => Promise<SqlParameters>;
  /** Told of each statement that ended by itself. */
  readonly ran: (statement: Omit<RanStatement, 'sourceId'>) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Runs the statements of a cell one after the other, until one fails or the signal fires. A cell of comments leads to nothing. */
export async function* runCell(text: string, run: CellRun): AsyncGenerator<StatementOutcome> {
  const statements = splitStatements(text);
  if (statements.length === 0) {
    return;
  }
  let parameters: SqlParameters;
  try {
    parameters = await unlessAborted(run.fill(text), run.signal);
  } catch (error) {
    yield isCancel(error) ? { kind: 'cancelled' } : { kind: 'failed', error: errorAt(undefined, error) };
    return;
  }
  for (const [index, statement] of statements.entries()) {
    const outcome = await runOne(text, statement, index + 1, parameters, run);
    yield outcome;
    if (outcome.kind !== 'result') {
      return;
    }
  }
}

async function runOne(
  cell: string,
  { start, text: sql }: Statement,
  statement: number,
  parameters: SqlParameters,
  { queries, limit, signal, ran, now }: CellRun,
): Promise<StatementOutcome> {
  const startedAt = now();
  const tell = (ended: Pick<RanStatement, 'rowCount' | 'error'>): void =>
    ran({ sql, startedAt, elapsedMs: now() - startedAt, ...ended });
  try {
    const result = await queries.run(sql, { limit, signal, parameters });
    tell({ rowCount: result.rowCount, error: undefined });
    return { kind: 'result', statement, result };
  } catch (error) {
    if (isCancel(error) || signal.aborted) {
      return { kind: 'cancelled' };
    }
    tell({ rowCount: undefined, error: sentenceOf(error) });
    return { kind: 'failed', error: errorAt({ cell, start }, error) };
  }
}

/** A question that is still open ends with the run that asked it. */
async function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let end = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    end = () => reject(new CancelledError());
    signal.addEventListener('abort', end, { once: true });
  });
  try {
    return await Promise.race([answer, aborted]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}

/** The error with its place in the cell, where SQLite tells it. */
function errorAt(
  place: { readonly cell: string; readonly start: number } | undefined,
  error: unknown,
): Error {
  const failed = new Error(sentenceOf(error), { cause: error });
  failed.name = error instanceof Error ? error.name : failed.name;
  if (place !== undefined && error instanceof SqlError && error.offset !== undefined) {
    const before = place.cell.slice(0, place.start + error.offset);
    const lineStart = before.lastIndexOf('\n') + 1;
    failed.message = l10n.t(
      'Line {0}, column {1}: {2}',
      before.split('\n').length,
      before.length - lineStart + 1,
      failed.message,
    );
  }
  return failed;
}
