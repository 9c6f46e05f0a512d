import { parseBudget, type BudgetEntry } from '../../store/costs/costEntries';
import { amountText } from './priceText';
import { STARTER_CURRENCY } from './starterPrices';

/** What a month may cost, without for whom. */
export type BudgetAmount = Omit<BudgetEntry, 'instanceId'>;

/** `500 USD` */
export function budgetText({ monthlyAmount, currency }: BudgetAmount): string {
  return `${amountText(monthlyAmount)} ${currency}`;
}

/** Reads what somebody types, such as `500 USD`; nothing is no budget. @throws CostEntryError */
export function parseBudgetText(typed: string): BudgetAmount | undefined {
  if (typed.trim() === '') {
    return undefined;
  }
  const [, amount = '', currency = ''] = /^(\S+?)\s*([A-Za-z]*)$/u.exec(typed.trim()) ?? [];
  return parseBudget({
    monthlyAmount: amount === '' ? Number.NaN : Number(amount),
    currency: currency === '' ? STARTER_CURRENCY : currency,
  });
}
