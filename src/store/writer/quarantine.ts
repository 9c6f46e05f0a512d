import type { EpochSeconds, StreamName } from '../records';
import { placeholders, stamp, timePair, type RunContext, type Session } from './session';

const FREE_TRIES = 3;
const WEEK = 7 * 86_400;

/** Notes that something could not be served or read; after a recovery the tries start again. */
export function quarantine(
  session: Session,
  { instanceId }: RunContext,
  stream: StreamName,
  remoteId: string,
  reason: string,
  seenAt: EpochSeconds,
): void {
  const seen = timePair(session.localTime, seenAt);
  session.database.run(
    `INSERT INTO quarantine (instance_id, stream, remote_id, reason, first_seen_at, first_seen_at_epoch,
       last_seen_at, last_seen_at_epoch, sync_datetime, sync_datetime_epoch)
     VALUES (${placeholders(10)})
     ON CONFLICT (instance_id, stream, remote_id) DO UPDATE SET
       reason = excluded.reason, tries = CASE is_deleted WHEN 1 THEN 1 ELSE tries + 1 END, is_deleted = 0,
       last_seen_at = excluded.last_seen_at, last_seen_at_epoch = excluded.last_seen_at_epoch,
       sync_datetime = excluded.sync_datetime, sync_datetime_epoch = excluded.sync_datetime_epoch`,
    [instanceId, stream, remoteId, reason, ...seen, ...seen, ...stamp(session)],
  );
}

/** Ends a quarantine: the object could be read. */
export function release(session: Session, run: RunContext, stream: StreamName, remoteId: string): void {
  session.database.run(
    `UPDATE quarantine SET is_deleted = 1, sync_datetime = ?, sync_datetime_epoch = ?
     WHERE instance_id = ? AND stream = ? AND remote_id = ? AND is_deleted = 0`,
    [...stamp(session), run.instanceId, stream, remoteId],
  );
}

/** Chats that are not to be tried at `now`: after three tries, once a week. */
export function quarantinedChats(session: Session, { instanceId }: RunContext, now: EpochSeconds): string[] {
  return session.database
    .all<[string]>(
      `SELECT remote_id FROM quarantine
       WHERE instance_id = ? AND stream = 'chats' AND is_deleted = 0 AND tries >= ? AND last_seen_at_epoch > ?`,
      [instanceId, FREE_TRIES, now - WEEK],
    )
    .map(([remoteId]) => remoteId);
}
