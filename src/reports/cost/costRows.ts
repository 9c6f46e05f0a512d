import type { Value } from '../format';
import type { DeriveContext } from '../reportDefinition';
import type { ReportRow } from '../reportModel';
import { monthCostOf } from './monthCost';

type Rows = readonly ReportRow[];

/**
 * Headline numbers of the period and of the span before, in the currency of most generations: amounts of several are never
 * added, and both spans are in the same one. Counts and coverage are of all currencies.
 */
export function totalRows(
  [
    spent = [],
    asked = [],
    estimates = [],
    recent = [],
    reach = [],
    budgets = [],
    excluded = [],
  ]: readonly Rows[],
  { format }: Pick<DeriveContext, 'format'>,
): Rows {
  const currency = mainCurrency(spent);
  return ([1, 0] as const).flatMap((isCurrent) => {
    const of = spent.filter(({ is_current }) => is_current === isCurrent);
    const { turns = 0, active_users: users = 0 } =
      asked.find(({ is_current }) => is_current === isCurrent) ?? {};
    const generations = sum(of, 'distinct_generations');
    if (generations === 0 && turns === 0) {
      return [];
    }
    const currencies = of.filter((each) => each['currency'] !== null).length;
    const inCurrency = of.find((row) => row['currency'] === currency && currency !== null);
    const amount = (field: string): Value => inCurrency?.[field] ?? (generations === 0 ? 0 : null);
    const known = sum(of, 'cost_generations');
    const excludedCost = excludedIn(excluded, isCurrent, currency);
    // Turns and users are without the excluded accounts, and so is what is divided by them.
    const divided = typeof amount('cost') === 'number' ? Number(amount('cost')) - excludedCost : null;
    const row = {
      is_current: isCurrent,
      currency,
      further_currencies: Math.max(0, currencies - 1),
      has_no_cost: Number(generations > 0 && known === 0),
      cost: amount('cost'),
      ...partsOf(inCurrency, amount('cost')),
      distinct_generations: generations,
      cost_generations: known,
      unknown_cost_generations: sum(of, 'unknown_cost_generations'),
      cost_coverage: ratio(known, generations),
      billed_coverage: ratio(sum(of, 'billed_generations'), generations),
      is_actual: Number(sum(of, 'billed_generations') > 0 && of[0]?.['cost_type'] === 'actual'),
      is_amortized: Number(sum(of, 'billed_generations') > 0 && of[0]?.['cost_type'] === 'amortized'),
      cost_token_coverage: ratio(sum(of, 'cost_tokens'), sum(of, 'tokens')),
      turns,
      active_users: users,
      excluded_cost: excludedCost,
      cost_per_turn: ratio(divided, turns),
      cost_per_active_user: ratio(divided, users),
    };
    return isCurrent === 1
      ? [{ ...row, ...estimateOf(estimates, currency), ...monthOf(recent, reach, budgets, currency, format) }]
      : [row];
  });
}

function excludedIn(rows: Rows, isCurrent: 1 | 0, currency: Value): number {
  return sum(
    rows.filter((row) => row['is_current'] === isCurrent && row['currency'] === currency),
    'excluded_cost',
  );
}

/** What is known of each currency, and last how much is unknown: that is in none. */
export function currencyRows([spent = [], estimates = []]: readonly Rows[]): Rows {
  const current = spent.filter(({ is_current }) => is_current === 1);
  const unknown = sum(current, 'unknown_cost_generations');
  const known = current
    .filter((row) => row['currency'] !== null)
    .toSorted((a, b) => count(b, 'cost_generations') - count(a, 'cost_generations'))
    .map((row) => ({
      ...row,
      ...partsOf(row, row['cost'] ?? null),
      counted_generations: row['cost_generations'] ?? null,
      estimated_cost: estimateOf(estimates, row['currency'] ?? null).estimated_cost,
    }));
  return unknown === 0 ? known : [...known, { currency: 'unknown', counted_generations: unknown }];
}

