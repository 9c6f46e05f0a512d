import * as v from 'valibot';
import { queryCostStatus } from './costStatusQuery';
import { imageBytes } from './files/imageSize';
import type { PrivacyMode } from './instances/privacy';
import { STREAMS, type StreamName } from './records';
import { agreedTextMonths } from './retention/retentionMeta';
import {
  addCounts,
  NO_CHANGES,
  type InstanceStatus,
  type MirrorStatus,
  type RunNote,
  type RunStatus,
  type RunSummary,
  type StreamProblem,
  type StreamResult,
  type SyncKind,
  type SyncTrigger,
  type SyncWalk,
} from './runs';
import { runNotesSchema } from './runSchemas';
import type { SqliteDatabase } from './sqlite/sqlite';

const RUNS_SHOWN = 20;

type Nullable<T> = T | null;
type InstanceRow = readonly [
  id: number,
  name: string,
  url: string,
  version: Nullable<string>,
  lastSync: Nullable<string>,
  lastSyncEpoch: Nullable<number>,
  lastFullSyncEpoch: Nullable<number>,
  lastCompleteWalkEpoch: Nullable<number>,
  privacy: PrivacyMode,
  nextAllowedEpoch: Nullable<number>,
  heldDeletions: number,
  users: number,
  chats: number,
  messages: number,
];

/** Messages are summed up from their chats, which saves a scan of the largest table. */
const INSTANCES = `
  SELECT i.id, i.name, i.url, i.version, i.last_sync, i.last_sync_epoch, i.last_full_sync_epoch,
    i.last_complete_walk_epoch, i.privacy, i.next_allowed_at_epoch,
    (SELECT count(*) FROM held_deletions h WHERE h.instance_id = i.id AND h.is_deleted = 0),
    (SELECT count(*) FROM users u WHERE u.instance_id = i.id AND u.is_deleted = 0),
    count(c.id), coalesce(sum(c.message_count), 0)
  FROM instances i LEFT JOIN chats c ON c.instance_id = i.id AND c.is_deleted = 0
  WHERE i.is_deleted = 0 GROUP BY i.id ORDER BY i.id`;

/** Derives the status from a database. @param generation the file generation that it holds. */
export function queryStatus(database: SqliteDatabase, generation: number): MirrorStatus {
  const instances = database.all<InstanceRow>(INSTANCES).map((row): InstanceStatus => {
    const [
      instanceId,
      name,
      url,
      version,
      lastSync,
      lastSyncEpoch,
      lastFullSyncEpoch,
      lastCompleteWalkEpoch,
      privacy,
      nextAllowedEpoch,
      heldDeletions,
      users,
      chats,
      messages,
    ] = row;
    return {
      instanceId,
      name,
      url,
      version: version ?? undefined,
      lastSync: lastSync ?? undefined,
      lastSyncEpoch: lastSyncEpoch ?? undefined,
      lastFullSyncEpoch: lastFullSyncEpoch ?? undefined,
      lastCompleteWalkEpoch: lastCompleteWalkEpoch ?? undefined,
      privacy,
      nextAllowedEpoch: nextAllowedEpoch ?? undefined,
      heldDeletions,
      problems: queryProblems(database, instanceId),
      users,
      chats,
      messages,
      runs: queryRuns(database, instanceId),
    };
  });
  const sizes = { imageBytes: imageBytes(database), shardBytes: queryShardBytes(database) };
  return {
    version: 1,
    generation,
    instances,
    sizes,
    agreedTextMonths: agreedTextMonths(database),
    analysis: queryAnalysis(database),
    costs: queryCostStatus(database),
  };
}

function queryAnalysis(database: SqliteDatabase): string | undefined {
  const sql = `SELECT nullif(content_hash, '') FROM analysis_settings`;
  return database.get<[string | null]>(sql)?.[0] ?? undefined;
}

function queryShardBytes(database: SqliteDatabase): number {
  const sql = 'SELECT coalesce(sum(file_bytes), 0) FROM content_shards WHERE is_deleted = 0';
  return database.get<[number]>(sql)?.[0] ?? 0;
}

