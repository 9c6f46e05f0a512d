import { metricOf, type MetricId } from '../reports/metrics/metrics';
import { VIEWS, type Metric, type ViewAlias } from '../reports/metrics/metric';

/** Steps of the time axis that values come in. */
export const TIME_STEPS = ['day', 'week', 'month'] as const;
/** What values come by; `all`: one value for the whole period. */
export const METRIC_KEYS = ['all', ...TIME_STEPS, 'user', 'model'] as const;
export type MetricKey = (typeof METRIC_KEYS)[number];

/** Views whose rows are of one model each. */
const OF_MODELS: readonly ViewAlias[] = ['g', 'c'];

/** What the values of a metric can come by; nothing of one that reports work out. */
export function keysOf({ over, sql }: Metric): readonly MetricKey[] {
  if (over === undefined || sql === undefined) {
    return [];
  }
  return METRIC_KEYS.filter((key) => key !== 'model' || OF_MODELS.includes(over));
}

/**
 * The statement of a metric's values: `step` (first day), `is_partial`, `currency` of money, `value`, and the columns of whom
 * or what it is of.
 */
export function metricSql(id: MetricId, key: MetricKey): string {
  switch (key) {
    case 'all':
      return sqlOfPeriod(id);
    case 'user':
      return sqlOfUsers(id);
    case 'model':
      return sqlOfModels(id);
    default:
      return sqlOfSteps(id);
  }
}

/** Of days before the first message and after the last sync nothing is known: that is not 0. */
function sqlOfPeriod(id: MetricId): string {
  const metric = metricOf(id);
  const plain = `NULL AS step, 0 AS is_partial`;
  const value = `CASE (SELECT MIN(is_unknown) FROM bucket) WHEN 0 THEN {{${id}}} END AS value`;
  if (metric.over !== 'c') {
    return `WITH {{buckets}} SELECT ${plain}, NULL AS currency, ${value} FROM ${rowsOf(metric)}`;
  }
  return metric.format === 'money'
    ? `SELECT ${plain}, c.currency, {{${id}}} AS value FROM {{costs(in_period)}} c WHERE c.currency IS NOT NULL GROUP BY c.currency ORDER BY c.currency`
    : `WITH {{buckets}} SELECT ${plain}, NULL AS currency, ${value} FROM {{costs(in_period)}} c`;
}

/** Steps that nothing is known of are NULL. */
function sqlOfSteps(id: MetricId): string {
  const { over = 't', format, rollingDays } = metricOf(id);
  if (over !== 'c') {
    const rows =
      rollingDays === undefined
        ? `{{in_bucket(${over})}}`
        : `${over}.day BETWEEN b.last_day - ${rollingDays - 1} AND b.last_day AND {{in_scope(${over})}}`;
    return `WITH {{buckets}}
      SELECT b.bucket AS step, b.is_partial, NULL AS currency,
        CASE b.is_unknown WHEN 0 THEN (SELECT {{${id}}} FROM main.${VIEWS[over]} ${over} WHERE ${rows}) END AS value
      FROM bucket b ORDER BY b.bucket`;
  }
  const isMoney = format === 'money';
  return `WITH RECURSIVE {{buckets}}, {{bucket_days}}
    SELECT d.bucket AS step, MAX(d.is_partial) AS is_partial, ${isMoney ? 'c.currency' : 'NULL'} AS currency, {{${id}}} AS value
    FROM {{costs(in_period, day)}} c JOIN day d ON d.day = c.day
    ${isMoney ? 'WHERE c.currency IS NOT NULL' : ''}
    GROUP BY d.bucket${isMoney ? ', c.currency' : ''} ORDER BY d.bucket, 3`;
}

/** Most first. Whoever has no rows is not in it; NULL is whom analysis.json leaves out of all but costs, and who is not known. */
function sqlOfUsers(id: MetricId): string {
  const { over = 't' } = metricOf(id);
  return `SELECT v.*, u.id AS user_id, {{person}} AS user_name, i.name AS instance
    FROM (${grouped(id, over === 'c' ? 'c.user_id' : `{{user(${over}.user_id)}}`)}) v
    LEFT JOIN main.users u ON u.id = v.key
    LEFT JOIN main.instances i ON i.id = u.instance_id
    ORDER BY v.value DESC, u.id, v.currency`;
}

/** Models of several instances that share an id are one. */
function sqlOfModels(id: MetricId): string {
  const { over = 'g' } = metricOf(id);
  return `SELECT v.*, v.key AS model FROM (${grouped(id, `${over}.model_id`)}) v ORDER BY v.value DESC, v.key, v.currency`;
}

function grouped(id: MetricId, key: string): string {
  const metric = metricOf(id);
  const isMoney = metric.format === 'money';
  const rows = metric.over === 'c' ? '{{costs(in_period, user_id)}} c' : rowsOf(metric);
  return `SELECT ${key} AS key, NULL AS step, 0 AS is_partial, ${isMoney ? 'c.currency' : 'NULL'} AS currency, {{${id}}} AS value
    FROM ${rows}${isMoney ? ' WHERE c.currency IS NOT NULL' : ''}
    GROUP BY ${key}${isMoney ? ', c.currency' : ''}`;
}

/** The rows of a view that a metric counts of a period. */
function rowsOf({ over = 't', rollingDays }: Metric): string {
  const days =
    rollingDays === undefined
      ? `{{in_period(${over})}}`
      : `${over}.day BETWEEN :to_day - ${rollingDays - 1} AND :to_day AND {{in_scope(${over})}}`;
  return `main.${VIEWS[over]} ${over} WHERE ${days}`;
}
