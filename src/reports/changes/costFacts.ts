import type { LocalDay } from '../days';
import type { ReportRow } from '../reportModel';
import type { Mover } from './facts';
import type { Facts, InstanceFact } from './facts';
import { expectedForecast } from '../cost/monthCost';
import type { Forecast } from './forecast';
import { hasFreeWorkday, holidaysOf } from './holidays';
import { countIn, numberIn } from './rowValues';

/** What one currency's costs were. */
export interface CostFact {
  readonly currency: string;
  readonly now: number;
  /** Undefined: nothing is compared. */
  readonly before?: number | undefined;
  /** Of earlier spans of the same weekdays, the newest first. */
  readonly earlier: readonly number[];
  readonly byInstance: readonly Mover[];
  readonly forecast?: Forecast | undefined;
  /** Per calendar month; undefined without one. */
  readonly budget?: number | undefined;
}

/** Days that the dataset reaches back before the period. */
const MEMORY = 56;
const MOST_SPANS = 8;
/** The month's forecast belongs to a report of the newest days. */
const NEWEST = 8;

/** Costs by currency, in its order: amounts of two currencies are never added. */
export function costFactsOf(facts: Facts): CostFact[] {
  const { rows } = facts;
  const currencies = new Set(rows.cost_days.map(({ currency }) => currency));
  return [...currencies]
    .filter((currency) => typeof currency === 'string')
    .sort()
    .map((currency) => costFactOf(facts, currency));
}

function costFactOf(facts: Facts, currency: string): CostFact {
  const { rows, span, instances } = facts;
  const ofCurrency = rows.cost_days.filter((row) => row['currency'] === currency);
  const costBack = (days: number, of: readonly InstanceFact[] = instances): number =>
    sum(rowsBack(ofCurrency, facts, days, of), 'cost');
  const budget = budgetOf(facts, currency);
  return {
    currency,
    now: costBack(0),
    before: span.shift === undefined ? undefined : costBack(span.shift),
    earlier: earlierShifts(facts).map((days) => costBack(days)),
    byInstance: instances.map((instance) => ({
      dimension: 'instance',
      name: instance.name,
      now: costBack(0, [instance]),
      before: costBack(span.shift ?? 0, [instance]),
      members: instances.length,
    })),
    forecast: forecastIn(facts, ofCurrency),
    budget,
  };
}

/** The budget of the scope; of one instance alone, its own before that of all. */
function budgetOf({ rows, instances, scopeId }: Facts, currency: string): number | undefined {
  const own = instances.length === 1 ? instances[0]?.id : undefined;
  const ofCurrency = rows.budgets.filter((row) => row['currency'] === currency);
  const found =
    ofCurrency.find(({ instance_id }) => instance_id === own) ??
    ofCurrency.find(({ instance_id }) => instance_id === scopeId);
  return numberIn(found, 'monthly_amount');
}

/** Part of the generations whose cost is known, `days` before the period; undefined without any. */
export function costCoverage(facts: Facts, days: number): number | undefined {
  const found = rowsBack(facts.rows.cost_days, facts, days, facts.instances);
  const generations = sum(found, 'generations');
  return generations === 0 ? undefined : sum(found, 'known_generations') / generations;
}

/** Rows of the compared days of each instance, moved back. */
function rowsBack(
  rows: readonly ReportRow[],
  { span }: Facts,
  days: number,
  instances: readonly InstanceFact[],
): readonly ReportRow[] {
  return rows.filter((row) => {
    const day = countIn(row, 'day') + days;
    const instance = instances.find(({ id }) => id === row['instance_id']);
    return instance !== undefined && span.from <= day && day <= instance.lastDay;
  });
}

/** Days back to earlier spans of the same weekdays that messages reach, without holidays. */
function earlierShifts({ span: { from, to }, instances, rows }: Facts): number[] {
  const first = firstKnownDay(instances);
  const shift = Math.ceil((to - from + 1) / 7) * 7;
  const holidays = holidaysOf(rows.holidays);
  return Array.from({ length: MOST_SPANS }, (_, index) => (index + 1) * shift).filter(
    (days) => days <= MEMORY && from - days >= first && !hasFreeWorkday(holidays, from - days, to - days),
  );
}

function forecastIn(
  { span, instances, rows: { holidays } }: Facts,
  rows: readonly ReportRow[],
): Forecast | undefined {
  const reached = instances.map(({ lastWholeDay }) => lastWholeDay).filter((day) => day !== undefined);
  if (reached.length === 0 || span.today - span.to > NEWEST) {
    return undefined;
  }
  return expectedForecast(rows, Math.min(...reached), firstKnownDay(instances), holidaysOf(holidays));
}

/** Day from which all instances are known. */
function firstKnownDay(instances: readonly InstanceFact[]): LocalDay {
  return Math.max(...instances.map((instance) => instance.firstKnownDay ?? -Infinity));
}

function sum(rows: readonly ReportRow[], field: string): number {
  return rows.reduce((total, row) => total + countIn(row, field), 0);
}