const PROBLEMS = `
  SELECT stream, problem_code, problem_since_epoch FROM sync_state
  WHERE instance_id = ? AND scope = '' AND problem_code IS NOT NULL AND is_deleted = 0`;

function queryProblems(database: SqliteDatabase, instanceId: number): StreamProblem[] {
  return database
    .all<[StreamName, string, number]>(PROBLEMS, [instanceId])
    .map(([stream, code, since]) => ({ stream, code, since }));
}

type RunRow = readonly [
  rowId: number,
  runId: string,
  kind: SyncKind,
  trigger: SyncTrigger,
  status: RunStatus,
  startedAt: number,
  clientVersion: Nullable<string>,
  finishedAt: Nullable<number>,
  durationMs: Nullable<number>,
  requests: number,
  retries: number,
  bytesReceived: number,
  skewMs: Nullable<number>,
  serverVersion: Nullable<string>,
  errorCode: Nullable<string>,
  error: Nullable<string>,
  walk: SyncWalk,
  notes: string,
  expectedRequests: Nullable<number>,
];

const RUNS = `
  SELECT id, run_id, kind, trigger, status, started_at_epoch, client_version, finished_at_epoch, duration_ms,
    requests, retries, bytes_received, skew_ms, server_version, error_code, error, walk, notes, expected_requests
  FROM sync_runs WHERE instance_id = ? ORDER BY started_at_epoch DESC, id DESC LIMIT ${RUNS_SHOWN}`;

function queryRuns(database: SqliteDatabase, instanceId: number): RunSummary[] {
  return database.all<RunRow>(RUNS, [instanceId]).map((row): RunSummary => {
    const [rowId, runId, kind, trigger, status, startedAt, clientVersion, finishedAt, durationMs, ...rest] =
      row;
    const [
      requests,
      retries,
      bytesReceived,
      skewMs,
      serverVersion,
      errorCode,
      error,
      walk,
      notes,
      expectedRequests,
    ] = rest;
    const streams = queryStreams(database, rowId);
    return {
      runId,
      instanceId,
      kind,
      walk,
      trigger,
      status,
      startedAt,
      clientVersion: clientVersion ?? '',
      expectedRequests: expectedRequests ?? undefined,
      finishedAt: finishedAt ?? undefined,
      durationMs: durationMs ?? undefined,
      requests,
      retries,
      bytesReceived,
      skewMs: skewMs ?? undefined,
      serverVersion: serverVersion ?? undefined,
      errorCode: errorCode ?? undefined,
      error: error ?? undefined,
      counts: streams.reduce((sum, stream) => addCounts(sum, stream.counts), NO_CHANGES),
      streams,
      notes: notesOf(notes),
    };
  });
}

type StreamRow = readonly [
  stream: StreamName,
  status: StreamResult['status'],
  seen: number,
  inserted: number,
  updated: number,
  unchanged: number,
  deleted: number,
  restored: number,
  quarantined: number,
  heldBack: number,
  errorCode: Nullable<string>,
  error: Nullable<string>,
  requests: number,
];

const STREAMS_OF_RUN = `
  SELECT stream, status, seen, inserted, updated, unchanged, deleted, restored, quarantined, held_back,
    error_code, error, requests
  FROM sync_run_streams WHERE sync_run_id = ?`;

function queryStreams(database: SqliteDatabase, rowId: number): StreamResult[] {
  const streams = database.all<StreamRow>(STREAMS_OF_RUN, [rowId]).map((row): StreamResult => {
    const [stream, status, seen, inserted, updated, unchanged, deleted, restored, ...rest] = row;
    const [quarantined, heldBack, errorCode, error, requests] = rest;
    return {
      stream,
      status,
      counts: { seen, inserted, updated, unchanged, deleted, restored, quarantined, heldBack },
      requests,
      errorCode: errorCode ?? undefined,
      error: error ?? undefined,
    };
  });
  return streams.sort((a, b) => STREAMS.indexOf(a.stream) - STREAMS.indexOf(b.stream));
}

/** The notes of a run; the column is ours, but a copy of the file may have been edited. */
function notesOf(json: string): readonly RunNote[] {
  const parsed = v.safeParse(runNotesSchema, json);
  return parsed.success ? parsed.output : [];
}
