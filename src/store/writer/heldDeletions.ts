import type { DeletableStream, HoldReason } from '../mirrorFacts';
import { stamp, type RunContext, type Session } from './session';

/** Makes what is held back of a stream these rows; those that were held before keep since when and why. */
export function holdDeletions(
  session: Session,
  { instanceId }: RunContext,
  stream: DeletableStream,
  remoteIds: readonly string[],
  reason: HoldReason,
): void {
  const now = stamp(session);
  const ids = JSON.stringify(remoteIds);
  session.database.run(
    `UPDATE held_deletions SET is_deleted = 1, sync_datetime = ?, sync_datetime_epoch = ?
     WHERE instance_id = ? AND stream = ? AND is_deleted = 0
       AND remote_id NOT IN (SELECT value FROM json_each(?))`,
    [...now, instanceId, stream, ids],
  );
  session.database.run(
    `INSERT INTO held_deletions (instance_id, stream, remote_id, reason, since_at, since_at_epoch,
       sync_datetime, sync_datetime_epoch)
     SELECT ?, ?, value, ?, ?, ?, ?, ? FROM json_each(?) WHERE true
     ON CONFLICT (instance_id, stream, remote_id) DO UPDATE SET
       reason = excluded.reason, since_at = excluded.since_at, since_at_epoch = excluded.since_at_epoch,
       is_deleted = 0, sync_datetime = excluded.sync_datetime, sync_datetime_epoch = excluded.sync_datetime_epoch
     WHERE is_deleted <> 0`,
    [instanceId, stream, reason, ...now, ...now, ids],
  );
}

/** Ends the hold of rows that are marked deleted now, or that the server showed again. */
export function endHolds(
  session: Session,
  { instanceId }: RunContext,
  stream: DeletableStream,
  remoteIds: readonly string[],
): void {
  session.database.run(
    `UPDATE held_deletions SET is_deleted = 1, sync_datetime = ?, sync_datetime_epoch = ?
     WHERE instance_id = ? AND stream = ? AND is_deleted = 0 AND remote_id IN (SELECT value FROM json_each(?))`,
    [...stamp(session), instanceId, stream, JSON.stringify(remoteIds)],
  );
}

/** Remote ids that wait for a person. */
export function heldIds(
  { database }: Session,
  { instanceId }: RunContext,
  stream: DeletableStream,
): string[] {
  return database
    .all<[string]>(
      'SELECT remote_id FROM held_deletions WHERE instance_id = ? AND stream = ? AND is_deleted = 0',
      [instanceId, stream],
    )
    .map(([remoteId]) => remoteId);
}
