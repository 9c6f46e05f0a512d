import type { DialectName, ReportReader, SqlParameters } from '../store/resultSet';
import { NO_EFFECTS, type AnalysisEffects } from './analysisEffects';
import {
  isExcluded,
  isHoliday,
  isWorkday,
  notExcluded,
  unlessExcluded,
  userOf,
  weightOf,
  workdaysUpTo,
} from './analysisSql';
import { costsSql } from './costSql';
import { DIALECTS, isMacroName } from './dialect';
import { filterConditions, ownerConditions, peopleConditions } from './filterSql';
import { isViewAlias, VIEWS, type ViewAlias } from './metrics/metric';
import { areChosen } from './users/engagementWeights';
import { isMetricId, metricOf, type MetricId } from './metrics/metrics';
import type { ReportFilter } from './reportSettings';

/** How a dataset should find the messages of its period. */
export type Access =
  /** By the index on days: best for a small part of the messages. */
  | 'index'
  /** By reading the whole table: four to five times faster for most of the messages, since an index jumps about. */
  | 'scan';

/** What the text of a statement depends on. */
export interface SqlContext {
  readonly access: Access;
  readonly filter: ReportFilter;
  /** Of analysis.json; absent: none. */
  readonly effects?: AnalysisEffects | undefined;
  /** Default: SQLite's. */
  readonly dialect?: DialectName | undefined;
}

export const NO_FILTER: SqlContext = { access: 'index', filter: {} };

interface Complete extends SqlContext {
  readonly effects: AnalysisEffects;
}

type Fragment = (context: Complete, argument: string) => string;

