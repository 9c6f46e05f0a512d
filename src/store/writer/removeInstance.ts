import { INSTANCE_STEPS } from './instanceSteps';
import { removalStatement } from './removalStep';
import { stamp, type Session } from './session';

/** Erases all rows of an instance. Inside {@link withoutForeignKeys}. */
export function eraseInstance({ database }: Session, instanceId: number): void {
  for (const step of INSTANCE_STEPS) {
    database.run(removalStatement(step), [instanceId]);
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
