import { RANK } from '../columns';
import { CURRENCY } from '../cost/costColumns';
import type { ColumnDefinition, SectionDefinition } from '../reportDefinition';
import { stateSentences } from './stateText';

const WHOLE_BILLS =
  'Whole months (UTC) of whole scopes: neither filters nor the choice of instances change them.';

const MONTH: ColumnDefinition = { field: 'month', title: 'Month (UTC)' };
const SCOPE: ColumnDefinition = { field: 'scope', title: 'Scope' };
const BASIS: ColumnDefinition = { field: 'basis', title: 'Cost type' };

/** An amount that leads to its meter rows. */
function line(field: string, key: string): ColumnDefinition {
  return { field, format: 'money', link: { kind: 'costLine', key } };
}

export const RECONCILIATION_SECTIONS: readonly SectionDefinition[] = [
  {
    id: 'state',
    title: 'How it stands',
    blocks: [
      {
        type: 'text',
        id: 'stateText',
        title: 'What needs attention',
        description: WHOLE_BILLS,
        datasets: ['months', 'invoices', 'restatements'],
        write: stateSentences,
      },
    ],
  },
  {
    id: 'months',
    title: 'Month by month',
    blocks: [
      {
        type: 'table',
        id: 'monthTable',
        title: 'Control totals',
        description: `Control total = allocated + unallocated + unmapped + other charges + difference. In the editor an amount opens its meter rows; below they are summed by month. Actual and amortised cost are two views of the same: never add them. ${WHOLE_BILLS}`,
        dataset: 'months',
        rowsAre: 'months',
        columns: [
          MONTH,
          SCOPE,
          BASIS,
          CURRENCY,
          line('control_total', 'control_line'),
          line('allocated_cost', 'allocated_line'),
          line('unallocated_cost', 'unallocated_line'),
          line('unmapped_cost', 'unmapped_line'),
          line('other_charges_cost', 'other_line'),
          { field: 'control_difference', format: 'money' },
          { field: 'state', title: 'State' },
        ],
      },
      {
        type: 'table',
        id: 'invoiceTable',
        title: 'Invoices',
        description:
          'Invoices that were entered (Enter Invoice...), beside actual cost. Difference = tax + credits + support + other scopes + not final + unexplained.',
        dataset: 'invoices',
        rowsAre: 'invoices',
        columns: [
          MONTH,
          SCOPE,
          CURRENCY,
          { field: 'control_total', format: 'money' },
          { field: 'invoice_amount', format: 'money' },
          { field: 'invoice_difference', format: 'money' },
          {
            field: 'tax',
            title: 'Tax',
            format: 'money',
            definition: 'Tax of the invoice: no cost by meter holds any.',
          },
          {
            field: 'credits',
            title: 'Credits',
            format: 'money',
            definition: 'Credits that the invoice sets off: negative.',
          },
          {
            field: 'support',
            title: 'Support',
            format: 'money',
            definition: 'Support plans of the invoice: no cost by meter holds any.',
          },
          {
            field: 'other_scopes',
            title: 'Other scopes',
            format: 'money',
            definition: 'Part of the invoice that is of scopes which are not read here.',
          },
          {
            field: 'not_final',
            title: 'Not final',
            format: 'money',
            definition: 'Rest of the difference while the month is open: the figures may change.',
          },
          { field: 'invoice_unexplained', format: 'money' },
          { field: 'note', title: 'Note' },
        ],
      },
    ],
  },
  {
    id: 'details',
    title: 'What it is made of',
    blocks: [
      {
        type: 'table',
        id: 'meterRowTable',
        title: 'Meter rows',
        description: 'Of each line the meters as the cloud names them, summed over the days of the month.',
        dataset: 'meter_rows',
        rowsAre: 'rows',
        columns: [
          RANK,
          MONTH,
          SCOPE,
          BASIS,
          { field: 'part', title: 'Line' },
          { field: 'why', title: 'Why' },
          { field: 'resource', title: 'Resource' },
          { field: 'meter', title: 'Meter' },
          { field: 'meter_subcategory', title: 'Sub-category' },
          { field: 'charge_type', title: 'Kind of charge' },
          CURRENCY,
          { field: 'charged_cost', format: 'money' },
        ],
      },
      {
        type: 'table',
        id: 'restatementTable',
        title: 'Restatements',
        description: 'Days whose amount was another one when they were read before, the newest first.',
        dataset: 'restatements',
        rowsAre: 'restatements',
        columns: [
          RANK,
          { field: 'date', title: 'Day (UTC)' },
          SCOPE,
          BASIS,
          CURRENCY,
          {
            field: 'restated_from',
            title: 'Was',
            format: 'money',
            definition: 'Cost of the day as it was read before.',
          },
          { field: 'restated_to', title: 'Is', format: 'money', definition: 'Cost of the day as read then.' },
          { field: 'restated_by', title: 'By', format: 'money', definition: 'Is - was.' },
          { field: 'seen', title: 'Seen' },
        ],
      },
      {
        type: 'table',
        id: 'scopeTable',
        title: 'Where bills come from',
        description: 'Scopes of a cloud, and files that were imported.',
        dataset: 'scopes',
        rowsAre: 'scopes',
        columns: [
          SCOPE,
          { field: 'scope_path', title: 'Path' },
          { field: 'source', title: 'Source' },
          { field: 'standing', title: 'Standing' },
          { field: 'last_sync', title: 'Last read' },
          { field: 'retry_after', title: 'Throttled until' },
          {
            field: 'read_months',
            title: 'Months',
            format: 'integer',
            definition: 'Months that were read, also those without any cost.',
          },
          { field: 'first_month', title: 'Since' },
          { field: 'newest_date', title: 'Newest day (UTC)' },
        ],
      },
    ],
  },
];
