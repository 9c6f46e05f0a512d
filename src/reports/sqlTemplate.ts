import type { SqlParameters } from '../store/resultSet';
import { isMetricId, metricOf } from './metrics';

/** How a dataset should find the messages of its period. */
export type Access =
  /** By the index on days: best for a small part of the messages. */
  | 'index'
  /** By reading the whole table: four to five times faster for most of the messages, since an index jumps about. */
  | 'scan';

/** Filters that every dataset shares, so that every number obeys them. */
const FRAGMENTS: Readonly<Record<string, (access: Access) => string>> = {
  in_scope: (access) =>
    `${unindexed(access === 'index')}m.instance_id IN (SELECT value FROM json_each(:instances))`,
  in_period: (access) =>
    `${unindexed(access === 'scan')}m.day BETWEEN :from_day AND :to_day AND {{in_scope}}`,
  in_previous_period: (access) =>
    `:previous_from_day < :from_day AND ${unindexed(access === 'scan')}m.day BETWEEN :previous_from_day AND :from_day - 1 AND {{in_scope}}`,
  in_period_by_index: () => `m.day BETWEEN :from_day AND :to_day AND {{in_scope}}`,
  buckets: () => BUCKETS,
  bucket_days: () => BUCKET_DAYS,
  in_bucket: () => `m.day BETWEEN b.first_day AND b.last_day AND {{in_scope}}`,
  messages_by_user: (access) => BY_USER[access].messages,
  user_key: (access) => BY_USER[access].key,
};

/** Steps of the time axis as table `bucket`. */
const BUCKETS = `bucket AS MATERIALIZED (
  SELECT
    value ->> '$.bucket' AS bucket,
    value ->> '$.label' AS label,
    value ->> '$.first_day' AS first_day,
    value ->> '$.last_day' AS last_day,
    value ->> '$.is_partial' AS is_partial,
    value ->> '$.tail' AS tail
  FROM json_each(:buckets)
)`;

/** Their days as table `day`, behind `WITH RECURSIVE`: counts of days, which an index has in order, add up to those of steps. */
const BUCKET_DAYS = `day AS MATERIALIZED (
  SELECT bucket, label, is_partial, first_day AS day, last_day FROM bucket
  UNION ALL
  SELECT bucket, label, is_partial, day + 1, last_day FROM day WHERE day < last_day
)`;

/**
 * Messages in the order of their owner: many of them by way of his chats, since sorting messages costs more than finding
 * them chat by chat. CROSS JOIN keeps SQLite from turning the order round.
 */
const BY_USER: Readonly<Record<Access, { readonly messages: string; readonly key: string }>> = {
  index: { messages: 'main.message m', key: 'm.user_id' },
  scan: { messages: 'main.chats c CROSS JOIN main.message m ON m.chat_id = c.id', key: 'c.user_id' },
};

/** A plus sign keeps SQLite from finding rows by this column. */
function unindexed(isUnindexed: boolean): string {
  return isUnindexed ? '+' : '';
}

const PLACEHOLDER = /\{\{(\w+)\}\}/gu;

/**
 * Puts the definitions of metrics and shared filters in place of `{{name}}`.
 * @throws Error when a name is not defined.
 */
export function expandSql(sql: string, access: Access = 'index'): string {
  return sql.replace(PLACEHOLDER, (_, name: string) => {
    const text = isMetricId(name) ? metricOf(name).sql : FRAGMENTS[name]?.(access);
    if (text === undefined) {
      throw new Error(`Nothing is defined as {{${name}}}`);
    }
    return expandSql(text, access);
  });
}

/**
 * A statement on `{{in_span}}` for the period (`{{is_current}}` = 1) and for the equal span before it (0), as one. Each is
 * a pass of its own: grouping by the span would sort every message first.
 */
export function bothSpans(sql: string): string {
  const spans = { 1: '{{in_period}}', 0: '{{in_previous_period}}' };
  return ([1, 0] as const)
    .map((isCurrent) =>
      sql.replace('{{is_current}}', String(isCurrent)).replace('{{in_span}}', spans[isCurrent]),
    )
    .join('UNION ALL\n');
}

/** Metrics that a text of SQL names. */
export function metricsIn(sql: string): string[] {
  return [...sql.matchAll(PLACEHOLDER)].map(([, name]) => name ?? '').filter(isMetricId);
}

/** A statement that stands alone: `:name` parameters replaced by literals, so that it runs in any SQL tool. */
export function inlineParameters(sql: string, parameters: SqlParameters): string {
  return sql.replace(/:(\w+)/gu, (text, name: string) =>
    Object.hasOwn(parameters, name) ? literal(parameters[name] ?? null) : text,
  );
}

function literal(value: string | number | null): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value ?? 'NULL');
}
