import { INSTANCE, MODEL, PERSON, RANK, STEP } from '../columns';
import { PRICE_MARK_DATASETS } from '../marks/markDatasets';
import type { ColumnDefinition, ReportDefinition } from '../reportDefinition';
import { bothSpans } from '../sqlTemplate';
import asked from './asked.sql';
import budgets from './budgets.sql';
import byBucket from './by_bucket.sql';
import byGroup from './by_group.sql';
import byInstance from './by_instance.sql';
import byModel from './by_model.sql';
import byUser from './by_user.sql';
import chatSpread from './chat_spread.sql';
import chats from './chats.sql';
import { currencyRows, mainRows, stepRows, totalRows } from './costRows';
import estimates from './estimates.sql';
import recent from './recent.sql';
import spent from './spent.sql';
import unpriced from './unpriced.sql';

const CURRENCY: ColumnDefinition = { field: 'currency', title: 'Currency' };

/** What every subtotal is made of. */
const SPLIT: readonly ColumnDefinition[] = [
  { field: 'cost', format: 'money' },
  { field: 'billed_cost', format: 'money' },
  { field: 'list_price_cost', format: 'money' },
];

const UNKNOWN: ColumnDefinition = { field: 'unknown_cost_generations', format: 'integer' };

const COVERAGE: ColumnDefinition = { field: 'cost_coverage', format: 'percent' };
const SHARE: ColumnDefinition = {
  field: 'cost_share',
  title: 'Share',
  format: 'percent',
  definition: 'Cost of this row / cost of all rows in the same currency, as far as it is known.',
};

