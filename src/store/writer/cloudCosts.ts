import * as l10n from '@vscode/l10n';
import { utcDateOf } from '../costs/costEntries';
import type { CostMonth, CostMonthResult, CostRow, E8, ServiceCostRow } from '../costs/costTypes';
import { firstFreshDay } from '../costs/freshness';
import { monthDays } from '../costs/months';
import type { EpochSeconds } from '../records';
import type { Cell } from '../resultSet';
import type { Value } from '../sqlite/sqlite';
import { DatedTable, type DatedRow } from './datedTable';
import { runningCostRun, type CostRun } from './cloudCostRuns';
import { largerImport } from './largerImport';
import { narrowerImport } from './narrowerImport';
import { stamp, timePair, type Session } from './session';

/** UTC days, both ends included. */
interface Days {
  readonly first: number;
  readonly last: number;
}

const DAILY = new DatedTable('cost_daily', {
  key: ['utc_day', 'resource_id', 'meter', 'meter_subcategory', 'charge_type', 'tag', 'currency'],
  values: ['cost_e8', 'quantity', 'unit', 'service', 'publisher_type'],
});

const SERVICES = new DatedTable('cost_service_daily', {
  key: ['utc_day', 'service', 'publisher_type', 'currency'],
  values: ['cost_e8', 'cost_usd'],
});

/**
 * Replaces a month of the run's scope, or the days that it names: rows that are there again keep their ids, equal ones are
 * untouched, those that are gone are marked deleted. Call it inside a transaction.
 * @throws when the run is not running, a row lies outside of the days, or two rows are the same
 */
export function replaceCostMonth(
  session: Session,
  runId: number,
  month: CostMonth,
  fetchedAt: EpochSeconds,
): CostMonthResult {
  const run = runningCostRun(session, runId);
  const seen = month.rows.length + month.services.length;
  const days = daysOf(month);
  const before = billedByDay(session, run, month, days);
  const after = sumByDay(month.rows);
  if (isEmpty(after) && !isEmpty(before)) {
    return { seen, changed: 0, restatedDays: 0, refused: refusal(month) };
  }
  const refused = largerImport(session, run, month) ?? narrowerImport(session, run, month, days);
  if (refused !== undefined) {
    return { seen, changed: 0, restatedDays: 0, refused };
  }
  const restatedDays = noteRestatements(session, run, month, before, after);
  const place = { scope_id: run.scopeId, cost_type: month.costType };
  const changed =
    DAILY.replace(session, place, days, run.runId, month.rows.map(dailyRow)) +
    SERVICES.replace(session, place, days, run.runId, month.services.map(serviceRow));
  noteFreshDays(session, run, month, fetchedAt);
  writeTotals(session, run, month);
  writeMonth(session, run, month, fetchedAt);
  session.database.run(
    `UPDATE cost_sync_runs SET months = months + 1, rows_seen = rows_seen + ?, rows_changed = rows_changed + ?,
       restated_days = restated_days + ? WHERE id = ?`,
    [seen, changed, restatedDays, runId],
  );
  return { seen, changed, restatedDays };
}

function dailyRow(row: CostRow): DatedRow {
  return {
    utcDay: row.utcDay,
    key: [row.utcDay, row.resourceId, row.meter, row.meterSubcategory, row.chargeType, row.tag, row.currency],
    values: [row.costE8, row.quantity, row.unit, row.service, row.publisherType].map(orNull),
  };
}

function serviceRow(row: ServiceCostRow): DatedRow {
  return {
    utcDay: row.utcDay,
    key: [row.utcDay, row.service, row.publisherType, row.currency],
    values: [row.costE8, row.costUsd].map(orNull),
  };
}

function orNull(value: Value | undefined): Value {
  return value ?? null;
}

function daysOf({ month, days }: CostMonth): Days {
  const whole = monthDays(month);
  if (days === undefined) {
    return whole;
  }
  if (days.first < whole.first || days.last > whole.last) {
    throw new Error(`The days ${days.first} to ${days.last} do not lie in ${month}`);
  }
  return days;
}

/** Amounts by day and currency, such as `20393 EUR`. */
type DayTotals = ReadonlyMap<string, E8>;

function billedByDay({ database }: Session, { scopeId }: CostRun, month: CostMonth, days: Days): DayTotals {
  const rows = database.all<[number, string, Cell]>(
    `SELECT utc_day, currency, sum(cost_e8) FROM cost_daily
     WHERE scope_id = ? AND cost_type = ? AND utc_day BETWEEN ? AND ? AND is_deleted = 0 GROUP BY utc_day, currency`,
    [scopeId, month.costType, days.first, days.last],
  );
  return new Map(rows.map(([day, currency, sum]) => [`${day} ${currency}`, BigInt(sum as number | bigint)]));
}

function sumByDay(rows: readonly CostRow[]): DayTotals {
  const sums = new Map<string, E8>();
  for (const { utcDay, currency, costE8 } of rows) {
    const key = `${utcDay} ${currency}`;
    sums.set(key, (sums.get(key) ?? 0n) + costE8);
  }
  return sums;
}

function isEmpty(totals: DayTotals): boolean {
  return [...totals.values()].every((amount) => amount === 0n);
}

function refusal({ month, costType, days }: CostMonth): string {
  const view = costType === 'actual' ? l10n.t('actual') : l10n.t('amortized');
  return days === undefined
    ? l10n.t(
        'All cost of {0} ({1}) was gone in the new answer. The figures that were there are kept.',
        month,
        view,
      )
    : l10n.t(
        'All cost from {0} to {1} ({2}) was gone in the new answer. The figures that were there are kept.',
        utcDateOf(days.first),
        utcDateOf(days.last),
        view,
      );
}

