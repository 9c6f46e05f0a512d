import * as v from 'valibot';
import { GRANULARITIES, type Granularity } from './buckets';
import { COMPARISONS, PERIOD_PRESETS, type ComparisonChoice, type PeriodChoice } from './period';
import type { ReportSource } from './reportSource';

/** What a report covers. */
export type ReportScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'instance'; readonly instanceId: number }
  /** Several instances, but not all. */
  | { readonly kind: 'instances'; readonly instanceIds: readonly number[] };

/** What a report leaves out besides instances and days. An absent or empty list leaves nothing out. */
export interface ReportFilter {
  /** `users.id`. */
  readonly users?: readonly number[] | undefined;
  /** `user_groups.id`: users who are members now. */
  readonly groups?: readonly number[] | undefined;
  /** `users.role` as it is now. */
  readonly roles?: readonly string[] | undefined;
  /** Models' own ids; '' stands for generations that name none. Turns count when one of their answers is by such a model. */
  readonly models?: readonly string[] | undefined;
  /** Leaves deleted chats and their messages out. */
  readonly withoutDeleted?: boolean | undefined;
  /** Leaves the accounts out that syncs use. */
  readonly withoutSyncAccount?: boolean | undefined;
}

/** How a person wants to see one table. */
export interface TableView {
  readonly sort?: { readonly field: string; readonly isDescending: boolean } | undefined;
  /** All rows, up to {@link MAX_TABLE_ROWS}, and not only the first. */
  readonly isLong?: boolean | undefined;
}

/** Everything that a person picks in a report: what tabs keep, links carry and saved settings hold. */
export interface ReportSettings {
  readonly reportId: string;
  /** Which database; absent: the mirror. */
  readonly source?: ReportSource | undefined;
  readonly scope: ReportScope;
  readonly period: PeriodChoice;
  readonly comparison: ComparisonChoice;
  /** Steps of the time axis. */
  readonly unit: Granularity;
  readonly filter: ReportFilter;
  /** By block id; absent blocks are shown as the report defines them. */
  readonly tables: Readonly<Record<string, TableView>>;
}

export const DEFAULT_SETTINGS = {
  scope: { kind: 'all' },
  period: { kind: 'preset', preset: 'last30' },
  comparison: 'previous',
  unit: 'auto',
  filter: {},
  tables: {},
} as const satisfies Omit<ReportSettings, 'reportId'>;

/** Most values of one filter: lists travel as parameters of every statement. */
const MAX_VALUES = 1000;

const id = v.pipe(v.number(), v.integer());
const ids = v.pipe(v.array(id), v.maxLength(MAX_VALUES));
const texts = v.pipe(v.array(v.pipe(v.string(), v.maxLength(1000))), v.maxLength(MAX_VALUES));
const date = v.pipe(v.string(), v.isoDate());

/** A source that is a warehouse. */
export const warehouseSourceSchema = v.custom<`warehouse:${string}`>(
  (value) => typeof value === 'string' && /^warehouse:.{1,200}$/u.test(value),
);

const scope = v.variant('kind', [
  v.object({ kind: v.literal('all') }),
  v.object({ kind: v.literal('instance'), instanceId: id }),
  v.object({ kind: v.literal('instances'), instanceIds: ids }),
]);

const period = v.variant('kind', [
  v.object({ kind: v.literal('preset'), preset: v.picklist(PERIOD_PRESETS.map((preset) => preset.id)) }),
  v.object({ kind: v.literal('days'), from: date, to: date }),
]);

const filter = v.object({
  users: v.optional(ids),
  groups: v.optional(ids),
  roles: v.optional(texts),
  models: v.optional(texts),
  withoutDeleted: v.optional(v.boolean()),
  withoutSyncAccount: v.optional(v.boolean()),
});

const tableView = v.object({
  sort: v.optional(v.object({ field: v.string(), isDescending: v.boolean() })),
  isLong: v.optional(v.boolean()),
});

/** Settings that come from outside: a page, a link, an earlier session. Parts that are missing get their default. */
export const reportSettingsSchema = v.object({
  reportId: v.pipe(v.string(), v.maxLength(200)),
  source: v.optional(v.union([v.literal('demo'), warehouseSourceSchema])),
  scope: v.optional(scope, DEFAULT_SETTINGS.scope),
  period: v.optional(period, DEFAULT_SETTINGS.period),
  comparison: v.optional(v.picklist(COMPARISONS.map((comparison) => comparison.id)), 'previous'),
  unit: v.optional(v.picklist(GRANULARITIES.map((granularity) => granularity.id)), 'auto'),
  filter: v.optional(filter, {}),
  tables: v.optional(v.record(v.string(), tableView), {}),
}) satisfies v.GenericSchema<unknown, ReportSettings>;

/** Settings from text or a value of outside; undefined when they cannot be read. */
export function parseReportSettings(value: unknown): ReportSettings | undefined {
  const parsed = v.safeParse(reportSettingsSchema, value);
  return parsed.success ? parsed.output : undefined;
}
