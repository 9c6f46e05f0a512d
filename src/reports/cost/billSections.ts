import { INSTANCE, MODEL, RANK, STEP } from '../columns';
import type { ColumnDefinition, SectionDefinition } from '../reportDefinition';
import { billSentences } from './billText';
import { CURRENCY } from './costColumns';

const OF_RESOURCES =
  'Bills are of whole resources and UTC days: filters by people and models do not apply here.';

const CHARGED: ColumnDefinition = { field: 'charged_cost', format: 'money' };
const RESOURCE: ColumnDefinition = { field: 'resource', title: 'Resource' };
const CHARGE_TYPE: ColumnDefinition = { field: 'charge_type', title: 'Kind of charge' };
const CHARGED_SHARE: ColumnDefinition = {
  field: 'charged_share',
  title: 'Share',
  format: 'percent',
  definition: 'Billed for this row / billed for all rows in the same currency.',
};
const REST: ColumnDefinition = {
  field: 'rest_cost',
  title: 'Of no generation',
  format: 'money',
  definition: 'Unallocated, of unmapped resources, and other charges.',
};
const OPEN: ColumnDefinition = {
  field: 'open_cost',
  title: 'Of it provisional',
  format: 'money',
  definition: 'Billed in months that are still open: the cloud may change it.',
};

/** What became of the bill: parts of generations, and what is of none. */
export const billSection: SectionDefinition = {
  id: 'bill',
  title: 'What was billed',
  blocks: [
    {
      type: 'text',
      id: 'billText',
      title: 'The bill',
      description: OF_RESOURCES,
      datasets: ['allocation', 'totals'],
      write: billSentences,
    },
    {
      type: 'table',
      id: 'allocationTable',
      title: 'Where the bill goes',
      description: `Allocated to generations by tokens, and what is of none. ${OF_RESOURCES}`,
      dataset: 'allocation',
      rowsAre: 'currencies',
      columns: [
        CURRENCY,
        { field: 'basis', title: 'Basis' },
        CHARGED,
        { field: 'allocated_cost', format: 'money' },
        { field: 'unallocated_cost', format: 'money' },
        { field: 'unmapped_cost', format: 'money' },
        { field: 'other_charges_cost', format: 'money' },
        { field: 'allocated_share', format: 'percent' },
        OPEN,
      ],
    },
    {
      type: 'chart',
      id: 'billOverTime',
      title: 'The bill over time',
      description: `What each UTC day was billed, and what became of it. A day that no bill has reached is a gap. ${OF_RESOURCES}`,
      dataset: 'bill_steps',
      chart: {
        kind: 'stackedTime',
        series: ['allocated_cost', 'unallocated_cost', 'unmapped_cost', 'other_charges_cost'],
        axisTitle: 'Billed',
      },
      isWide: true,
      columns: [
        STEP,
        CURRENCY,
        CHARGED,
        { field: 'allocated_cost', format: 'money' },
        { field: 'unallocated_cost', format: 'money' },
        { field: 'unmapped_cost', format: 'money' },
        { field: 'other_charges_cost', format: 'money' },
      ],
    },
    {
      type: 'table',
      id: 'unallocatedTable',
      title: 'Billed, but of no generation',
      description:
        'The dearest first, with the reason and what helps. It is in no amount per model, user or chat.',
      dataset: 'unallocated',
      rowsAre: 'lines',
      columns: [
        RANK,
        { field: 'part', title: 'Part' },
        { field: 'why', title: 'Why' },
        INSTANCE,
        RESOURCE,
        {
          field: 'meters',
          title: 'Meters',
          format: 'integer',
          definition: 'Meters of the resource that it is made of.',
        },
        CHARGE_TYPE,
        CURRENCY,
        CHARGED,
        { field: 'fix', title: 'What to do' },
      ],
    },
  ],
};

