import type { ReportReader } from '../../store/resultSet';
import { localTimeIn } from '../../store/localTime';
import { Datasets } from '../datasets';
import { isoOfDay } from '../days';
import { createFormatter } from '../format';
import type { ReportRow } from '../reportModel';
import { planOf } from '../reportPlan';
import { DEFAULT_SETTINGS } from '../reportSettings';
import { readSources } from '../sources';
import { BUDGET_DATASETS } from './budgetDatasets';
import { monthCostOf } from './monthCost';

type Rows = readonly ReportRow[];

/** A budget against the month of the last sync. */
export interface BudgetUse {
  /** `instances.id`; undefined: all instances together. */
  readonly instanceId?: number | undefined;
  /** Its name; undefined as `instanceId`. */
  readonly instance?: string | undefined;
  /** ISO 4217. */
  readonly currency: string;
  /** Per calendar month of the mirror's zone. */
  readonly budget: number;
  /** `YYYY-MM`. */
  readonly month: string;
  /** What the month cost so far: billed, and by list price where nothing was billed. */
  readonly monthToDate: number;
  /** Undefined where less than two weeks are known. */
  readonly forecast?: number | undefined;
  /** Where all cost of the last weeks was paid in other currencies, which are never converted: these. */
  readonly paidIn?: readonly string[] | undefined;
}

/**
 * Each budget against what its month cost and will cost, as the report "Cost" shows them.
 * @param now seconds since 1970 @param zone IANA name of the mirror's zone
 * @throws NoReportDataError before the first sync
 */
export async function readBudgetUse(
  reader: ReportReader,
  { now, zone }: { readonly now: number; readonly zone: string },
): Promise<readonly BudgetUse[]> {
  const format = createFormatter('en');
  const sources = await readSources(reader, DEFAULT_SETTINGS.scope);
  const settings = { ...DEFAULT_SETTINGS, reportId: 'cost' };
  const plan = planOf(
    sources,
    { settings, now, zone, locale: 'en' },
    localTimeIn(zone)(now).day,
    format,
    undefined,
    reader.dialect,
  );
  const datasets = new Datasets((sql, parameters) => reader.query(sql, parameters), BUDGET_DATASETS, plan, {
    format,
    unit: plan.unit,
    zone,
  });
  const budgets = (await datasets.get('budgets')).rows;
  return budgets.length === 0
    ? []
    : budgetUsesOf((await datasets.get('recent')).rows, (await datasets.get('reach')).rows, budgets);
}

/** Each budget against its month, from rows of `recent.sql`, `reach.sql` and `budgets.sql`. */
export function budgetUsesOf(recent: Rows, reach: Rows, budgets: Rows): readonly BudgetUse[] {
  return budgets.flatMap((budget) => {
    const { instance_id: id, instance, currency, monthly_amount: amount } = budget;
    const isOf = (row: ReportRow): boolean => id === null || row['instance_id'] === id;
    const own = recent.filter(isOf);
    const inCurrency = own.filter((row) => row['currency'] === currency);
    const month = monthCostOf(inCurrency, reach.filter(isOf));
    const others = inCurrency.length === 0 ? [...new Set(own.map((row) => String(row['currency'])))] : [];
    return month === undefined
      ? []
      : [
          {
            instanceId: typeof id === 'number' ? id : undefined,
            instance: typeof instance === 'string' ? instance : undefined,
            currency: String(currency),
            budget: Number(amount),
            month: isoOfDay(month.month).slice(0, 7),
            monthToDate: month.toDate,
            forecast: month.forecast?.whole,
            ...(others.length === 0 ? {} : { paidIn: others.sort() }),
          },
        ];
  });
}

/** The same as rows of a table. */
export function budgetRows([recent = [], reach = [], budgets = []]: readonly Rows[]): Rows {
  return budgetUsesOf(recent, reach, budgets).map((use) => ({
    instance_id: use.instanceId ?? null,
    budget_of: use.instance ?? 'All instances',
    currency: use.currency,
    month: use.month,
    budget: use.budget,
    month_to_date_cost: use.monthToDate,
    budget_used: use.monthToDate / use.budget,
    cost_forecast: use.forecast ?? null,
    forecast_share: use.forecast === undefined ? null : use.forecast / use.budget,
    standing: standingOf(use),
  }));
}

function standingOf({ budget, currency, monthToDate, forecast, paidIn }: BudgetUse): string {
  if (paidIn !== undefined) {
    return `No cost in ${currency}: set it in ${paidIn.join(' or ')}`;
  }
  if (monthToDate >= budget) {
    return 'Spent';
  }
  return forecast !== undefined && forecast > budget ? 'Will not last by the forecast' : 'Within the budget';
}
