import type { RemovalStep } from './removalStep';

const OWN = 'instance_id = ?1';
const OF_MESSAGES = `IN (SELECT id FROM message WHERE ${OWN})`;

/** All rows of an instance, `?1`, children before parents. Accounts that analysis.json names go with what it says. */
export const INSTANCE_STEPS: readonly RemovalStep[] = [
  { table: 'message_text', rows: `id ${OF_MESSAGES}` },
  { table: 'message_sources', rows: OWN },
  { table: 'generation_costs', rows: `generation_id ${OF_MESSAGES}` },
  // Made anew of what is left, with the instance's resources serving nobody.
  { table: 'cost_shares', rows: OWN },
  ...[
    ...['message', 'chat_models', 'group_members', 'user_groups', 'feedback', 'files', 'knowledge_bases'],
    ...['models', 'chats', 'users'],
  ].map((table) => ({ table, rows: OWN })),
  { table: 'sync_run_streams', rows: `sync_run_id IN (SELECT id FROM sync_runs WHERE ${OWN})` },
  ...['sync_runs', 'sync_state', 'held_deletions', 'erased_people', 'quarantine', 'prices', 'budgets'].map(
    (table) => ({ table, rows: OWN }),
  ),
  { table: 'instances', rows: 'id = ?1' },
];
