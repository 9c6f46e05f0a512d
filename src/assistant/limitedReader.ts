import type { Visible } from '../store/reading/limitedCopyTypes';
import type { QueryRunner, ReportReader } from '../store/resultSet';

/** Reads like any reader, from copies that hold nothing but what is visible. */
export function limitedReader(
  queries: Pick<QueryRunner, 'run'>,
  generation: () => Promise<number>,
  visible: Visible,
  signal: AbortSignal,
): ReportReader {
  return {
    query: (sql, parameters = {}) => queries.run(sql, { limit: Infinity, parameters, visible, signal }),
    generation,
    dispose: () => undefined,
  };
}
