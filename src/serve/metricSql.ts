import { metricOf, type MetricId } from '../reports/metrics/metrics';
import { VIEWS, type Metric, type ViewAlias } from '../reports/metrics/metric';

/** Steps of the time axis that values come in. */
export const TIME_STEPS = ['day', 'week', 'month'] as const;
/** What values come by; `all`: one value for the whole period. */
export const METRIC_KEYS = ['all', ...TIME_STEPS, 'user', 'group', 'model'] as const;
export type MetricKey = (typeof METRIC_KEYS)[number];

/** Whose costs are: the person's, or those of each account. */
type Owner = 'user_id' | 'account_id';

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
    case 'group':
      return sqlOfGroups(id);
    case 'model':
      return sqlOfModels(id);
    default:
      return sqlOfSteps(id);
  }
}

/** Of days before the first message and after the last sync nothing is known: that is not 0. */
function sqlOfPeriod(id: MetricId): string {
  const metric = metricOf(id);
  const { table, where } = rowsOf(metric);
  const plain = `NULL AS step, 0 AS is_partial`;
  return metric.format === 'money'
    ? `SELECT ${plain}, c.currency, {{${id}}} AS value FROM ${table} WHERE ${where} GROUP BY c.currency ORDER BY c.currency`
    : `WITH {{buckets}} SELECT ${plain}, NULL AS currency, CASE (SELECT MIN(is_unknown) FROM bucket) WHEN 0 THEN {{${id}}} END AS value
      FROM ${table} WHERE ${where}`;
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
  return `SELECT v.*, u.id AS user_id, {{person}} AS user_name, {{instance_name}} AS instance
    FROM (${grouped(id, over === 'c' ? 'c.user_id' : `{{user(${over}.user_id)}}`, 'user_id')}) v
    LEFT JOIN main.users u ON u.id = v.key
    LEFT JOIN main.instances i ON i.id = u.instance_id
    ORDER BY v.value DESC, u.id, v.currency`;
}

/**
 * As the cost report has it: by present membership. Somebody in two groups is in both, whoever is in none in a row of the
 * instance (a negative key), and each account of a merged person in its own groups.
 */
function sqlOfGroups(id: MetricId): string {
  const { over = 't' } = metricOf(id);
  const account = over === 'c' ? 'c.account_id' : `${over}.user_id`;
  return `WITH membership AS MATERIALIZED (
      SELECT u.id AS user_id, COALESCE(p.group_id, -u.instance_id) AS group_key
      FROM main.users u
      LEFT JOIN (
        SELECT gm.user_id, gm.group_id
        FROM main.group_members gm
        JOIN main.user_groups ug ON ug.id = gm.group_id AND ug.is_deleted = 0
        WHERE gm.is_deleted = 0
      ) p ON p.user_id = u.id
    )
    SELECT v.*, ug.id AS group_id, CASE WHEN v.key < 0 THEN 'No group' ELSE COALESCE(ug.name, ug.remote_id) END AS group_name,
      {{instance_name}} AS instance
    FROM (${grouped(id, 'o.group_key', 'account_id', `LEFT JOIN membership o ON o.user_id = ${account}`)}) v
    LEFT JOIN main.user_groups ug ON ug.id = v.key
    LEFT JOIN main.instances i ON i.id = COALESCE(ug.instance_id, -v.key)
    ORDER BY v.value DESC, ug.id IS NULL, ABS(v.key), v.currency`;
}

/** Models of several instances that share an id are one. */
function sqlOfModels(id: MetricId): string {
  const { over = 'g' } = metricOf(id);
  return `SELECT v.*, v.key AS model FROM (${grouped(id, `${over}.model_id`)}) v ORDER BY v.value DESC, v.key, v.currency`;
}

/** @param owner column that costs are kept apart by @param joins what the key is taken from */
function grouped(id: MetricId, key: string, owner?: Owner, joins = ''): string {
  const metric = metricOf(id);
  const { table, where } = rowsOf(metric, owner);
  const [currency, byCurrency] = metric.format === 'money' ? ['c.currency', ', c.currency'] : ['NULL', ''];
  return `SELECT ${key} AS key, NULL AS step, 0 AS is_partial, ${currency} AS currency, {{${id}}} AS value
    FROM ${table} ${joins} WHERE ${where}
    GROUP BY ${key}${byCurrency}`;
}

/** The rows that a metric counts of a period. Money has a currency, or is unknown. */
function rowsOf(
  { over = 't', rollingDays, format }: Metric,
  owner?: Owner,
): { readonly table: string; readonly where: string } {
  if (over === 'c') {
    const columns = ['in_period', ...(owner === undefined ? [] : [owner])].join(', ');
    return {
      table: `{{costs(${columns})}} c`,
      where: format === 'money' ? 'c.currency IS NOT NULL' : 'TRUE',
    };
  }
  return {
    table: `main.${VIEWS[over]} ${over}`,
    where:
      rollingDays === undefined
        ? `{{in_period(${over})}}`
        : `${over}.day BETWEEN :to_day - ${rollingDays - 1} AND :to_day AND {{in_scope(${over})}}`,
  };
}
