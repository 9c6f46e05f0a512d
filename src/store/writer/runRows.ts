import type { InstanceProjection, StreamState } from '../mirrorWriter';
import { addCounts, NO_CHANGES, type RunEnd, type RunStart } from '../runs';
import { placeholders, stamp, timePair, type Session } from './session';

/** Writes what a sync knows of an instance; an equal row is left alone. */
export function writeInstance(session: Session, instance: InstanceProjection): void {
  const { id, name, url, enabled, version = null } = instance;
  session.database.run(
    `INSERT INTO instances (id, name, url, version, enabled, sync_datetime, sync_datetime_epoch)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET
       name = excluded.name, url = excluded.url, version = coalesce(excluded.version, version),
       enabled = excluded.enabled, is_deleted = 0,
       sync_datetime = excluded.sync_datetime, sync_datetime_epoch = excluded.sync_datetime_epoch
     WHERE name <> excluded.name OR url <> excluded.url OR enabled <> excluded.enabled OR is_deleted <> 0
       OR version IS NOT coalesce(excluded.version, version)`,
    [id, name, url, version, enabled ? 1 : 0, ...stamp(session)],
  );
}

/** Makes the run's row, or starts it anew. @returns `sync_runs.id`. */
export function writeRunStart(session: Session, run: RunStart): number {
  const { runId, instanceId, kind, trigger, startedAt, clientVersion } = run;
  const values = [runId, instanceId, kind, trigger, ...timePair(session.localTime, startedAt), clientVersion];
  const [rowId] = session.database.get<[number]>(
    `INSERT INTO sync_runs (run_id, instance_id, kind, trigger, started_at, started_at_epoch, client_version,
       status, sync_datetime, sync_datetime_epoch)
     VALUES (${placeholders(7)}, 'running', ?, ?)
     ON CONFLICT (run_id) DO UPDATE SET
       status = 'running', started_at = excluded.started_at, started_at_epoch = excluded.started_at_epoch,
       finished_at = NULL, finished_at_epoch = NULL, error_code = NULL, error = NULL,
       sync_datetime = excluded.sync_datetime, sync_datetime_epoch = excluded.sync_datetime_epoch
     RETURNING id`,
    [...values, ...stamp(session)],
  ) ?? [0];
  return rowId;
}

/** Writes how a run ended, its streams and, when ok or partial, the instance's last sync. */
export function writeRunEnd(session: Session, rowId: number, end: RunEnd): void {
  const { database, localTime } = session;
  const counts = end.streams.reduce((sum, stream) => addCounts(sum, stream.counts), NO_CHANGES);
  const { skewMs = null, serverVersion = null, errorCode = null, error = null } = end;
  database.run(
    `UPDATE sync_runs SET status = ?, finished_at = ?, finished_at_epoch = ?, duration_ms = ?,
       inserted = ?, updated = ?, unchanged = ?, deleted = ?, restored = ?, quarantined = ?,
       requests = ?, retries = ?, bytes_received = ?, skew_ms = ?, server_version = ?, error_code = ?, error = ?,
       sync_datetime = ?, sync_datetime_epoch = ?
     WHERE id = ?`,
    [
      end.status,
      ...timePair(localTime, end.finishedAt),
      end.durationMs,
      ...[counts.inserted, counts.updated, counts.unchanged, counts.deleted],
      ...[counts.restored, counts.quarantined],
      ...[end.requests, end.retries, end.bytesReceived],
      ...[skewMs, serverVersion, errorCode, error],
      ...stamp(session),
      rowId,
    ],
  );
  writeStreams(session, rowId, end);
  if (end.status === 'ok' || end.status === 'partial') {
    writeLastSync(session, rowId, end);
  }
}

function writeStreams(session: Session, rowId: number, end: RunEnd): void {
  session.database.run('DELETE FROM sync_run_streams WHERE sync_run_id = ?', [rowId]);
  for (const { stream, status, counts, errorCode = null, error = null } of end.streams) {
    session.database.run(
      `INSERT INTO sync_run_streams (sync_run_id, stream, status, seen, inserted, updated, unchanged, deleted,
         restored, quarantined, held_back, error_code, error, sync_datetime, sync_datetime_epoch)
       VALUES (${placeholders(15)})
       ON CONFLICT (sync_run_id, stream) DO NOTHING`,
      [
        ...[rowId, stream, status],
        ...[counts.seen, counts.inserted, counts.updated, counts.unchanged],
        ...[counts.deleted, counts.restored, counts.quarantined, counts.heldBack],
        ...[errorCode, error],
        ...stamp(session),
      ],
    );
  }
}

/** A full sync counts as one only when no part of it failed. */
function writeLastSync(session: Session, rowId: number, end: RunEnd): void {
  const { database, localTime } = session;
  const [instanceId, kind] = database.get<[number, string]>(
    'SELECT instance_id, kind FROM sync_runs WHERE id = ?',
    [rowId],
  ) ?? [0, ''];
  const time = timePair(localTime, end.finishedAt);
  database.run(
    `UPDATE instances SET last_sync = ?, last_sync_epoch = ?, version = coalesce(?, version),
       sync_datetime = ?, sync_datetime_epoch = ?
     WHERE id = ? AND coalesce(last_sync_epoch, 0) <= ?`,
    [...time, end.serverVersion ?? null, ...stamp(session), instanceId, end.finishedAt],
  );
  if (kind === 'full' && end.status === 'ok') {
    database.run(
      `UPDATE instances SET last_full_sync = ?, last_full_sync_epoch = ?
       WHERE id = ? AND coalesce(last_full_sync_epoch, 0) <= ?`,
      [...time, instanceId, end.finishedAt],
    );
  }
}

/** Where the streams of an instance stand. */
export function readStates(session: Session, instanceId: number): StreamState[] {
  return session.database
    .all<[StreamState['stream'], string, number | null, string | null, number | null]>(
      `SELECT stream, scope, mark_epoch, walk_json, last_complete_at_epoch FROM sync_state
       WHERE instance_id = ? AND is_deleted = 0`,
      [instanceId],
    )
    .map(([stream, scope, mark, walkJson, lastCompleteAt]) => ({
      stream,
      scope,
      mark: mark ?? undefined,
      walkJson: walkJson ?? undefined,
      lastCompleteAt: lastCompleteAt ?? undefined,
    }));
}

/** Replaces the named states; equal ones are left alone. */
export function writeStates(session: Session, instanceId: number, states: readonly StreamState[]): void {
  for (const { stream, scope, mark = null, walkJson = null, lastCompleteAt } of states) {
    session.database.run(
      `INSERT INTO sync_state (instance_id, scope, stream, mark_epoch, walk_json, last_complete_at,
         last_complete_at_epoch, sync_datetime, sync_datetime_epoch)
       VALUES (${placeholders(9)})
       ON CONFLICT (instance_id, scope, stream) DO UPDATE SET
         mark_epoch = excluded.mark_epoch, walk_json = excluded.walk_json,
         last_complete_at = excluded.last_complete_at, last_complete_at_epoch = excluded.last_complete_at_epoch,
         sync_datetime = excluded.sync_datetime, sync_datetime_epoch = excluded.sync_datetime_epoch, is_deleted = 0
       WHERE mark_epoch IS NOT excluded.mark_epoch OR walk_json IS NOT excluded.walk_json
         OR last_complete_at_epoch IS NOT excluded.last_complete_at_epoch OR is_deleted <> 0`,
      [
        ...[instanceId, scope, stream, mark, walkJson],
        ...timePair(session.localTime, lastCompleteAt),
        ...stamp(session),
      ],
    );
  }
}
