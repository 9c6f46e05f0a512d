import { forecastOf, type Forecast } from '../changes/forecast';
import { startOfMonth, type LocalDay } from '../days';
import type { ReportRow } from '../reportModel';
import type { Holidays } from '../trends/holidays';

type Rows = readonly ReportRow[];

/** What a month cost up to the last sync, and will cost. */
export interface MonthCost {
  /** First day of the month of the last sync. */
  readonly month: LocalDay;
  readonly toDate: number;
  /** Undefined where less than two weeks are known. */
  readonly forecast?: Forecast | undefined;
  /** List price of days without a bill that the forecast takes at the ratio of bill to list price. */
  readonly scaled: number;
}

/**
 * The month of one currency.
 * @param days rows of `recent.sql` in this currency @param reach rows of `reach.sql` of the same instances
 * @returns undefined where no instance was synced
 */
export function monthCostOf(days: Rows, reach: Rows): MonthCost | undefined {
  const first = reach[0];
  if (first === undefined) {
    return undefined;
  }
  const month = startOfMonth(numberIn(first, 'as_of_day'));
  const ofMonth = days.filter((row) => numberIn(row, 'day') >= month);
  // Where an instance has not reached the month, all days of it are open.
  const lastDay = Math.max(month - 1, Math.min(...reach.map((row) => numberIn(row, 'last_whole_day'))));
  const firstDays = reach.map((row) => row['first_known_day']).filter((day) => typeof day === 'number');
  return {
    month,
    toDate: sum(ofMonth, 'cost'),
    forecast:
      firstDays.length === 0
        ? undefined
        : expectedForecast(days, lastDay, Math.max(...firstDays), holidaysIn(reach)),
    scaled: sum(days, 'scaled_cost'),
  };
}

/**
 * The forecast of one currency from rows with `day`, `cost`, `billed_cost`, `list_price_cost` and `expected_cost`. In a
 * currency that only bills are in, days after the newest bill are open: nothing is known of them, and that is not 0.
 */
export function expectedForecast(
  days: Rows,
  lastDay: LocalDay,
  firstDay: LocalDay,
  holidays: Holidays,
): Forecast | undefined {
  const costs = new Map<LocalDay, number>();
  for (const row of days) {
    const day = numberIn(row, 'day');
    costs.set(day, (costs.get(day) ?? 0) + numberIn(row, 'expected_cost'));
  }
  const billed = days.filter((row) => typeof row['billed_cost'] === 'number');
  const isBilledAlone = billed.length > 0 && days.every((row) => typeof row['list_price_cost'] !== 'number');
  const newestBill = Math.max(...billed.map((row) => numberIn(row, 'day')));
  const beforeMonth = startOfMonth(lastDay + 1) - 1;
  return forecastOf(
    costs,
    isBilledAlone ? Math.max(Math.min(lastDay, newestBill), beforeMonth) : lastDay,
    firstDay,
    holidays,
  );
}

/** Days that are a holiday of one of the instances. @param reach rows of `reach.sql` */
function holidaysIn(reach: Rows): Holidays {
  const texts = reach.map((row) => row['holidays']).filter((text) => typeof text === 'string');
  return new Set(texts.flatMap((text) => text.split(',').map(Number)));
}

function numberIn(row: ReportRow, field: string): number {
  return Number(row[field] ?? 0);
}

function sum(rows: Rows, field: string): number {
  return rows.reduce((total, row) => total + numberIn(row, field), 0);
}
