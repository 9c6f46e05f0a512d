import type { ColumnDefinition } from '../reportDefinition';

export const CURRENCY: ColumnDefinition = { field: 'currency', title: 'Currency' };

/** What every subtotal is made of. */
export const SPLIT: readonly ColumnDefinition[] = [
  { field: 'cost', format: 'money' },
  { field: 'billed_cost', format: 'money' },
  { field: 'provisional_cost', format: 'money' },
  { field: 'list_price_cost', format: 'money' },
];

export const UNKNOWN: ColumnDefinition = { field: 'unknown_cost_generations', format: 'integer' };

export const COVERAGE: ColumnDefinition = { field: 'cost_coverage', format: 'percent' };
export const SHARE: ColumnDefinition = {
  field: 'cost_share',
  title: 'Share',
  format: 'percent',
  definition: 'Cost of this row / cost of all rows in the same currency, as far as it is known.',
};
