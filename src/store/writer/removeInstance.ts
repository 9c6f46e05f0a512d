import { stamp, type Session } from './session';

/** Children before parents. */
const ERASE = [
  'DELETE FROM message_text WHERE id IN (SELECT id FROM message WHERE instance_id = ?)',
  'DELETE FROM message_sources WHERE instance_id = ?',
  'DELETE FROM generation_costs WHERE generation_id IN (SELECT id FROM message WHERE instance_id = ?)',
  // Made anew of what is left, with the instance's resources serving nobody.
  'DELETE FROM cost_shares WHERE instance_id = ?',
  'DELETE FROM message WHERE instance_id = ?',
  'DELETE FROM chat_models WHERE instance_id = ?',
  'DELETE FROM group_members WHERE instance_id = ?',
  'DELETE FROM user_groups WHERE instance_id = ?',
  'DELETE FROM feedback WHERE instance_id = ?',
  'DELETE FROM files WHERE instance_id = ?',
  'DELETE FROM knowledge_bases WHERE instance_id = ?',
  'DELETE FROM models WHERE instance_id = ?',
  'DELETE FROM chats WHERE instance_id = ?',
  'DELETE FROM users WHERE instance_id = ?',
  'DELETE FROM sync_run_streams WHERE sync_run_id IN (SELECT id FROM sync_runs WHERE instance_id = ?)',
  'DELETE FROM sync_runs WHERE instance_id = ?',
  'DELETE FROM sync_state WHERE instance_id = ?',
  'DELETE FROM held_deletions WHERE instance_id = ?',
  'DELETE FROM erased_people WHERE instance_id = ?',
  'DELETE FROM quarantine WHERE instance_id = ?',
  'DELETE FROM prices WHERE instance_id = ?',
  'DELETE FROM budgets WHERE instance_id = ?',
  'DELETE FROM instances WHERE id = ?',
];

/** Erases all rows of an instance. Inside {@link withoutForeignKeys}. */
export function eraseInstance({ database }: Session, instanceId: number): void {
  for (const sql of ERASE) {
    database.run(sql, [instanceId]);
  }
}

/** All children go with their parents; checking each row would scan whole tables. Not inside a transaction. */
export function withoutForeignKeys({ database }: Session, work: () => void): void {
  database.script('PRAGMA foreign_keys = OFF');
  try {
    work();
  } finally {
    database.script('PRAGMA foreign_keys = ON');
  }
}

/** Marks an instance as removed; its rows stay for reports. */
export function markInstanceRemoved(session: Session, instanceId: number): void {
  session.database.run(
    `UPDATE instances SET is_deleted = 1, enabled = 0, sync_datetime = ?, sync_datetime_epoch = ?
     WHERE id = ? AND is_deleted = 0`,
    [...stamp(session), instanceId],
  );
}