export const metersSection: SectionDefinition = {
  id: 'meters',
  title: 'Meters',
  blocks: [
    {
      type: 'chart',
      id: 'topMeters',
      title: 'Cost by meter',
      description: `The ten dearest meters, over all resources. ${OF_RESOURCES}`,
      dataset: 'main_meters',
      chart: {
        kind: 'bars',
        label: 'label',
        value: 'charged_cost',
        valueTitle: 'Billed',
        format: 'money',
        top: 10,
      },
      isWide: true,
      columns: [
        RANK,
        { field: 'label', title: 'Meter' },
        {
          field: 'resources',
          title: 'Resources',
          format: 'integer',
          definition: 'Resources that the meter was billed for.',
        },
        CURRENCY,
        CHARGED,
      ],
    },
    {
      type: 'table',
      id: 'tagTable',
      title: 'Billed by tag',
      description: `By the values of the tag that a connection of Azure keeps; without one there is nothing here. ${OF_RESOURCES}`,
      dataset: 'by_tag',
      rowsAre: 'tags',
      columns: [
        RANK,
        {
          field: 'tag',
          title: 'Tag',
          holds: 'tag',
          definition:
            'Value of the tag; "No tag": resources without it, and scopes that are read without a tag.',
        },
        {
          field: 'resources',
          title: 'Resources',
          format: 'integer',
          definition: 'Resources that were billed with it.',
        },
        CURRENCY,
        CHARGED,
        CHARGED_SHARE,
        { field: 'allocated_cost', format: 'money' },
        REST,
      ],
    },
    {
      type: 'table',
      id: 'meterTable',
      title: 'All meters',
      description: `As the cloud names them, a row for each resource and kind of charge. ${OF_RESOURCES}`,
      dataset: 'by_meter',
      rowsAre: 'meters',
      columns: [
        RANK,
        { field: 'meter', title: 'Meter' },
        { field: 'meter_subcategory', title: 'Sub-category' },
        RESOURCE,
        CHARGE_TYPE,
        { field: 'models', title: 'Models' },
        CURRENCY,
        CHARGED,
        CHARGED_SHARE,
        { field: 'allocated_cost', format: 'money' },
        REST,
        OPEN,
        { field: 'first_date', title: 'From (UTC)' },
        { field: 'last_date', title: 'To (UTC)' },
      ],
    },
  ],
};

/** What generations would have cost by list price, beside what was billed for them. */
export const ratioSection: SectionDefinition = {
  id: 'ratio',
  title: 'Estimate against bill',
  blocks: [
    {
      type: 'table',
      id: 'ratioTable',
      title: 'List price against bill',
      description:
        'Of the same generations, those with known tokens, by UTC month. Outside of 0.8 to 1.25 a price or the allocation needs a look.',
      dataset: 'ratios',
      rowsAre: 'models and months',
      columns: [
        RANK,
        { field: 'month', title: 'Month (UTC)' },
        MODEL,
        CURRENCY,
        {
          field: 'compared_generations',
          title: 'Generations',
          format: 'integer',
          definition:
            'Billed generations with known tokens and a price of their day in the currency of the bill.',
        },
        {
          field: 'compared_list_cost',
          title: 'By list price',
          format: 'money',
          definition: 'What these generations cost by list price.',
        },
        {
          field: 'compared_billed_cost',
          title: 'By bill',
          format: 'money',
          definition: 'What was billed for these generations.',
        },
        { field: 'bill_to_list_ratio', format: 'decimal' },
        { field: 'verdict', title: 'Verdict' },
      ],
    },
  ],
};

/** What a month may cost, and what it will. */
export const budgetsSection: SectionDefinition = {
  id: 'budgets',
  title: 'Budgets',
  blocks: [
    {
      type: 'table',
      id: 'budgetTable',
      title: 'Budgets of the month',
      description:
        'Of the month of the last sync, whatever the period. Where people or models are left out, a budget is not compared.',
      dataset: 'budget_use',
      rowsAre: 'budgets',
      columns: [
        { field: 'budget_of', title: 'Of', link: { kind: 'instance', key: 'instance_id' } },
        CURRENCY,
        { field: 'month', title: 'Month' },
        {
          field: 'budget',
          title: 'Budget',
          format: 'money',
          definition: 'What the calendar month may cost, as an administrator said.',
        },
        { field: 'month_to_date_cost', format: 'money' },
        { field: 'budget_used', format: 'percent' },
        { field: 'cost_forecast', format: 'money' },
        {
          field: 'forecast_share',
          title: 'Forecast of the budget',
          format: 'percent',
          definition: 'Forecast for the month / budget of the month.',
        },
        { field: 'standing', title: 'Standing' },
      ],
    },
  ],
};
