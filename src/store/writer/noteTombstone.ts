import type { Removal } from '../tombstones/tombstone';
import { stamp, type Session } from './session';

/** The largest integer that a JavaScript number holds exactly. */
const ID_BITS = Number.MAX_SAFE_INTEGER;

/**
 * Notes what is being removed, for places that rows were copied to. Call it in the transaction that removes it. Pruning
 * (Free Up Space, retention) is no removal: what a policy has no place for may stay elsewhere.
 */
export function noteTombstone(session: Session, removal: Removal): void {
  const now = stamp(session);
  const { kind, instanceId } = removal;
  session.database.run(
    `INSERT INTO tombstones (id, kind, instance_id, user_id, mode, created_at, created_at_epoch, sync_datetime,
       sync_datetime_epoch) VALUES (random() & ${ID_BITS}, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      ...[kind, instanceId],
      ...[kind === 'person' ? removal.userId : null, kind === 'privacy' ? removal.mode : null],
      ...now,
      ...now,
    ],
  );
}
