import type { PrivacyRules } from '../instances/privacy';
import type { RemovalStep } from './removalStep';

/** Rows that hold what a rule excludes, and what becomes of them. `privateRecords.ts` does the same to records. */
export interface PurgeStep extends RemovalStep {
  /** Done where a mode does not keep this. */
  readonly rule: keyof PrivacyRules;
  /** The table as people know it. */
  readonly shownAs?: string;
  /** What is set names the row: the same row under another name. */
  readonly setsKey?: true;
}

const OWN = 'instance_id = ?1';
const WORD_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_';
const RUNS = `sync_run_id IN (SELECT id FROM sync_runs WHERE ${OWN})`;

/**
 * For an instance, `?1`; warehouses do the same (`src/warehouse/tombstones`), which is why the words are those of both
 * databases. In this order: pseudonyms are made of the ids that are kept. Sentences of earlier runs go with the first rule that
 * excludes something, since they were written without it; their codes stay.
 */
export const PURGE_STEPS: readonly PurgeStep[] = [
  {
    rule: 'keepsText',
    table: 'message_text',
    shownAs: 'messages',
    rows: `id IN (SELECT id FROM message WHERE ${OWN})`,
  },
  {
    rule: 'keepsText',
    table: 'message',
    shownAs: 'messages',
    rows: `${OWN} AND content_shard IS NOT NULL`,
    set: 'content_shard = NULL',
  },
  {
    rule: 'keepsText',
    table: 'chats',
    rows: `${OWN} AND (title IS NOT NULL OR list_title IS NOT NULL)`,
    set: 'title = NULL, list_title = NULL',
  },
  {
    rule: 'keepsText',
    table: 'feedback',
    rows: `${OWN} AND comment IS NOT NULL`,
    set: 'comment = NULL',
  },
  {
    rule: 'keepsText',
    table: 'feedback',
    rows: `${OWN} AND (ltrim(reason, '${WORD_LETTERS}') <> '' OR length(reason) > 40)`,
    set: 'reason = NULL',
  },
  {
    rule: 'keepsText',
    table: 'knowledge_bases',
    rows: `${OWN} AND description IS NOT NULL`,
    set: 'description = NULL',
  },
  {
    rule: 'keepsText',
    table: 'user_groups',
    rows: `${OWN} AND description IS NOT NULL`,
    set: 'description = NULL',
  },
  {
    rule: 'keepsText',
    table: 'sync_runs',
    rows: `${OWN} AND (error IS NOT NULL OR notes <> '[]')`,
    set: `error = NULL, notes = '[]'`,
  },
  {
    rule: 'keepsText',
    table: 'sync_run_streams',
    rows: `${RUNS} AND error IS NOT NULL`,
    set: 'error = NULL',
  },
  {
    rule: 'keepsIdentities',
    table: 'users',
    rows: OWN,
    set: 'remote_id = person_hash(remote_id)',
  },
  {
    rule: 'keepsIdentities',
    table: 'models',
    rows: `${OWN} AND source = 'workspace' AND owner IS NOT NULL`,
    set: 'owner = person_hash(owner)',
  },
  {
    rule: 'keepsIdentities',
    table: 'sync_state',
    rows: `${OWN} AND scope <> ''`,
    set: 'scope = person_hash(scope)',
    setsKey: true,
  },
  {
    rule: 'keepsIdentities',
    table: 'quarantine',
    rows: `${OWN} AND stream = 'users'`,
    set: 'remote_id = person_hash(remote_id)',
    setsKey: true,
  },
  {
    rule: 'keepsIdentities',
    table: 'held_deletions',
    rows: `${OWN} AND stream = 'users'`,
    set: 'remote_id = person_hash(remote_id)',
    setsKey: true,
  },
  {
    rule: 'keepsIdentities',
    table: 'user_groups',
    rows: `${OWN} AND name IS NOT NULL`,
    set: 'name = NULL',
  },
  {
    rule: 'keepsIdentities',
    table: 'chats',
    rows: `${OWN} AND (folder_id IS NOT NULL OR share_id IS NOT NULL)`,
    set: 'folder_id = NULL, share_id = NULL',
  },
  {
    rule: 'keepsNames',
    table: 'users',
    rows: `${OWN} AND (name IS NOT NULL OR email IS NOT NULL)`,
    set: 'name = pseudonym(remote_id), email = NULL',
  },
  { rule: 'keepsNames', table: 'files', rows: `${OWN} AND filename IS NOT NULL`, set: 'filename = NULL' },
  { rule: 'keepsNames', table: 'knowledge_bases', rows: `${OWN} AND name IS NOT NULL`, set: 'name = NULL' },
  { rule: 'keepsNames', table: 'chats', rows: `${OWN} AND tags <> '[]'`, set: `tags = '[]'` },
  { rule: 'keepsNames', table: 'feedback', rows: `${OWN} AND tags <> '[]'`, set: `tags = '[]'` },
];
