import type { SqlParameters } from '../store/resultSet';
import { isMetricId, metricOf } from './metrics';

/** Filters that every dataset shares, so that every number obeys them. */
const FRAGMENTS: Readonly<Record<string, string>> = {
  in_scope: `m.instance_id IN (SELECT value FROM json_each(:instances))`,
  in_period: `m.day BETWEEN :from_day AND :to_day AND {{in_scope}}`,
};

const PLACEHOLDER = /\{\{(\w+)\}\}/gu;

/**
 * Puts the definitions of metrics and shared filters in place of `{{name}}`.
 * @throws Error when a name is not defined.
 */
export function expandSql(sql: string): string {
  return sql.replace(PLACEHOLDER, (_, name: string) => {
    const text = isMetricId(name) ? metricOf(name).sql : FRAGMENTS[name];
    if (text === undefined) {
      throw new Error(`Nothing is defined as {{${name}}}`);
    }
    return expandSql(text);
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
