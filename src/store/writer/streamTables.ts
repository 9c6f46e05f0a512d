import type { DeletableStream } from '../mirrorFacts';
import type { RowChange } from '../writeResults';
import type { EpochSeconds } from '../records';
import type { Session } from './session';

interface StreamTable {
  readonly table: string;
  /** Column of the server's own id. */
  readonly key: string;
  /** Expression that names a row for people. */
  readonly label: string;
}

/** Where the rows of a stream lie. */
export const STREAM_TABLES: Readonly<Record<DeletableStream, StreamTable>> = {
  users: { table: 'users', key: 'remote_id', label: 'name' },
  groups: { table: 'user_groups', key: 'remote_id', label: 'name' },
  chats: { table: 'chats', key: 'remote_id', label: 'title' },
  feedback: { table: 'feedback', key: 'remote_id', label: 'NULL' },
  models: { table: 'models', key: 'model_id', label: 'name' },
  knowledge_bases: { table: 'knowledge_bases', key: 'remote_id', label: 'name' },
  files: { table: 'files', key: 'remote_id', label: 'filename' },
};

/** The server's ids of rows that are not marked deleted. */
export function livingIds({ database }: Session, instanceId: number, stream: DeletableStream): string[] {
  const { table, key } = STREAM_TABLES[stream];
  return database
    .all<[string]>(`SELECT ${key} FROM ${table} WHERE instance_id = ? AND is_deleted = 0`, [instanceId])
    .map(([id]) => id);
}

/** The same with the time of their last change. */
export function livingTimes(
  { database }: Session,
  instanceId: number,
  stream: DeletableStream,
): Map<string, EpochSeconds | undefined> {
  const { table, key } = STREAM_TABLES[stream];
  const rows = database.all<[string, number | null]>(
    `SELECT ${key}, updated_at_epoch FROM ${table} WHERE instance_id = ? AND is_deleted = 0`,
    [instanceId],
  );
  return new Map(rows.map(([id, updatedAt]) => [id, updatedAt ?? undefined]));
}

/** What tells that a run did this to a row; `?1` is the run. */
const CHANGES: Readonly<Record<RowChange['change'], string>> = {
  inserted: 'first_seen_run = ?1 AND is_deleted = 0',
  updated: 'last_changed_run = ?1 AND first_seen_run IS NOT ?1 AND is_deleted = 0',
  deleted: 'last_changed_run = ?1 AND first_seen_run IS NOT ?1 AND is_deleted = 1',
};

/** Rows that a run wrote, under way or ended: at most `limit` for each stream and kind of change. */
export function changesOf({ database }: Session, runId: string, limit: number): RowChange[] {
  const run = database.get<[number, number]>('SELECT id, instance_id FROM sync_runs WHERE run_id = ?', [
    runId,
  ]);
  if (run === undefined) {
    return [];
  }
  const streams = Object.entries(STREAM_TABLES) as [DeletableStream, StreamTable][];
  const kinds = Object.entries(CHANGES) as [RowChange['change'], string][];
  return streams.flatMap(([stream, { table, key, label }]) =>
    kinds.flatMap(([change, condition]) =>
      database
        .all<[string, string | null]>(
          `SELECT ${key}, ${label} FROM ${table} WHERE instance_id = ?2 AND ${condition} ORDER BY id LIMIT ?3`,
          [...run, limit],
        )
        .map(([remoteId, name]) => ({ stream, change, remoteId, label: name ?? undefined })),
    ),
  );
}
