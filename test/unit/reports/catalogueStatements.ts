import { VIEWS, type Metric } from '../../../src/reports/metrics/metric';
import { METRICS } from '../../../src/reports/metrics/metrics';
import { expandSql } from '../../../src/reports/sqlTemplate';

/** A metric as anybody can count it on the database file. */
export interface MetricStatement {
  readonly id: string;
  readonly aggregate: string;
  readonly from: string;
}

/** Metrics of conversations have no view of filters: they count on this one. */
const CONVERSATIONS = 'v_chats v';

/** The statement of a metric; undefined where it is worked out from several others or from rows of a statement. */
export function statementOf(id: string, { sql, over }: Metric): MetricStatement | undefined {
  const from =
    over !== undefined ? `${VIEWS[over]} ${over}` : / v\.|\(v\./u.test(` ${sql}`) ? CONVERSATIONS : undefined;
  return sql === undefined || from === undefined
    ? undefined
    : { id, aggregate: oneLine(expandSql(sql)), from };
}

export function allStatements(): readonly MetricStatement[] {
  return Object.entries<Metric>(METRICS)
    .map(([id, metric]) => statementOf(id, metric))
    .filter((statement) => statement !== undefined);
}

function oneLine(sql: string): string {
  return sql.replace(/\s+/gu, ' ').trim();
}
