import * as l10n from '@vscode/l10n';
import type {
  CostRunEnd,
  CostScope,
  CostScopeFacts,
  CostTrigger,
  CostType,
  CurrencyTotal,
} from '../costs/costTypes';
import { COUNTED_SCOPE } from '../costStatusQuery';
import type { EpochSeconds } from '../records';
import { stamp, timePair, type Session } from './session';

/** A cost run that goes on. */
export interface CostRun {
  readonly runId: number;
  readonly scopeId: number;
}

/** All scopes with cost, or of which some is to be read, with the months that were read; disconnected ones still count. */
export function costFacts({ database }: Session): CostScopeFacts[] {
  const months = new Map<number, CostScopeFacts['months'][number][]>();
  const read = database.all<[number, CostType, string, string, EpochSeconds]>(
    `SELECT scope_id, cost_type, month, state, fetched_at_epoch FROM cost_months
     WHERE is_deleted = 0 ORDER BY scope_id, month DESC, cost_type`,
  );
  const totals = controlTotals(database);
  for (const [scopeId, costType, month, state, fetchedAt] of read) {
    const ofScope = months.get(scopeId) ?? [];
    const ofMonth = totals.get(monthKey(scopeId, costType, month)) ?? [];
    ofScope.push({ costType, month, isClosed: state === 'closed', fetchedAt, totals: ofMonth });
    months.set(scopeId, ofScope);
  }
  return database
    .all<[number, CostScope['source'], string, string, number | null, number | null]>(
      `SELECT id, source, scope, name, last_sync_epoch, retry_after_epoch FROM cost_scopes s
       WHERE ${COUNTED_SCOPE}
       ORDER BY id`,
    )
    .map(([scopeId, source, scope, name, lastSync, retryAfter]) => ({
      ...{ scopeId, source, scope, name },
      lastSync: lastSync ?? undefined,
      retryAfter: retryAfter ?? undefined,
      months: months.get(scopeId) ?? [],
    }));
}

/** The totals of months, by {@link monthKey}. */
function controlTotals(database: Session['database']): ReadonlyMap<string, readonly CurrencyTotal[]> {
  const totals = new Map<string, CurrencyTotal[]>();
  const rows = database.all<[number, CostType, string, string, number | bigint]>(
    `SELECT scope_id, cost_type, month, currency, control_e8 FROM cost_month_totals
     WHERE is_deleted = 0 ORDER BY scope_id, cost_type, month, currency`,
  );
  for (const [scopeId, costType, month, currency, control] of rows) {
    const key = monthKey(scopeId, costType, month);
    totals.set(key, [...(totals.get(key) ?? []), { currency, costE8: BigInt(control) }]);
  }
  return totals;
}

function monthKey(scopeId: number, costType: CostType, month: string): string {
  return `${scopeId} ${costType} ${month}`;
}

/** Makes the scope's row, or connects it again, and that of the run. @returns the run's id */
export function startCostRun(
  session: Session,
  { source, scope, name }: CostScope,
  trigger: CostTrigger,
  startedAt: EpochSeconds,
): number {
  const { database, localTime } = session;
  database.run(
    `INSERT INTO cost_scopes (source, scope, name, sync_datetime, sync_datetime_epoch) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (source, scope) DO UPDATE SET name = excluded.name, is_deleted = 0,
       sync_datetime = excluded.sync_datetime, sync_datetime_epoch = excluded.sync_datetime_epoch
     WHERE name <> excluded.name OR is_deleted <> 0`,
    [source, scope, name, ...stamp(session)],
  );
  const [runId] = database.get<[number]>(
    `INSERT INTO cost_sync_runs (scope_id, trigger, status, started_at, started_at_epoch, sync_datetime,
       sync_datetime_epoch)
     SELECT id, ?, 'running', ?, ?, ?, ? FROM cost_scopes WHERE source = ? AND scope = ? RETURNING id`,
    [trigger, ...timePair(localTime, startedAt), ...stamp(session), source, scope],
  ) ?? [0];
  return runId;
}

/** @throws when the run has ended, or never began */
export function runningCostRun({ database }: Session, runId: number): CostRun {
  const row = database.get<[number]>(
    `SELECT scope_id FROM cost_sync_runs WHERE id = ? AND status = 'running'`,
    [runId],
  );
  if (row === undefined) {
    throw new Error(`The cost run ${runId} is not running`);
  }
  return { runId, scopeId: row[0] };
}

/** Writes how a run ended and, when it ended well or read a part, the scope's last sync. */
export function endCostRun(session: Session, end: CostRunEnd, finishedAt: EpochSeconds): void {
  const { database, localTime } = session;
  const { scopeId } = runningCostRun(session, end.runId);
  database.run(
    `UPDATE cost_sync_runs SET status = ?, finished_at = ?, finished_at_epoch = ?, calls = ?, waited_ms = ?,
       error = ?, notes = ?, sync_datetime = ?, sync_datetime_epoch = ? WHERE id = ?`,
    [
      ...[end.status, ...timePair(localTime, finishedAt), end.calls, Math.round(end.waitedMs)],
      ...[end.error ?? null, JSON.stringify(end.notes), ...stamp(session), end.runId],
    ],
  );
  const hasRead = end.status === 'ok' || end.status === 'partial';
  database.run(
    `UPDATE cost_scopes SET ${hasRead ? 'last_sync = ?1, last_sync_epoch = ?2,' : ''}
       retry_after = ?3, retry_after_epoch = ?4, sync_datetime = ?5, sync_datetime_epoch = ?6 WHERE id = ?7`,
    [...timePair(localTime, finishedAt), ...timePair(localTime, end.retryAfter), ...stamp(session), scopeId],
  );
}

/** Runs that say "running" although nobody is at work. @param since when somebody reads costs; undefined: nobody does */
export function interruptCostRuns(session: Session, since: EpochSeconds | undefined): void {
  session.database.run(
    `UPDATE cost_sync_runs SET status = 'failed', error = ?1, sync_datetime = ?2, sync_datetime_epoch = ?3
     WHERE status = 'running' AND (?4 IS NULL OR started_at_epoch < ?4)`,
    [
      l10n.t('The program ended before costs were read. The next sync of costs goes on from there.'),
      ...stamp(session),
      since ?? null,
    ],
  );
}

/** Disconnects a scope; its rows stay and count. */
export function markScopeRemoved(session: Session, scopeId: number): void {
  session.database.run(
    `UPDATE cost_scopes SET is_deleted = 1, retry_after = NULL, retry_after_epoch = NULL, sync_datetime = ?,
       sync_datetime_epoch = ? WHERE id = ? AND is_deleted = 0`,
    [...stamp(session), scopeId],
  );
}

/** Children before parents. */
const ERASE = [
  'DELETE FROM cost_shares WHERE cost_id IN (SELECT id FROM cost_daily WHERE scope_id = ?)',
  'DELETE FROM cost_daily WHERE scope_id = ?',
  'DELETE FROM cost_service_daily WHERE scope_id = ?',
  'DELETE FROM cost_restatements WHERE scope_id = ?',
  'DELETE FROM cost_month_totals WHERE scope_id = ?',
  'DELETE FROM cost_months WHERE scope_id = ?',
  'DELETE FROM cost_sync_runs WHERE scope_id = ?',
  'DELETE FROM cost_scopes WHERE id = ?',
];

/** Removes a scope with all that was billed in it. Inside `withoutForeignKeys`: each row would scan whole tables. */
export function eraseScope({ database }: Session, scopeId: number): void {
  for (const sql of ERASE) {
    database.run(sql, [scopeId]);
  }
}
