import type { QueryDataset } from '../reportDefinition';
import budgets from './budgets.sql';
import expectedDays from './expected_days.sql';
import reach from './reach.sql';
import recent from './recent.sql';

/** What a month cost so far, and what it may cost. */
export const BUDGET_DATASETS = {
  recent: { title: 'Cost of the last days', sql: withExpectedDays(recent, 'recent') },
  reach: { title: 'Known days', sql: reach },
  budgets: { title: 'Budgets', sql: budgets },
} as const satisfies Readonly<Record<string, QueryDataset>>;

/** Puts the table `expected_days` in its place: costs of days of that span. */
export function withExpectedDays(sql: string, span: 'recent' | 'remembered'): string {
  return sql.replace('{{expected_days}}', expectedDays.trim().replace('{{span}}', span));
}
