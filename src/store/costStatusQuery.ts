import * as v from 'valibot';
import type {
  CostRunStatus,
  CostRunSummary,
  CostScope,
  CostScopeStatus,
  CostTrigger,
} from './costs/costTypes';
import { utcDateOf } from './costs/costEntries';
import type { SqliteDatabase } from './sqlite/sqlite';

const RUNS_SHOWN = 10;

type Nullable<T> = T | null;

/** Of scopes `s`: those that are connected or were imported, and those that are disconnected with their rows kept, which count. */
export const COUNTED_SCOPE = `(s.is_deleted = 0
  OR EXISTS (SELECT 1 FROM cost_months m WHERE m.scope_id = s.id AND m.is_deleted = 0))`;

const SCOPES = `
  SELECT s.id, s.source, s.scope, s.name, s.last_sync_epoch, s.retry_after_epoch,
    (SELECT max(d.utc_day) FROM cost_daily d WHERE d.scope_id = s.id AND d.is_deleted = 0),
    (SELECT count(*) FROM cost_months m WHERE m.scope_id = s.id AND m.is_deleted = 0
      AND m.cost_type = (SELECT cost_type FROM analysis_settings)),
    (SELECT count(DISTINCT d.resource_id) FROM cost_daily d JOIN cost_shares h ON h.cost_id = d.id
      WHERE d.scope_id = s.id AND d.resource_id <> '' AND h.reason = 'unmappedResource')
  FROM cost_scopes s
  WHERE ${COUNTED_SCOPE}
  ORDER BY s.id`;

/** The scopes' part of the status. */
export function queryCostStatus(database: SqliteDatabase): CostScopeStatus[] {
  return database
    .all<
      readonly [
        scopeId: number,
        source: CostScope['source'],
        scope: string,
        name: string,
        lastSync: Nullable<number>,
        retryAfter: Nullable<number>,
        newestDay: Nullable<number>,
        months: number,
        unmappedResources: number,
      ]
    >(SCOPES)
    .map(([scopeId, source, scope, name, lastSync, retryAfter, newestDay, months, unmappedResources]) => ({
      ...{ scopeId, source, scope, name, months, unmappedResources },
      lastSync: lastSync ?? undefined,
      retryAfter: retryAfter ?? undefined,
      newestDate: newestDay === null ? undefined : utcDateOf(newestDay),
      newestMonth: queryNewestMonth(database, scopeId),
      runs: queryRuns(database, scopeId),
    }));
}

/** A month that was read and has no cost yet is 0 in the currencies of the last one that had some. */
const NEWEST_MONTH = `
  SELECT n.month, t.currency, CASE t.month WHEN n.month THEN t.control ELSE 0.0 END
  FROM (SELECT max(month) AS month FROM cost_months WHERE scope_id = ?1 AND cost_type = 'actual' AND is_deleted = 0) n
  JOIN cost_month_totals t ON t.scope_id = ?1 AND t.cost_type = 'actual' AND t.is_deleted = 0
    AND t.month = (SELECT max(month) FROM cost_month_totals
      WHERE scope_id = ?1 AND cost_type = 'actual' AND is_deleted = 0 AND month <= n.month)
  ORDER BY t.currency`;

function queryNewestMonth(database: SqliteDatabase, scopeId: number): CostScopeStatus['newestMonth'] {
  return database
    .all<[string, string, number]>(NEWEST_MONTH, [scopeId])
    .map(([month, currency, cost]) => ({ month, currency, cost }));
}

const RUNS = `
  SELECT id, trigger, status, started_at_epoch, finished_at_epoch, months, rows_seen, rows_changed, restated_days, calls,
    waited_ms, error, notes
  FROM cost_sync_runs WHERE scope_id = ? ORDER BY id DESC LIMIT ${RUNS_SHOWN}`;

function queryRuns(database: SqliteDatabase, scopeId: number): CostRunSummary[] {
  return database
    .all<
      readonly [
        runId: number,
        trigger: CostTrigger,
        status: CostRunStatus,
        startedAt: number,
        finishedAt: Nullable<number>,
        months: number,
        rowsSeen: number,
        rowsChanged: number,
        restatedDays: number,
        calls: number,
        waitedMs: number,
        error: Nullable<string>,
        notes: string,
      ]
    >(RUNS, [scopeId])
    .map(([runId, trigger, status, startedAt, finishedAt, months, rowsSeen, ...rest]) => {
      const [rowsChanged, restatedDays, calls, waitedMs, error, notes] = rest;
      return {
        ...{
          runId,
          scopeId,
          trigger,
          status,
          startedAt,
          months,
          rowsSeen,
          rowsChanged,
          restatedDays,
          calls,
          waitedMs,
        },
        finishedAt: finishedAt ?? undefined,
        error: error ?? undefined,
        notes: notesOf(notes),
      };
    });
}

const notesSchema = v.pipe(v.string(), v.parseJson(), v.array(v.string()));

/** The notes of a run; the column is ours, but a copy of the file may have been edited. */
function notesOf(json: string): readonly string[] {
  const parsed = v.safeParse(notesSchema, json);
  return parsed.success ? parsed.output : [];
}
