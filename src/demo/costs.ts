import type { BudgetEntry, PriceEntry } from '../store/costs/costEntries';

const CURRENCY = 'USD';

/** Invented prices per 1,000,000 tokens of the models that the companies ask; what people ask the pool of models stays without one. */
const AMOUNTS = {
  'gpt-4o': { inputPerMillion: 2.5, cachedPerMillion: 1.25, outputPerMillion: 10 },
  'gpt-4o-mini': { inputPerMillion: 0.15, cachedPerMillion: 0.075, outputPerMillion: 0.6 },
  'gpt-5-mini': { inputPerMillion: 0.25, cachedPerMillion: 0.025, outputPerMillion: 2 },
  // On machines of their own.
  'llama3.1:8b': { inputPerMillion: 0, outputPerMillion: 0 },
} as const;

/** @param validFrom first UTC day, `YYYY-MM-DD` */
export function demoPrices(validFrom: string): readonly PriceEntry[] {
  return Object.entries(AMOUNTS).map(([modelId, amounts]) => ({
    modelId,
    validFrom,
    currency: CURRENCY,
    source: 'admin',
    ...amounts,
  }));
}

/** What all companies together may spend in a month. */
export const DEMO_BUDGET: BudgetEntry = { currency: CURRENCY, monthlyAmount: 1 };