/** Conditions that every dataset shares, so that every number obeys every filter. The argument is an alias of `VIEWS`. */
const FRAGMENTS: Readonly<Record<string, Fragment>> = {
  /** Of the report's instances, and not left out by a filter. */
  in_scope: (context, alias) => inScope(context, aliasOf(alias), context.access === 'index'),
  in_period: (context, alias) => inDays(context, alias, ':from_day', ':to_day'),
  /** The span that the period is compared with; no row without one. */
  in_previous_period: (context, alias) => inDays(context, alias, ':previous_from_day', ':previous_to_day'),
  /** As `in_period`, always by the index on days: for statements that it covers. */
  in_period_by_index: (context, alias) =>
    `${alias}.day BETWEEN :from_day AND :to_day AND ${inScope(context, aliasOf(alias), true)}`,
  /** Of the step `b`. */
  in_bucket: (context, alias) =>
    `${alias}.day BETWEEN b.first_day AND b.last_day AND ${inScope(context, aliasOf(alias), true)}`,
  /**
   * As `in_scope`, `in_period` and `in_previous_period`, with the accounts that analysis.json leaves out: what they cost was
   * paid all the same. For costs alone.
   */
  paid_in_scope: (context, alias) =>
    inScope(withExcluded(context), aliasOf(alias), context.access === 'index'),
  paid_in_period: (context, alias) => inDays(withExcluded(context), alias, ':from_day', ':to_day'),
  paid_in_previous_period: (context, alias) =>
    inDays(withExcluded(context), alias, ':previous_from_day', ':previous_to_day'),
  /** Not left out by analysis.json: for statements that take nothing of a filter. The argument is a `users.id`. */
  not_excluded: ({ effects }, column) => notExcluded(column, effects)[0] ?? 'TRUE',
  /** Of accounts `u` (`main.users`): of the report's instances, and not left out. */
  people: ({ filter, effects }) =>
    ['u.instance_id IN {{list(:instances)}}', ...peopleConditions(filter, effects)].join(' AND '),
  /** Of things with an owner (`user_id`): all of them, or those of the people who are not left out. */
  owned: ({ filter, effects }, alias) =>
    ownerConditions(`${alias}.user_id`, filter, effects).join(' AND ') || 'TRUE',
  /** Whom an account (`users.id`) counts as: people whose accounts analysis.json merges are counted and named by this alone. */
  user: ({ effects }, column) => userOf(column, effects),
  /** What rows of an instance's users are grouped by: in the order of the index on days where nobody is merged. */
  by_user: ({ effects }, alias) =>
    effects.mergedAccounts === 0
      ? `${alias}.instance_id, ${alias}.user_id`
      : userOf(`${alias}.user_id`, effects),
  /** A row of a view is of the person `u`. */
  of_person: ({ effects }, alias) =>
    effects.mergedAccounts === 0
      ? `${alias}.instance_id = u.instance_id AND ${alias}.user_id = u.id`
      : `${userOf(`${alias}.user_id`, effects)} = u.id`,
  /** Whose cost it is: the person; NULL of all accounts that analysis.json leaves out. */
  payer: ({ effects }, column) => unlessExcluded(column, effects, userOf(column, effects)),
  /** The same by account, whomever it counts as. */
  paying_account: ({ effects }, column) => unlessExcluded(column, effects, column),
  is_excluded: ({ effects }, column) => isExcluded(column, effects),
  is_holiday: ({ effects }, day) => isHoliday(day, effects),
  is_workday: ({ effects }, day) => isWorkday(day, effects),
  workdays_up_to: ({ effects }, day) => workdaysUpTo(day, effects),
  weight: ({ effects }, part) => weightOf(part, effects),
  /** Whether analysis.json gives others than the reports' own, as 0 or 1. */
  has_own_weights: ({ effects }) => String(Number(areChosen(effects.weights))),
  /** Costs of a span, summed by columns of `v_generations`: `{{costs(in_period, user_id)}} c`. */
  costs: (_, argument) => {
    const [span = '', ...columns] = argument.split(',').map((part) => part.trim());
    return costsSql(span, columns);
  },
  /** What an account `u` is called. */
  person: () => PERSON,
  /** The same, told apart where names repeat: by its instance `i` in a report of several, by e-mail within one. */
  person_label: () => `${PERSON}
    || CASE WHEN (SELECT COUNT(*) FROM {{rows(:instances)}}) > 1 THEN ' · ' || i.name ELSE '' END
    || CASE
      WHEN COUNT(*) OVER (PARTITION BY u.instance_id, {{nocase(u.name)}}) > 1
      THEN ' (' || COALESCE(NULLIF(u.email, ''), u.remote_id) || ')'
      ELSE ''
    END`,
  /** What an instance `i` is called. */
  instance_name: () => `i.name || CASE i.is_deleted WHEN 1 THEN ' (removed)' ELSE '' END`,
  buckets: () => BUCKETS,
  bucket_days: () => BUCKET_DAYS,
  /**
   * Rows of a view in the order of their owner: many of them by way of his chats, since sorting messages costs more than
   * finding them chat by chat. CROSS JOIN keeps SQLite from turning the order round.
   */
  by_owner: ({ access }, alias) => {
    const rows = `main.${VIEWS[aliasOf(alias)]} ${alias}`;
    return access === 'index' ? rows : `main.chats o CROSS JOIN ${rows} ON ${alias}.chat_id = o.id`;
  },
  /** The owner of such a row. */
  owner: ({ access, effects }, alias) =>
    userOf(access === 'index' ? `${alias}.user_id` : 'o.user_id', effects),
  /** The chat of a row of `by_owner`: in this order many rows come without sorting them all. */
  chat: ({ access }, alias) => (access === 'index' ? `+${alias}.chat_id` : 'o.id'),
};

function inDays(context: Complete, alias: string, from: string, to: string): string {
  const byIndex = context.access === 'index';
  return `${unindexed(!byIndex)}${alias}.day BETWEEN ${from} AND ${to} AND ${inScope(context, aliasOf(alias), byIndex)}`;
}

function inScope({ filter, effects }: Complete, alias: ViewAlias, isFoundByDay: boolean): string {
  const instances = `${unindexed(isFoundByDay)}${alias}.instance_id IN {{list(:instances)}}`;
  return [instances, ...filterConditions(alias, filter, effects)].join(' AND ');
}

function withExcluded(context: Complete): Complete {
  return { ...context, effects: { ...context.effects, excludedAccounts: 0 } };
}