/** Steps in the main currency, with the budget as a level: that of a month, or its part of a week or day. */
export function stepRows(
  [steps = [], totals = [], budgets = []]: readonly Rows[],
  { unit }: DeriveContext,
): Rows {
  const currency = currencyIn(totals);
  const monthly = budgetIn(budgets, currency);
  const days = { day: 1, week: 7, month: DAYS_OF_YEAR / 12 }[unit];
  const budget = monthly === null ? null : (monthly * 12 * days) / DAYS_OF_YEAR;
  return steps.filter((row) => row['currency'] === currency).map((row) => ({ ...row, budget }));
}

const DAYS_OF_YEAR = 365.25;

/** Rows in the main currency, ranked anew: bars of two currencies have no common scale. */
export function mainRows([rows = [], totals = []]: readonly Rows[]): Rows {
  const currency = currencyIn(totals);
  return rows
    .filter((row) => row['currency'] === currency && currency !== null)
    .map((row, index) => ({ ...row, rank: index + 1 }));
}

/** Rows of the bill in one currency, ranked anew: the report's main one where it was billed in it. */
export function billRows([rows = [], allocation = [], totals = []]: readonly Rows[]): Rows {
  const billed = allocation.map((row) => row['currency']);
  const main = currencyIn(totals);
  const currency = billed.includes(main) ? main : billed[0];
  return rows
    .filter((row) => row['currency'] === currency)
    .map((row, index) => ('rank' in row ? { ...row, rank: index + 1 } : row));
}

/** Nothing billed is 0 of a known cost, and so is nothing at list price. */
function partsOf(row: ReportRow | undefined, cost: Value) {
  const part = (field: string): Value => row?.[field] ?? (cost === null ? null : 0);
  return {
    billed_cost: part('billed_cost'),
    provisional_cost: part('provisional_cost'),
    list_price_cost: part('list_price_cost'),
  };
}

/** The currency of most generations of the period; null where no cost is known. */
function mainCurrency(spent: Rows): Value {
  const priced = spent.filter((row) => row['is_current'] === 1 && row['currency'] !== null);
  const [most] = priced.toSorted(
    (a, b) =>
      count(b, 'cost_generations') - count(a, 'cost_generations') ||
      String(a['currency']).localeCompare(String(b['currency'])),
  );
  return most?.['currency'] ?? null;
}

function currencyIn(totals: Rows): Value {
  return totals.find(({ is_current }) => is_current === 1)?.['currency'] ?? null;
}

function estimateOf(estimates: Rows, currency: Value) {
  const estimate = estimates.find((row) => row['currency'] === currency && currency !== null);
  return {
    estimated_cost: estimate?.['estimated_cost'] ?? null,
    estimated_generations: estimate?.['estimated_generations'] ?? null,
  };
}

/** The budget of the one instance that the report is about, else of all together. */
function budgetIn(budgets: Rows, currency: Value): number | null {
  const ofCurrency = budgets.filter((row) => row['currency'] === currency);
  const own = ofCurrency.find((row) => row['instance_id'] !== null && row['instances'] === 1);
  const amount = (own ?? ofCurrency.find((row) => row['instance_id'] === null))?.['monthly_amount'];
  return typeof amount === 'number' ? amount : null;
}

/** The month of the last sync: what it cost so far, will cost, and may cost. */
function monthOf(recent: Rows, reach: Rows, budgets: Rows, currency: Value, format: DeriveContext['format']) {
  const budget = budgetIn(budgets, currency);
  const days = recent.filter((row) => row['currency'] === currency && currency !== null);
  const month = days.length === 0 ? undefined : monthCostOf(days, reach);
  return {
    budget_amount: budget === null ? null : format.number(budget, 'money'),
    month_to_date_cost: month?.toDate ?? null,
    cost_forecast: month?.forecast?.whole ?? null,
    scaled_cost: month?.scaled ?? null,
    budget_used: budget === null || month === undefined ? null : month.toDate / budget,
  };
}

function ratio(part: Value | undefined, whole: Value | undefined): number | null {
  return typeof part === 'number' && typeof whole === 'number' && whole !== 0 ? part / whole : null;
}

function count(row: ReportRow, field: string): number {
  return Number(row[field] ?? 0);
}

function sum(rows: Rows, field: string): number {
  return rows.reduce((total, row) => total + count(row, field), 0);
}
