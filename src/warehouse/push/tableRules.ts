/**
 * What a row means that the warehouse has and the mirror has not:
 * - `kept`: the mirror let it go to save space, the warehouse keeps it;
 * - `replaced`: it holds no more, and goes. With `of`: rows of something that the mirror itself does not hold any more stay.
 * - `mirrorOnly`: the table says something of the mirror's own files; it is not pushed.
 *
 * Whom or what an erasure, a stricter privacy mode or a removed instance takes away goes by tombstones, whatever stands here.
 */
export type TableRule =
  | {
      readonly rows: 'kept';
      readonly marks?: Marks | undefined;
      /** Kept also where the warehouse follows a mirror that was restored. */
      readonly outlivesRestore?: true | undefined;
    }
  | { readonly rows: 'replaced'; readonly of?: Owner | undefined }
  | { readonly rows: 'mirrorOnly' };

/** Rows are marked deleted with what they belong to, also those that only the warehouse has. */
export interface Marks {
  /** Column that holds the owner's id. */
  readonly by: string;
  readonly owner: string;
}

export interface Owner {
  /** Column that holds the owner's id. */
  readonly by: string;
  readonly table: string;
}

const KEPT: TableRule = { rows: 'kept' };
const KEPT_FOR_GOOD: TableRule = { rows: 'kept', outlivesRestore: true };
const REPLACED: TableRule = { rows: 'replaced' };
const MIRROR_ONLY: TableRule = { rows: 'mirrorOnly' };

const keptWith = (by: string, owner: string): TableRule => ({ rows: 'kept', marks: { by, owner } });
const replacedIn = (by: string, table: string): TableRule => ({ rows: 'replaced', of: { by, table } });

/**
 * Every table of the mirror, in the order in which they are pushed: first those that tell whether the warehouse and the
 * mirror speak of the same things.
 */
export const TABLE_RULES: Readonly<Record<string, TableRule>> = {
  chats: keptWith('user_id', 'users'),
  message: keptWith('chat_id', 'chats'),
  // Retention takes the text of old messages from the mirror. It goes with its message.
  message_text: KEPT_FOR_GOOD,
  instances: KEPT,
  users: KEPT,
  user_groups: KEPT,
  feedback: KEPT,
  models: KEPT,
  knowledge_bases: KEPT,
  files: KEPT,
  // Retention takes old runs from the mirror; a run's streams are written anew while it is there.
  sync_runs: KEPT_FOR_GOOD,
  sync_run_streams: replacedIn('sync_run_id', 'sync_runs'),
  group_members: replacedIn('group_id', 'user_groups'),
  // Derived from messages.
  chat_models: replacedIn('chat_id', 'chats'),
  message_sources: replacedIn('message_id', 'message'),
  // Where syncs stand.
  sync_state: REPLACED,
  quarantine: REPLACED,
  held_deletions: REPLACED,
  // Bills as the cloud tells them now; a scope goes with all that is its own where a person deletes it.
  cost_scopes: REPLACED,
  cost_sync_runs: REPLACED,
  cost_months: REPLACED,
  cost_month_totals: REPLACED,
  cost_daily: REPLACED,
  cost_service_daily: REPLACED,
  cost_restatements: REPLACED,
  // Made of bills and use.
  cost_shares: REPLACED,
  cost_days: REPLACED,
  generation_costs: replacedIn('generation_id', 'message'),
  // What analysis.json says.
  prices: REPLACED,
  budgets: REPLACED,
  analysis_settings: REPLACED,
  cost_resources: REPLACED,
  cost_deployments: REPLACED,
  cost_meters: REPLACED,
  cost_invoices: REPLACED,
  excluded_accounts: REPLACED,
  merged_accounts: REPLACED,
  engagement_weights: REPLACED,
  holidays: REPLACED,
  // What a warehouse had to forget, and whom it must not take again, without anybody's name.
  tombstones: KEPT_FOR_GOOD,
  erased_people: KEPT_FOR_GOOD,
  meta: REPLACED,
  // Names files of the mirror's folder; the warehouse holds all text in its rows.
  content_shards: MIRROR_ONLY,
};

/** Whether rows stay that only the warehouse has, also where it follows a mirror that was restored. */
export function outlivesRestore(table: string): boolean {
  const rule = TABLE_RULES[table];
  return rule?.rows === 'kept' && rule.outlivesRestore === true;
}

/** Columns that mean nothing outside of the mirror's folder, and stay NULL. */
export const EMPTIED_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  message: ['content_shard'],
};

/** Facts about the mirror's own file, by their keys, that no other place needs to know. */
export const UNPUSHED_ROWS: Readonly<Record<string, string>> = {
  meta: "key = 'purge'",
};

/** Columns that name a thing for good: another value under the same id means that ids were given twice. */
export const IDENTITIES: Readonly<Record<string, readonly string[]>> = {
  chats: ['instance_id', 'remote_id'],
  message: ['chat_id', 'remote_id'],
};

/**
 * Tables that grow with the mirror and whose rows bear the time when they were written: a push compares the parts of them in
 * which something was written or is missing.
 */
export const LARGE_TABLES: ReadonlySet<string> = new Set([
  'chats',
  'chat_models',
  'message_sources',
  'generation_costs',
]);
