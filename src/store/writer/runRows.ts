import type { InstanceProjection } from '../instances/projection';
import type { StreamState } from '../mirrorFacts';
import { addCounts, NO_CHANGES, type RunEnd, type RunStart } from '../runs';
import { placeholders, stamp, timePair, type Session } from './session';

/** Writes what a sync knows of an instance; an equal row is left alone. */
export function writeInstance(session: Session, instance: InstanceProjection): void {
  const { id, name, url, enabled, version = null, privacy = 'full' } = instance;
  session.database.run(
    `INSERT INTO instances (id, name, url, version, enabled, privacy, sync_datetime, sync_datetime_epoch)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET
       name = excluded.name, url = excluded.url, version = coalesce(excluded.version, version),
       enabled = excluded.enabled, privacy = excluded.privacy, is_deleted = 0,
       sync_datetime = excluded.sync_datetime, sync_datetime_epoch = excluded.sync_datetime_epoch
     WHERE name <> excluded.name OR url <> excluded.url OR enabled <> excluded.enabled
       OR privacy <> excluded.privacy OR is_deleted <> 0
       OR version IS NOT coalesce(excluded.version, version)`,
    [id, name, url, version, enabled ? 1 : 0, privacy, ...stamp(session)],
  );
}

/** Makes the run's row, or starts it anew. @returns `sync_runs.id`. */
export function writeRunStart(session: Session, run: RunStart): number {
  const { runId, instanceId, kind, walk, trigger, startedAt, clientVersion, expectedRequests } = run;
  const values = [
    runId,
    instanceId,
    kind,
    walk,
    trigger,
    ...timePair(session.localTime, startedAt),
    clientVersion,
  ];
  const [rowId] = session.database.get<[number]>(
    `INSERT INTO sync_runs (run_id, instance_id, kind, walk, trigger, started_at, started_at_epoch, client_version,
       expected_requests, status, sync_datetime, sync_datetime_epoch)
     VALUES (${placeholders(9)}, 'running', ?, ?)
     ON CONFLICT (run_id) DO UPDATE SET
       status = 'running', started_at = excluded.started_at, started_at_epoch = excluded.started_at_epoch,
       finished_at = NULL, finished_at_epoch = NULL, error_code = NULL, error = NULL,
       sync_datetime = excluded.sync_datetime, sync_datetime_epoch = excluded.sync_datetime_epoch
     RETURNING id`,
    [...values, expectedRequests ?? null, ...stamp(session)],
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
       notes = ?, sync_datetime = ?, sync_datetime_epoch = ?
     WHERE id = ?`,
    [
      end.status,
      ...timePair(localTime, end.finishedAt),
      end.durationMs,
      ...[counts.inserted, counts.updated, counts.unchanged, counts.deleted],
      ...[counts.restored, counts.quarantined],
      ...[end.requests, end.retries, end.bytesReceived],
      ...[skewMs, serverVersion, errorCode, error],
      JSON.stringify(end.notes),
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
  for (const { stream, status, counts, requests, errorCode = null, error = null } of end.streams) {
    session.database.run(
      `INSERT INTO sync_run_streams (sync_run_id, stream, status, seen, inserted, updated, unchanged, deleted,
         restored, quarantined, held_back, requests, error_code, error, sync_datetime, sync_datetime_epoch)
       VALUES (${placeholders(16)})
       ON CONFLICT (sync_run_id, stream) DO NOTHING`,
      [
        ...[rowId, stream, status],
        ...[counts.seen, counts.inserted, counts.updated, counts.unchanged],
        ...[counts.deleted, counts.restored, counts.quarantined, counts.heldBack],
        requests,
        ...[errorCode, error],
        ...stamp(session),
      ],
    );
  }
}

/** A full sync counts as one only when no part of it failed. */
function writeLastSync(session: Session, rowId: number, end: RunEnd): void {
  const { database, localTime } = session;
  const [instanceId, kind, walk] = database.get<[number, string, string]>(
    'SELECT instance_id, kind, walk FROM sync_runs WHERE id = ?',
    [rowId],
  ) ?? [0, '', ''];
  const time = timePair(localTime, end.finishedAt);
  database.run(
    `UPDATE instances SET last_sync = ?, last_sync_epoch = ?,
       first_sync = coalesce(first_sync, ?), first_sync_epoch = coalesce(first_sync_epoch, ?),
       version = coalesce(?, version), sync_datetime = ?, sync_datetime_epoch = ?
     WHERE id = ? AND coalesce(last_sync_epoch, 0) <= ?`,
    [...time, ...time, end.serverVersion ?? null, ...stamp(session), instanceId, end.finishedAt],
  );
  const chats = end.streams.find(({ stream }) => stream === 'chats');
  if (walk === 'complete' && chats?.status === 'ok') {
    database.run(
      `UPDATE instances SET last_complete_walk = ?, last_complete_walk_epoch = ?
       WHERE id = ? AND coalesce(last_complete_walk_epoch, 0) <= ?`,
      [...time, instanceId, end.finishedAt],
    );
  }
  if (kind === 'full' && end.status === 'ok') {
    database.run(
      `UPDATE instances SET last_full_sync = ?, last_full_sync_epoch = ?
       WHERE id = ? AND coalesce(last_full_sync_epoch, 0) <= ?`,
      [...time, instanceId, end.finishedAt],
    );
  }
}

type StateRow = readonly [
  stream: StreamState['stream'],
  scope: string,
  mark: number | null,
  walkJson: string | null,
  lastCompleteAt: number | null,
  problemCode: string | null,
  problemSince: number | null,
  problemTriedAt: number | null,
];

/** Where the streams of an instance stand. */
export function readStates(session: Session, instanceId: number): StreamState[] {
  return session.database
    .all<StateRow>(
      `SELECT stream, scope, mark_epoch, walk_json, last_complete_at_epoch, problem_code, problem_since_epoch,
         problem_tried_epoch FROM sync_state
       WHERE instance_id = ? AND is_deleted = 0`,
      [instanceId],
    )
    .map(([stream, scope, mark, walkJson, lastCompleteAt, code, since, triedAt]) => ({
      stream,
      scope,
      mark: mark ?? undefined,
      walkJson: walkJson ?? undefined,
      lastCompleteAt: lastCompleteAt ?? undefined,
      problem: code === null || since === null ? undefined : { code, since, triedAt: triedAt ?? since },
    }));
}

/** Replaces the named states; equal ones are left alone. */
export function writeStates(session: Session, instanceId: number, states: readonly StreamState[]): void {
  for (const { stream, scope, mark = null, walkJson = null, lastCompleteAt, problem } of states) {
    session.database.run(
      `INSERT INTO sync_state (instance_id, scope, stream, mark_epoch, walk_json, last_complete_at,
         last_complete_at_epoch, problem_code, problem_since, problem_since_epoch, problem_tried_epoch,
         sync_datetime, sync_datetime_epoch)
       VALUES (${placeholders(13)})
       ON CONFLICT (instance_id, scope, stream) DO UPDATE SET
         mark_epoch = excluded.mark_epoch, walk_json = excluded.walk_json,
         last_complete_at = excluded.last_complete_at, last_complete_at_epoch = excluded.last_complete_at_epoch,
         problem_code = excluded.problem_code, problem_since = excluded.problem_since,
         problem_since_epoch = excluded.problem_since_epoch, problem_tried_epoch = excluded.problem_tried_epoch,
         sync_datetime = excluded.sync_datetime, sync_datetime_epoch = excluded.sync_datetime_epoch, is_deleted = 0
       WHERE mark_epoch IS NOT excluded.mark_epoch OR walk_json IS NOT excluded.walk_json
         OR last_complete_at_epoch IS NOT excluded.last_complete_at_epoch
         OR problem_code IS NOT excluded.problem_code OR problem_since_epoch IS NOT excluded.problem_since_epoch
         OR problem_tried_epoch IS NOT excluded.problem_tried_epoch OR is_deleted <> 0`,
      [
        ...[instanceId, scope, stream, mark, walkJson],
        ...timePair(session.localTime, lastCompleteAt),
        problem?.code ?? null,
        ...timePair(session.localTime, problem?.since),
        problem?.triedAt ?? null,
        ...stamp(session),
      ],
    );
  }
}
