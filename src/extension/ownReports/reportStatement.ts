import type { SqlParameters } from '../../store/resultSet';
import { parameterNames, sqlTokens } from '../../store/sqlite/sqlTokens';
import { bareName } from '../sql/language/parameters/parameterKinds';

/** Parameters that every statement of a report may name; the page gives their values. */
const GIVEN: ReadonlySet<string> = new Set(['from_day', 'to_day', 'today', 'instances']);

/** Days of a query as the same days of the page's period: both are local and included. */
const PERIOD: Readonly<Record<string, string>> = {
  from: `date(86400 * :from_day, 'unixepoch')`,
  to: `date(86400 * :to_day, 'unixepoch')`,
};

/** Values with which a statement can be tried: all days, and these instances. */
export function widestPage(instances: readonly number[], now: number): SqlParameters {
  const today = Math.floor(now / 86_400_000);
  return { from_day: 0, to_day: today + 1, today, instances: JSON.stringify(instances) };
}

/** The parameters of a query for which a report needs a value; the page gives those of the others. */
export function valuesNeeded(sql: string): string[] {
  return parameterNames(sql).filter((name) => !isOfPage(name));
}

/**
 * A query as a report runs it: `:from` and `:to` follow the period of the page, the values of the other parameters are written into the
 * text.
 * @param values by the parameters' names with their signs; NULL where there is none
 */
export function reportStatement(sql: string, values: SqlParameters): string {
  return sqlTokens(sql).reduceRight((text, { kind, start, end }) => {
    const name = sql.slice(start, end);
    return kind === 'parameter' ? text.slice(0, start) + written(name, values) + text.slice(end) : text;
  }, sql);
}

function isOfPage(name: string): boolean {
  return periodOf(name) !== undefined || GIVEN.has(bareName(name));
}

function periodOf(name: string): string | undefined {
  const bare = bareName(name).toLowerCase();
  return Object.hasOwn(PERIOD, bare) ? PERIOD[bare] : undefined;
}

function written(name: string, values: SqlParameters): string {
  return periodOf(name) ?? (GIVEN.has(bareName(name)) ? `:${bareName(name)}` : literal(values[name] ?? null));
}

function literal(value: string | number | null): string {
  if (typeof value === 'string') {
    return `'${value.replaceAll("'", "''")}'`;
  }
  // `a-:b` must not become the comment `a--1`.
  return value !== null && value < 0 ? `(${value})` : String(value ?? 'NULL');
}
