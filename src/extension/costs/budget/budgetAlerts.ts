import * as l10n from '@vscode/l10n';
import type { BudgetUse } from '../../../reports/cost/budgetUse';
import { moneyText } from '../moneyText';

/** Parts of a budget whose use is worth a message, in percent. */
const THRESHOLDS = [80, 100] as const;
/** Far below what anybody reads: 113 of 100 is 113 %, whatever doubles make of it. */
const ROUNDING = 1e-9;

/** What was told of a budget: `month/threshold`, by the budget. */
export type ToldBudgets = Readonly<Record<string, readonly string[]>>;

export interface BudgetAlert {
  readonly text: string;
  readonly severity: 'information' | 'warning';
}

/**
 * The messages that are due, one per budget for all that was crossed since the last; `told` is what to remember. Months that
 * are over are forgotten.
 * @param today `YYYY-MM-DD` in the mirror's zone
 */
export function budgetAlerts(
  uses: readonly BudgetUse[],
  before: ToldBudgets,
  today: string,
): { readonly alerts: readonly BudgetAlert[]; readonly told: ToldBudgets } {
  const alerts: BudgetAlert[] = [];
  const told: Record<string, readonly string[]> = {};
  for (const use of uses) {
    const key = `${use.instanceId ?? 0}/${use.currency}/${use.budget}`;
    const known = (before[key] ?? []).filter((mark) => mark.startsWith(`${use.month}/`));
    const news = marksOf(use).filter((mark) => !known.includes(mark));
    if (news.length > 0) {
      alerts.push({
        text: alertText(use, today),
        severity: use.monthToDate >= use.budget ? 'warning' : 'information',
      });
    }
    if (known.length > 0 || news.length > 0) {
      told[key] = [...known, ...news];
    }
  }
  return { alerts, told };
}

/** What is crossed: by what was used, and by what the month will come to. Who has used all of it knows both. */
function marksOf({ month, monthToDate: used, budget, forecast = 0 }: BudgetUse): readonly string[] {
  const crossed = THRESHOLDS.filter((threshold) => percentOf(used, budget) >= threshold).map(String);
  const isExpected = Math.max(used, forecast) >= budget;
  return [...crossed, ...(isExpected ? ['forecast'] : [])].map((mark) => `${month}/${mark}`);
}

/** `Budget of all instances: 82 % of 500.00 USD used by 2026-03-17. Forecast: 610.00 USD.` */
function alertText({ instance, monthToDate, budget, currency, forecast }: BudgetUse, today: string): string {
  const percent = percentOf(monthToDate, budget);
  const whole = moneyText(budget, currency);
  const used =
    instance === undefined
      ? l10n.t('Budget of all instances: {0} % of {1} used by {2}.', percent, whole, today)
      : l10n.t('Budget of {0}: {1} % of {2} used by {3}.', instance, percent, whole, today);
  return forecast === undefined ? used : `${used} ${l10n.t('Forecast: {0}.', moneyText(forecast, currency))}`;
}

/** Whole percent, rounded down. */
function percentOf(used: number, budget: number): number {
  return Math.floor((used * 100) / budget + ROUNDING);
}
