import type { MetricFamily } from './metric';

const KNOWN =
  'Generations count once, copies left out. Unknown cost is not in it and never taken for 0: see the coverage. Currencies are never added.';

/** What generations cost. The aggregates hold over `v_cost` and over `{{costs(...)}}`, which sums its rows beforehand. */
export const COST = {
  cost: {
    title: 'Cost',
    format: 'money',
    comparison: 'relative',
    definition: `What was billed, and list price where nothing was billed for the model on that UTC day. ${KNOWN}`,
    over: 'c',
    sql: 'SUM(c.cost)',
  },
  billed_cost: {
    title: 'Billed',
    format: 'money',
    comparison: 'relative',
    definition:
      "Parts of the cloud's bills: each meter of a resource and UTC day, spread over the generations that it served by their tokens; meters that name no model by list price.",
    over: 'c',
    sql: 'SUM(c.billed_cost)',
  },
  provisional_cost: {
    title: 'Of it provisional',
    format: 'money',
    comparison: 'none',
    definition: 'Part of what was billed whose month is still open: the cloud may change it.',
    over: 'c',
    sql: 'SUM(c.billed_cost) FILTER (WHERE c.billed_is_final = 0)',
  },
  billed_coverage: {
    title: 'Billed part',
    format: 'percent',
    comparison: 'points',
    definition:
      'Distinct generations that are billed / distinct generations. The cost of the others is by list price, or unknown.',
    over: 'c',
    sql: '1.0 * SUM(CASE WHEN c.billed_cost IS NULL THEN 0 ELSE c.generations END) / NULLIF(SUM(c.generations), 0)',
  },
  list_price_cost: {
    title: 'List price',
    format: 'money',
    comparison: 'relative',
    definition:
      'Where nothing was billed: (input - cached input) x input price + cached input x cached price + output x output price + price of a request, at the prices of the UTC day that an administrator confirmed.',
    over: 'c',
    sql: 'SUM(c.cost) FILTER (WHERE c.billed_cost IS NULL)',
  },
  excluded_cost: {
    title: 'Of it excluded accounts',
    format: 'money',
    comparison: 'none',
    definition:
      'Part of the cost that accounts caused which analysis.json leaves out of use and people: it was paid all the same.',
  },
  cost_generations: {
    title: 'With a known cost',
    format: 'integer',
    comparison: 'relative',
    definition: 'Distinct generations whose cost is known, be it 0.',
    over: 'c',
    sql: 'SUM(c.known_generations)',
  },
  unknown_cost_generations: {
    title: 'Cost unknown',
    format: 'integer',
    comparison: 'relative',
    definition:
      'Distinct generations without a price of their day, or without usage. They are not in the cost.',
    over: 'c',
    sql: 'SUM(c.generations - c.known_generations)',
  },
  cost_coverage: {
    title: 'Cost coverage',
    format: 'percent',
    comparison: 'points',
    definition: 'Distinct generations with a known cost / distinct generations.',
    over: 'c',
    sql: '1.0 * SUM(c.known_generations) / NULLIF(SUM(c.generations), 0)',
  },
  cost_token_coverage: {
    title: 'Cost coverage of tokens',
    format: 'percent',
    comparison: 'points',
    definition: 'Tokens of generations with a known cost / all known tokens, input and output together.',
    over: 'c',
    sql: '1.0 * SUM(c.tokens) FILTER (WHERE c.cost IS NOT NULL) / NULLIF(SUM(c.tokens), 0)',
  },
  cost_per_turn: {
    title: 'Cost per turn',
    format: 'money',
    comparison: 'relative',
    definition:
      'Cost / turns, over the same days and filters, without excluded accounts. Turns whose cost is unknown make it too low: see the coverage.',
  },
  cost_per_active_user: {
    title: 'Cost per active user',
    format: 'money',
    comparison: 'relative',
    definition:
      'Cost / users with at least one turn, over the same days and filters, without excluded accounts.',
  },
  estimated_cost: {
    title: 'Estimate of the unknown',
    format: 'money',
    comparison: 'none',
    definition:
      'Generations whose cost is unknown x mean cost of a generation of the same model and instance in the period, where at least 30 are known; others are left out. Not in any other number.',
  },
  month_to_date_cost: {
    title: 'Month to date',
    format: 'money',
    comparison: 'none',
    definition: 'Cost of the calendar month of the last sync, whatever the period of the report.',
  },
  cost_forecast: {
    title: 'Forecast for the month',
    format: 'money',
    comparison: 'none',
    definition:
      'Cost of the whole days of the month so far + for each open day the median of its weekday in the last four weeks, or what the day has cost already where that is more; holidays are like Sundays. What is not billed yet of a model that was billed in the last two months counts at list price x bill / list price of that model. An estimate; needs two known weeks. Whatever the period of the report.',
  },
  budget_used: {
    title: 'Budget used',
    format: 'percent',
    comparison: 'none',
    definition:
      'Month to date / budget of the month. No budget is compared where a filter leaves people or models out.',
  },
  charged_cost: {
    title: 'Billed in all',
    format: 'money',
    comparison: 'none',
    definition:
      'All that the cloud billed on the UTC days of the period for resources of these instances, by actual or amortised cost; of all instances together also what no instance is known for. Allocated + unallocated + unmapped resources + other charges.',
  },
  allocated_cost: {
    title: 'Allocated',
    format: 'money',
    comparison: 'none',
    definition:
      'Part of the bill that is spread over generations: what models, users, groups and conversations are said to have cost by bill.',
  },
  unallocated_cost: {
    title: 'Unallocated',
    format: 'money',
    comparison: 'none',
    definition:
      'Usage of resources that serve instances, but of no known generation: calls by API, temporary chats, background tasks, other programs, meters without a known meaning.',
  },
  unmapped_cost: {
    title: 'Unmapped',
    format: 'money',
    comparison: 'none',
    definition: 'Usage of resources that serve no instance, as far as the map of resources says.',
  },
  other_charges_cost: {
    title: 'Other charges',
    format: 'money',
    comparison: 'none',
    definition: 'Charges that are no usage: purchases, refunds, rounding, taxes and credits by row.',
  },
  allocated_share: {
    title: 'Allocated share',
    format: 'percent',
    comparison: 'none',
    definition: 'Allocated / (allocated + unallocated): how much of the usage of these resources is known.',
  },
  bill_to_list_ratio: {
    title: 'Bill / list price',
    format: 'decimal',
    comparison: 'none',
    definition:
      'What generations were billed / what the same generations cost by list price, where tokens and price are known and both are in one currency. About 1 is expected; outside of 0.8 to 1.25 a price or the allocation needs a look.',
  },
  control_total: {
    title: 'Control total',
    format: 'money',
    comparison: 'none',
    definition:
      "The cloud's own total of a month, scope, currency and cost type, asked without grouping; of imported files the sum of their rows.",
  },
  control_difference: {
    title: 'Difference',
    format: 'money',
    comparison: 'none',
    definition:
      'Control total - allocated - unallocated - unmapped resources - other charges. It must be 0, to the eighth decimal.',
  },
  invoice_amount: {
    title: 'Invoice',
    format: 'money',
    comparison: 'none',
    definition: 'Amount of the invoice as somebody entered it; compared with actual cost alone.',
  },
  invoice_difference: {
    title: 'Difference to invoice',
    format: 'money',
    comparison: 'none',
    definition: 'Invoice - control total.',
  },
  invoice_unexplained: {
    title: 'Unexplained',
    format: 'money',
    comparison: 'none',
    definition:
      'Difference to the invoice - tax - credits - support - other scopes, of a closed month. While the month is open this rest counts as not final.',
  },
} as const satisfies MetricFamily;
