import { removalStatement, type RemovalStep } from './removalStep';

/** Rows of somebody who is erased. */
export interface PersonStep extends RemovalStep {
  /** Told to the user under this name. */
  readonly shownAs?: string;
}

/** PostgreSQL has to be told what the parameters are. */
const HIM = `WITH him (instance_id, id, remote_id) AS (
  VALUES (CAST(?1 AS bigint), CAST(?2 AS bigint), CAST(?3 AS text)))`;
const INSTANCE = 'instance_id = (SELECT instance_id FROM him)';
const USER = '(SELECT id FROM him)';
const REMOTE_ID = '(SELECT remote_id FROM him)';
const CHATS = `chat_id IN (SELECT c.id FROM chats c WHERE c.user_id = ${USER})`;
/** Notes about him, his chats and his ratings. */
const NOTED = `${INSTANCE} AND CASE stream
  WHEN 'users' THEN remote_id = ${REMOTE_ID}
  WHEN 'chats' THEN remote_id IN (SELECT c.remote_id FROM chats c WHERE c.user_id = ${USER})
  WHEN 'feedback' THEN remote_id IN (SELECT f.remote_id FROM feedback f WHERE f.user_id = ${USER})
  END`;

/** Children before parents; in words that PostgreSQL shares, since warehouses do the same. */
export const PERSON_STEPS: readonly PersonStep[] = [
  { table: 'quarantine', rows: NOTED },
  { table: 'held_deletions', rows: NOTED },
  { table: 'message_text', rows: `id IN (SELECT m.id FROM message m WHERE m.${CHATS})` },
  { table: 'message_sources', rows: `message_id IN (SELECT m.id FROM message m WHERE m.${CHATS})` },
  {
    table: 'generation_costs',
    rows: `generation_id IN (SELECT m.id FROM message m WHERE m.${CHATS})`,
  },
  { table: 'message', shownAs: 'messages', rows: CHATS },
  { table: 'chat_models', rows: CHATS },
  { table: 'chats', shownAs: 'chats', rows: `user_id = ${USER}` },
  { table: 'feedback', shownAs: 'feedback', rows: `user_id = ${USER}` },
  { table: 'group_members', shownAs: 'group_members', rows: `user_id = ${USER}` },
  { table: 'sync_state', rows: `${INSTANCE} AND scope = ${REMOTE_ID}` },
  {
    table: 'sync_state',
    rows: `${INSTANCE} AND replace(walk_json, ${REMOTE_ID}, '') <> walk_json`,
    set: 'walk_json = NULL',
  },
  { table: 'files', shownAs: 'files', rows: `user_id = ${USER}`, set: 'user_id = NULL' },
  { table: 'knowledge_bases', shownAs: 'knowledge_bases', rows: `user_id = ${USER}`, set: 'user_id = NULL' },
  { table: 'models', shownAs: 'models', rows: `${INSTANCE} AND owner = ${REMOTE_ID}`, set: 'owner = NULL' },
  { table: 'instances', rows: `sync_user_id = ${USER}`, set: 'sync_user_id = NULL' },
  { table: 'users', shownAs: 'users', rows: `id = ${USER}` },
];

/** PostgreSQL has no instr(). */
const holds = (column: string): string => `replace(lower(${column}), lower(?1), '') <> lower(${column})`;

/** Sentences of run records that hold a name, `?1`. */
export const SENTENCE_STEPS: readonly RemovalStep[] = [
  { table: 'sync_runs', rows: holds('error'), set: 'error = NULL' },
  { table: 'sync_runs', rows: holds('notes'), set: `notes = '[]'` },
  { table: 'sync_run_streams', rows: holds('error'), set: 'error = NULL' },
];

/** The statement of a step, for `?1` the instance, `?2` `users.id` and `?3` the server's id, which may be NULL. */
export function personStatement(step: RemovalStep): string {
  return `${HIM} ${removalStatement(step)}`;
}

/** How many rows a step concerns, with the same parameters. */
export function countStatement({ table, rows }: RemovalStep): string {
  return `${HIM} SELECT count(*) FROM ${table} WHERE ${rows}`;
}