/**
 * Logs the days whose amount was another one when they were read before. Days that were still filling up then are none.
 * @returns the number of days
 */
function noteRestatements(
  session: Session,
  run: CostRun,
  { costType, month, days }: CostMonth,
  before: DayTotals,
  after: DayTotals,
): number {
  const { database } = session;
  const [knownToDay, fetchedAt] = database.get<[number, EpochSeconds]>(
    `SELECT known_to_day, fetched_at_epoch FROM cost_months
     WHERE scope_id = ? AND cost_type = ? AND month = ? AND is_deleted = 0`,
    [run.scopeId, costType, month],
  ) ?? [-Infinity, -Infinity];
  const complete = Math.min(knownToDay, firstFreshDay(fetchedAt) - 1);
  const restated = new Set<number>();
  for (const key of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const [date, currency = ''] = key.split(' ');
    const day = Number(date);
    const [old, now] = [before.get(key) ?? 0n, after.get(key) ?? 0n];
    // What a part of a month did not hold before is new, not another amount.
    const wasRead = days === undefined || before.has(key);
    if (old !== now && day <= complete && wasRead) {
      restated.add(day);
      database.run(
        `INSERT INTO cost_restatements (scope_id, cost_type, utc_day, date, currency, old_e8, new_e8, run_id,
           sync_datetime, sync_datetime_epoch) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        [run.scopeId, costType, day, utcDateOf(day), currency, old, now, run.runId, ...stamp(session)],
      );
    }
  }
  return restated.size;
}

/** Days that were still filling up, or are now, and those of a month that is closed now, are spread anew. */
function noteFreshDays(
  { database }: Session,
  run: CostRun,
  { costType, month, isClosed }: CostMonth,
  fetchedAt: EpochSeconds,
): void {
  const { first, last } = monthDays(month);
  const [state, fetchedBefore] = database.get<[string, EpochSeconds]>(
    'SELECT state, fetched_at_epoch FROM cost_months WHERE scope_id = ? AND cost_type = ? AND month = ?',
    [run.scopeId, costType, month],
  ) ?? ['', 0];
  const isSameState = state === (isClosed ? 'closed' : 'open');
  const from = isSameState ? firstFreshDay(Math.min(fetchedBefore, fetchedAt)) : first;
  const isSameDay = firstFreshDay(fetchedBefore) === firstFreshDay(fetchedAt);
  if (!isSameState || !isSameDay) {
    database.run('UPDATE cost_days SET is_spread = 0 WHERE utc_day BETWEEN ? AND ? AND is_spread = 1', [
      Math.max(from, first),
      last,
    ]);
  }
}

const SET_TOTAL = `
  INSERT INTO cost_month_totals (scope_id, cost_type, month, currency, control_e8, sync_datetime, sync_datetime_epoch)
  VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (scope_id, cost_type, month, currency) DO UPDATE SET control_e8 = excluded.control_e8, is_deleted = 0,
    sync_datetime = excluded.sync_datetime, sync_datetime_epoch = excluded.sync_datetime_epoch
  WHERE control_e8 <> excluded.control_e8 OR is_deleted <> 0`;

/** A part of a month has no total of its own: that of all rows that are there. */
function writeTotals(session: Session, run: CostRun, month: CostMonth): void {
  const { database } = session;
  const { costType } = month;
  const totals =
    month.days === undefined
      ? new Map(month.totals.map(({ currency, costE8 }) => [currency, costE8]))
      : sumByCurrency(billedByDay(session, run, month, monthDays(month.month)));
  for (const [currency, costE8] of totals) {
    database.run(SET_TOTAL, [run.scopeId, costType, month.month, currency, costE8, ...stamp(session)]);
  }
  database.run(
    `UPDATE cost_month_totals SET is_deleted = 1, sync_datetime = ?, sync_datetime_epoch = ?
     WHERE scope_id = ? AND cost_type = ? AND month = ? AND is_deleted = 0
       AND currency NOT IN (SELECT value FROM json_each(?))`,
    [...stamp(session), run.scopeId, costType, month.month, JSON.stringify([...totals.keys()])],
  );
}

function sumByCurrency(byDay: DayTotals): ReadonlyMap<string, E8> {
  const sums = new Map<string, E8>();
  for (const [key, amount] of byDay) {
    const currency = key.slice(key.indexOf(' ') + 1);
    sums.set(currency, (sums.get(currency) ?? 0n) + amount);
  }
  return sums;
}

function writeMonth(session: Session, run: CostRun, month: CostMonth, fetchedAt: EpochSeconds): void {
  const isPart = month.days !== undefined;
  session.database.run(
    `INSERT INTO cost_months (scope_id, cost_type, month, state, known_to_day, run_id, fetched_at, fetched_at_epoch,
       sync_datetime, sync_datetime_epoch) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (scope_id, cost_type, month) DO UPDATE SET state = excluded.state,
       known_to_day = ${isPart ? 'max(known_to_day, excluded.known_to_day)' : 'excluded.known_to_day'},
       run_id = excluded.run_id, fetched_at = excluded.fetched_at, fetched_at_epoch = excluded.fetched_at_epoch,
       sync_datetime = excluded.sync_datetime, sync_datetime_epoch = excluded.sync_datetime_epoch, is_deleted = 0`,
    [
      ...[run.scopeId, month.costType, month.month, month.isClosed ? 'closed' : 'open', month.knownToDay],
      ...[run.runId, ...timePair(session.localTime, fetchedAt), ...stamp(session)],
    ],
  );
}