function aliasOf(text: string): ViewAlias {
  if (!isViewAlias(text)) {
    throw new Error(`"${text}" is no alias of a view: one of ${Object.keys(VIEWS).join(', ')}`);
  }
  return text;
}

const PERSON = `COALESCE(NULLIF(u.name, ''), u.email, u.remote_id)`;

/** Steps of the time axis as table `bucket`. */
const BUCKETS = `bucket AS MATERIALIZED (
  SELECT
    {{json(value, bucket)}} AS bucket,
    {{json(value, label)}} AS label,
    {{json_number(value, first_day)}} AS first_day,
    {{json_number(value, last_day)}} AS last_day,
    {{json_number(value, is_partial)}} AS is_partial,
    {{json_number(value, is_unknown)}} AS is_unknown,
    {{json_number(value, tail)}} AS tail
  FROM {{rows(:buckets)}}
)`;

/** Their days as table `day`, behind `WITH RECURSIVE`: counts of days, which an index has in order, add up to those of steps. */
const BUCKET_DAYS = `day AS MATERIALIZED (
  SELECT bucket, label, is_partial, is_unknown, first_day AS day, last_day FROM bucket
  UNION ALL
  SELECT bucket, label, is_partial, is_unknown, day + 1, last_day FROM day WHERE day < last_day
)`;

/** A plus sign keeps SQLite from finding rows by this column. */
function unindexed(isUnindexed: boolean): string {
  return isUnindexed ? '+' : '';
}

const PLACEHOLDER = /\{\{(\w+)(?:\(([^{}]*)\))?\}\}/gu;

/**
 * Puts the definitions of metrics, shared conditions and dialect-dependent expressions in place of `{{name}}` and
 * `{{name(argument, ...)}}`.
 * @throws Error when a name is not defined.
 */
export function expandSql(sql: string, context: SqlContext = NO_FILTER): string {
  return DIALECTS[context.dialect ?? 'sqlite'].finish(expand(sql, context));
}

/** A statement of no report's period, as a reader's database wants it. */
export function inDialect({ dialect }: Pick<ReportReader, 'dialect'>, sql: string): string {
  return expandSql(sql, { ...NO_FILTER, dialect });
}

function expand(sql: string, context: SqlContext): string {
  return sql.replace(PLACEHOLDER, (_, name: string, argument: string | undefined) =>
    expand(textOf(name, argument?.trim() ?? '', context), context),
  );
}

function textOf(name: string, argument: string, context: SqlContext): string {
  if (isMetricId(name)) {
    return sqlOf(name);
  }
  if (isMacroName(name)) {
    return DIALECTS[context.dialect ?? 'sqlite'].macros[name](
      ...argument.split(',').map((part) => part.trim()),
    );
  }
  const fragment = FRAGMENTS[name];
  if (fragment === undefined) {
    throw new Error(`Nothing is defined as {{${name}}}`);
  }
  return fragment({ ...context, effects: context.effects ?? NO_EFFECTS }, argument);
}

function sqlOf(id: MetricId): string {
  const { sql } = metricOf(id);
  if (sql === undefined) {
    throw new Error(`{{${id}}} is worked out from other metrics: it has no SQL of its own`);
  }
  return sql;
}

/**
 * A statement on `{{in_span(alias)}}` or `{{costs(in_span, ...)}}` for the period (`{{is_current}}` = 1) and for the span that it is compared with (0),
 * as one. Each is a pass of its own: grouping by the span would sort every message first.
 */
export function bothSpans(sql: string): string {
  const spans = { 1: 'in_period', 0: 'in_previous_period' };
  return ([1, 0] as const)
    .map((isCurrent) =>
      sql.replaceAll('{{is_current}}', String(isCurrent)).replaceAll(/\bin_span\b/gu, spans[isCurrent]),
    )
    .join('UNION ALL\n');
}

/** Metrics that a statement counts or shows as a column. */
export function metricsIn(sql: string): MetricId[] {
  return [...sql.matchAll(/\{\{(\w+)\}\}|\bAS (\w+)/gu)]
    .map(([, counted, column]) => counted ?? column ?? '')
    .filter(isMetricId);
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
