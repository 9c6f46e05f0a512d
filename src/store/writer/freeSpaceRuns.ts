import { dateOfDay, MOST_RUNS, type FreeUpItem, type RetentionPolicy } from '../retention/retention';
import type { SqliteDatabase } from '../sqlite/sqlite';
import type { Session } from './session';

/** The newest run of each instance that meets a condition. */
const newest = (condition: string): string => `
  SELECT id FROM (
    SELECT id, row_number() OVER (PARTITION BY instance_id ORDER BY started_at_epoch DESC, id DESC) AS place
    FROM sync_runs WHERE ${condition})
  WHERE place = 1`;

/**
 * Runs that something is told from: the last one, the last that ended (the timer counts from it) and the last look at
 * everybody (the next one is planned by it). The highest id stays too: given to another run, rows that an old run
 * wrote (`first_seen_run`, `last_changed_run`) would seem to be that run's.
 */
const NEEDED = [
  newest('true'),
  newest(`status NOT IN ('running', 'interrupted')`),
  newest(`walk = 'complete'`),
  'SELECT max(id) FROM sync_runs',
];

/** Runs that go; `?1` is the local date before which they started. */
const SPENT = `
  SELECT id FROM sync_runs
  WHERE status <> 'running'
    AND (started_at < ?1
      OR id IN (SELECT id FROM sync_runs ORDER BY started_at_epoch DESC, id DESC LIMIT -1 OFFSET ${MOST_RUNS}))
    AND id NOT IN (${NEEDED.join(' UNION ALL ')})`;

/** The local date from which on runs are kept, whatever their number. */
function keptFrom(session: Session, { runDays }: RetentionPolicy): string {
  return dateOfDay(session.localTime(session.now()).day - runDays);
}

/** How many runs a policy leaves no place for. */
export function spentRuns(session: Session, policy: RetentionPolicy): FreeUpItem {
  const { database } = session;
  const olderThan = keptFrom(session, policy);
  const [rows, bytes] = database.get<[number, number]>(
    `SELECT count(*), coalesce(sum(${cellsOf(database, 'sync_runs')}), 0) FROM sync_runs WHERE id IN (${SPENT})`,
    [olderThan],
  ) ?? [0, 0];
  const [streamBytes] = database.get<[number]>(
    `SELECT coalesce(sum(${cellsOf(database, 'sync_run_streams')}), 0) FROM sync_run_streams
     WHERE sync_run_id IN (${SPENT})`,
    [olderThan],
  ) ?? [0];
  return { kind: 'runs', rows, bytes: bytes + streamBytes, olderThan };
}

/** Removes the runs that a policy leaves no place for. @returns their `run_id`s: the journal must not bring them back */
export function dropRuns(session: Session, policy: RetentionPolicy): string[] {
  const { database } = session;
  const from = keptFrom(session, policy);
  const [oldest, count] = database.get<[string | null, number]>(
    'SELECT min(started_at), count(*) FROM sync_runs',
  ) ?? [null, 0];
  // At each publish, and nearly always so.
  if (count <= MOST_RUNS && (oldest ?? from) >= from) {
    return [];
  }
  const spent = database.all<[number, string]>(
    `SELECT id, run_id FROM sync_runs WHERE id IN (${SPENT}) ORDER BY id`,
    [from],
  );
  database.transaction(() => {
    for (const [id] of spent) {
      database.run('DELETE FROM sync_run_streams WHERE sync_run_id = ?', [id]);
      database.run('DELETE FROM sync_runs WHERE id = ?', [id]);
    }
  });
  return spent.map(([, runId]) => runId);
}

/** An expression for the bytes of a row's cells. */
function cellsOf(database: SqliteDatabase, table: string): string {
  const columns = database.all<[string]>('SELECT name FROM pragma_table_info(?)', [table]);
  return columns.map(([name]) => `coalesce(octet_length(${name}), 0)`).join(' + ');
}