/** What the use costs: by bill where there is one, else by the prices that an administrator confirmed. */
export const costReport: ReportDefinition = {
  id: 'cost',
  title: 'Cost',
  description:
    'What the use costs, by bill or list price: who, with which models, and what the month comes to.',
  headline: 'totals',
  facts: ['totals'],
  datasets: {
    spent: { title: 'Cost by currency', sql: bothSpans(spent) },
    asked: { title: 'Turns and active users', sql: bothSpans(asked) },
    estimates: { title: 'Estimates of the unknown', sql: estimates },
    recent: { title: 'Cost of the last days', sql: recent },
    budgets: { title: 'Budgets', sql: budgets },
    totals: {
      title: 'Totals',
      from: ['spent', 'asked', 'estimates', 'recent', 'budgets'],
      derive: totalRows,
    },
    currencies: { title: 'Totals by currency', from: ['spent', 'estimates'], derive: currencyRows },
    by_bucket: { title: 'Cost over time by currency', sql: byBucket },
    ...PRICE_MARK_DATASETS,
    steps: {
      title: 'Cost over time',
      from: ['by_bucket', 'totals', 'budgets'],
      derive: stepRows,
    },
    by_model: { title: 'Models', sql: byModel, rowLimit: 50 },
    main_models: { title: 'Models in one currency', from: ['by_model', 'totals'], derive: mainRows },
    by_user: { title: 'Users', sql: byUser, rowLimit: 50 },
    main_users: { title: 'Users in one currency', from: ['by_user', 'totals'], derive: mainRows },
    by_group: { title: 'Groups', sql: byGroup, rowLimit: 50 },
    by_instance: { title: 'Instances', sql: byInstance, isForSeveral: true },
    chat_spread: { title: 'Cost of a conversation', sql: chatSpread },
    chats: { title: 'Most expensive conversations', sql: chats, rowLimit: 50 },
    unpriced: { title: 'Unknown cost', sql: unpriced, rowLimit: 50 },
  },
  sections: [
    {
      id: 'totals',
      title: 'Totals',
      blocks: [
        {
          type: 'kpis',
          id: 'kpis',
          dataset: 'totals',
          tiles: [
            { metric: 'cost', note: '{billed_cost} billed, {list_price_cost} by list price' },
            { metric: 'cost_per_turn', note: '{turns} turns' },
            { metric: 'cost_per_active_user', note: '{active_users} active users' },
            {
              metric: 'cost_coverage',
              note: 'unknown for {unknown_cost_generations} of {distinct_generations} generations',
            },
            { metric: 'cost_token_coverage' },
            { metric: 'month_to_date_cost' },
            { metric: 'cost_forecast' },
            { metric: 'budget_used', note: 'of {budget} {currency} for the month' },
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
    },
    {
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
    },
    {
      id: 'instances',
      title: 'Instances',
      isForSeveral: true,
      blocks: [
        {
          type: 'table',
          id: 'instanceTable',
          title: 'All instances',
          description: 'Side by side, by cost.',
          dataset: 'by_instance',
          rowsAre: 'instances',
          columns: [
            INSTANCE,
            CURRENCY,
            ...SPLIT,
            { field: 'cost_per_turn', format: 'money' },
            { field: 'cost_per_active_user', format: 'money' },
            UNKNOWN,
            COVERAGE,
          ],
        },
      ],
    },
    {
      id: 'models',
      title: 'Models',
      blocks: [
        {
          type: 'chart',
          id: 'topModels',
          title: 'Cost by model',
          description: 'The ten most expensive models.',
          dataset: 'main_models',
          chart: {
            kind: 'bars',
            label: 'model',
            value: 'cost',
            valueTitle: 'Cost',
            format: 'money',
            top: 10,
            click: { link: 'model', field: 'model_id' },
          },
          isWide: true,
          columns: [RANK, MODEL, CURRENCY, { field: 'cost', format: 'money' }, SHARE],
        },
        {
          type: 'table',
          id: 'modelTable',
          title: 'All models',
          description:
            'Most expensive first. Presets are models of their own, at the price of what they are made of.',
          dataset: 'by_model',
          rowsAre: 'models',
          columns: [
            RANK,
            MODEL,
            CURRENCY,
            ...SPLIT,
            SHARE,
            {
              field: 'cost_per_million',
              title: 'Per million tokens',
              format: 'money',
              definition: 'Cost of the generations whose tokens are known / a million of these tokens.',
            },
            UNKNOWN,
            COVERAGE,
          ],
        },
        {
          type: 'table',
          id: 'unpricedTable',
          title: 'Where the cost is unknown',
          description: 'What is missing, and how to have it. Prices may begin in the past.',
          dataset: 'unpriced',
          rowsAre: 'models',
          columns: [
            RANK,
            MODEL,
            INSTANCE,
            { field: 'unknown_cost_generations', format: 'integer' },
            {
              field: 'tokens',
              title: 'Known tokens',
              format: 'compact',
              definition: 'Input and output tokens, as far as providers tell them.',
            },
            { field: 'first_date', title: 'From (UTC)' },
            { field: 'last_date', title: 'To (UTC)' },
            { field: 'fix', title: 'What to do' },
          ],
        },
      ],
    },
    {
      id: 'users',
      title: 'Users and groups',
      blocks: [
        {
          type: 'chart',
          id: 'topUsers',
          title: 'Cost by user',
          description: 'The ten users whose use cost most.',
          dataset: 'main_users',
          chart: {
            kind: 'bars',
            label: 'label',
            value: 'cost',
            valueTitle: 'Cost',
            format: 'money',
            top: 10,
            click: { link: 'user', field: 'user_id' },
          },
          isWide: true,
          columns: [RANK, PERSON, INSTANCE, CURRENCY, { field: 'cost', format: 'money' }, SHARE],
        },
        {
          type: 'table',
          id: 'userTable',
          title: 'All users',
          description: 'Most expensive first.',
          dataset: 'by_user',
          rowsAre: 'users',
          columns: [
            RANK,
            PERSON,
            INSTANCE,
            CURRENCY,
            ...SPLIT,
            SHARE,
            { field: 'turns', format: 'integer' },
            { field: 'cost_per_turn', format: 'money' },
            UNKNOWN,
            COVERAGE,
          ],
        },
        {
          type: 'table',
          id: 'groupTable',
          title: 'All groups',
          description:
            'By present membership, also for days before somebody joined. Somebody in two groups counts in both, so that groups do not add up to the total.',
          dataset: 'by_group',
          rowsAre: 'groups',
          columns: [
            RANK,
            { field: 'group_name', title: 'Group', link: { kind: 'group', key: 'group_id' }, holds: 'group' },
            INSTANCE,
            CURRENCY,
            {
              field: 'members',
              title: 'Members with a generation',
              format: 'integer',
              definition: 'Present members of the group with a generation in the period.',
            },
            ...SPLIT,
            {
              field: 'cost_per_member',
              title: 'Per such member',
              format: 'money',
              definition: 'Cost / these members.',
            },
            UNKNOWN,
            COVERAGE,
          ],
        },
      ],
    },
    {
      id: 'conversations',
      title: 'Conversations',
      blocks: [
        {
          type: 'table',
          id: 'chatSpreadTable',
          title: 'Cost of a conversation',
          description:
            'Of conversations with a known cost: the cost of all their branches in the period. Half of them cost at most the median.',
          dataset: 'chat_spread',
          rowsAre: 'currencies',
          columns: [
            CURRENCY,
            {
              field: 'priced_chats',
              title: 'Conversations',
              format: 'integer',
              definition: 'Conversations with a known cost in this currency.',
            },
            {
              field: 'mean_cost',
              title: 'Mean',
              format: 'money',
              definition: 'Known cost / these conversations.',
            },
            {
              field: 'median_cost',
              title: 'Median',
              format: 'money',
              definition: 'Half of these conversations cost at most as much.',
            },
            {
              field: 'p90_cost',
              title: '90 % at most',
              format: 'money',
              definition: 'Nine of ten of these conversations cost at most as much.',
            },
            {
              field: 'p95_cost',
              title: '95 % at most',
              format: 'money',
              definition: '19 of 20 of these conversations cost at most as much.',
            },
            {
              field: 'most_cost',
              title: 'Most',
              format: 'money',
              definition: 'Cost of the dearest of these conversations.',
            },
          ],
        },
        {
          type: 'table',
          id: 'chatTable',
          title: 'Most expensive conversations',
          description: 'Cost of their generations in the period.',
          dataset: 'chats',
          rowsAre: 'conversations',
          columns: [
            RANK,
            { field: 'title', title: 'Conversation', link: { kind: 'chat', key: 'chat_id' }, holds: 'title' },
            PERSON,
            INSTANCE,
            CURRENCY,
            ...SPLIT,
            {
              field: 'tokens',
              title: 'Tokens',
              format: 'compact',
              definition: 'Input and output tokens, as far as providers tell them.',
            },
            UNKNOWN,
          ],
        },
      ],
    },
  ],
  notes: [
    {
      fact: 'has_no_cost',
      text: 'No cost is known: no model has a price yet, or no token counts. Run "Confirm Prices..." to confirm what models cost.',
    },
    {
      fact: 'further_currencies',
      text: 'Amounts in several currencies are never added. Tiles and charts are in {currency}, which most generations were paid in; tables have a row for each currency.',
    },
    {
      fact: 'unknown_cost_generations',
      text: 'Cost is unknown for {unknown_cost_generations} of {distinct_generations} generations: they are in no amount. "Where the cost is unknown" says why.',
    },
    {
      fact: 'estimated_generations',
      text: 'An estimate for {estimated_generations} of them, in no total: {estimated_cost} {currency}, at the mean of the same model on the same instance.',
    },
  ],
};
