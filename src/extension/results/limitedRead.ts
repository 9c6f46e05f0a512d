import * as l10n from '@vscode/l10n';
import type { ResultSet } from '../../store/resultSet';
import type { ResultSource } from './heldResult';
import type { BoundStatement } from './narrowedStatement';

/** What a run may take. */
export interface QueryLimits {
  readonly rows: number;
  /** 0: no limit of time. */
  readonly timeoutMs: number;
}

/** Something that reads rows and can be ended. */
export interface Work {
  readonly abort: AbortController;
  readonly limits: QueryLimits;
  /** A signal that fires after so many ms. Default: that of the platform. */
  readonly deadline?: ((ms: number) => AbortSignal) | undefined;
}

/** Characters and bytes that one result, and all of a session together, may take. */
export const MOST_SIZE = 256 * 1024 * 1024;

/** Thrown for a statement that took longer than it may. */
export class QueryTimeoutError extends Error {
  override readonly name = 'QueryTimeoutError';
  constructor(readonly timeoutMs: number) {
    super(l10n.t('Stopped after {0} s, the limit of openwebuiSync.query.timeoutSeconds.', timeoutMs / 1000));
  }
}

/**
 * Runs a statement within the limits of a piece of work.
 * @param limit rows at most
 * @throws QueryTimeoutError, SqlError, AbortError when the work is cancelled
 */
export async function readWithin(
  { abort, limits: { timeoutMs }, deadline }: Work,
  source: ResultSource,
  { text, parameters }: BoundStatement,
  limit: number,
): Promise<ResultSet> {
  const late = timeoutMs === 0 ? undefined : (deadline ?? AbortSignal.timeout)(timeoutMs);
  try {
    return await source.queries.run(text, {
      limit,
      mostSize: MOST_SIZE,
      signal: late === undefined ? abort.signal : AbortSignal.any([abort.signal, late]),
      ...(parameters === undefined ? {} : { parameters }),
    });
  } catch (error) {
    if (abort.signal.aborted) {
      throw new DOMException('Cancelled', 'AbortError');
    }
    throw late?.aborted === true ? new QueryTimeoutError(timeoutMs) : error;
  }
}
