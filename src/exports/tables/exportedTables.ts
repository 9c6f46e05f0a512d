/** Where the month of a row is read from. */
export interface MonthSource {
  /** `day`: days since 1970-01-01; `text`: begins with YYYY-MM. */
  readonly kind: 'day' | 'text';
  /** SQL. */
  readonly column: string;
}

/** What Parquet folders are divided by. */
export type Level = 'instance' | 'month';

/** A table or view as it is exported. Its rows are `t` in all SQL. */
export interface ExportedTable {
  readonly name: string;
  /** What its columns are taken of, where it is called otherwise in the database. */
  readonly source?: string;
  /** What follows FROM. Default: the source, as `t`. */
  readonly from?: string;
  /** SQL of `instances.id`; absent: its rows are of no instance. */
  readonly instance?: string;
  /** Rows of no instance in particular belong to each of them. */
  readonly isSharedWithoutInstance?: boolean;
  readonly month?: MonthSource;
  readonly levels: readonly Level[];
  /** The mirror forgets old rows by itself: what an export holds of them stays. */
  readonly isPruned?: boolean;
  /** Made of other tables: exported when it is named. */
  readonly isView?: boolean;
}

const byInstance = (name: string): ExportedTable => ({
  name,
  instance: 't.instance_id',
  levels: ['instance'],
});

const byMonth = (name: string, column: string, kind: MonthSource['kind'] = 'text'): ExportedTable => ({
  name,
  instance: 't.instance_id',
  month: { kind, column },
  levels: ['instance', 'month'],
});

/** Rows of a message: they belong to its month. */
const ofMessage = (name: string, key: string): ExportedTable => ({
  name,
  from: `message m CROSS JOIN ${name} t ON t.${key} = m.id`,
  instance: 'm.instance_id',
  month: { kind: 'day', column: 'm.day' },
  levels: ['instance', 'month'],
});

const whole = (name: string): ExportedTable => ({ name, levels: [] });

const ofInstance = (name: string): ExportedTable => ({ name, instance: 't.instance_id', levels: [] });

/** Bills are of resources that several instances may share. Their months are UTC, as they are billed. */
const ofBills = (name: string, column = 't.date', from?: string): ExportedTable => ({
  name,
  month: { kind: 'text', column },
  levels: ['month'],
  ...(from === undefined ? {} : { from }),
});

const viewByDay = (name: string): ExportedTable => ({ ...byMonth(name, 't.day', 'day'), isView: true });

/** In the order in which they are written. */
export const EXPORTED_TABLES: readonly ExportedTable[] = [
  { name: 'instances', instance: 't.id', levels: [] },
  byInstance('users'),
  byInstance('user_groups'),
  byInstance('group_members'),
  byMonth('chats', 't.created_at'),
  byInstance('chat_models'),
  { ...byMonth('messages', 't.day', 'day'), source: 'message' },
  ofMessage('message_sources', 'message_id'),
  byMonth('feedback', 't.created_at'),
  byInstance('models'),
  byInstance('knowledge_bases'),
  byInstance('files'),
  { ...byMonth('sync_runs', 't.started_at'), isPruned: true },
  {
    name: 'sync_run_streams',
    from: 'sync_runs r CROSS JOIN sync_run_streams t ON t.sync_run_id = r.id',
    instance: 'r.instance_id',
    month: { kind: 'text', column: 'r.started_at' },
    levels: ['instance', 'month'],
    isPruned: true,
  },
  { ...ofInstance('prices'), isSharedWithoutInstance: true },
  ofInstance('budgets'),
  ofMessage('generation_costs', 'generation_id'),
  whole('cost_scopes'),
  whole('cost_sync_runs'),
  whole('cost_months'),
  whole('cost_month_totals'),
  ofBills('cost_daily'),
  ofBills('cost_service_daily'),
  ofBills('cost_restatements'),
  ofBills('cost_shares', 'd.date', 'cost_daily d CROSS JOIN cost_shares t ON t.cost_id = d.id'),
  whole('cost_resources'),
  whole('cost_deployments'),
  whole('cost_meters'),
  whole('cost_invoices'),
  ofInstance('excluded_accounts'),
  ofInstance('merged_accounts'),
  whole('engagement_weights'),
  whole('holidays'),
  viewByDay('v_turns'),
  viewByDay('v_generations'),
  viewByDay('v_usage_daily'),
  viewByDay('v_sources'),
  viewByDay('v_cost'),
  { ...byInstance('v_chats'), isView: true },
  { ...byInstance('chat_tags'), isView: true },
];

/**
 * Tables of the database that no export holds: how it works, and what it keeps back or must forget. A unit test holds all
 * tables of the schema against these two lists.
 */
export const INTERNAL_TABLES: ReadonlySet<string> = new Set([
  'meta',
  'message_text',
  'content_shards',
  'cost_days',
  'analysis_settings',
  'sync_state',
  'quarantine',
  'held_deletions',
  'erased_people',
  'tombstones',
]);
