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
  in_bucket: () => `m.day BETWEEN b.first_day AND b.last_day AND {{in_scope}}`,
  messages_by_user: (access) => BY_USER[access].messages,
  user_key: (access) => BY_USER[access].key,
};

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
