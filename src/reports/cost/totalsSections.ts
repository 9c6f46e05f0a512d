import { STEP } from '../columns';
import type { SectionDefinition } from '../reportDefinition';
import { CURRENCY, SPLIT } from './costColumns';

/** The sum of what is known, and its course. */
export const totalsSection: SectionDefinition = {
  id: 'totals',
  title: 'Totals',
  blocks: [
    {
      type: 'kpis',
      id: 'kpis',
      dataset: 'totals',
      tiles: [
        {
          metric: 'cost',
          note: '{billed_cost} billed ({provisional_cost} of it provisional), {list_price_cost} by list price',
        },
        { metric: 'cost_per_turn', note: '{turns} turns' },
        { metric: 'cost_per_active_user', note: '{active_users} active users' },
        {
          metric: 'cost_coverage',
          note: 'unknown for {unknown_cost_generations} of {distinct_generations} generations',
        },
        { metric: 'cost_token_coverage' },
        { metric: 'billed_coverage' },
        { metric: 'month_to_date_cost' },
        { metric: 'cost_forecast', note: 'an estimate' },
        { metric: 'budget_used', note: 'of {budget_amount} {currency} for the month' },
        { metric: 'estimated_cost', note: 'for {estimated_generations} generations; in no total' },
      ],
    },
    {
      type: 'table',
      id: 'currencyTable',
      title: 'What is known and what is not',
      description:
        'Billed comes before list price. Unknown is not 0: an estimate stands apart, and no total contains it.',
      dataset: 'currencies',
      rowsAre: 'currencies',
      columns: [
        CURRENCY,
        ...SPLIT,
        {
          field: 'counted_generations',
          title: 'Generations',
          format: 'integer',
          definition:
            'Distinct generations with a known cost in this currency; in the last row those whose cost is unknown.',
        },
        { field: 'estimated_cost', format: 'money' },
      ],
    },
  ],
};

export const timeSection: SectionDefinition = {
  id: 'time',
  title: 'Over time',
  blocks: [
    {
      type: 'chart',
      id: 'costOverTime',
      title: 'Cost by source',
      description: 'What was billed, and list price where nothing was billed. Marked: changes of prices.',
      dataset: 'steps',
      chart: {
        kind: 'stackedTime',
        series: ['billed_cost', 'list_price_cost'],
        axisTitle: 'Cost',
        marks: 'price_marks',
      },
      isWide: true,
      columns: [STEP, CURRENCY, ...SPLIT, { field: 'unknown_cost_generations', format: 'integer' }],
    },
    {
      type: 'chart',
      id: 'costAgainstBudget',
      title: 'Cost against the budget',
      description: 'The budget of a month; in steps of days or weeks, its part of them.',
      dataset: 'steps',
      chart: {
        kind: 'lineTime',
        value: 'cost',
        hasMovingAverage: true,
        budgetLine: { field: 'budget', title: 'Budget' },
      },
      isWide: true,
      columns: [
        STEP,
        CURRENCY,
        { field: 'cost', format: 'money' },
        {
          field: 'budget',
          title: 'Budget',
          format: 'money',
          definition: 'Monthly budget, by the days of this step.',
        },
      ],
    },
  ],
};
