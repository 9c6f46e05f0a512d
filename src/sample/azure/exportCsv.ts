import { dateOf } from './days';
import type { BilledRow, Subscription } from './estate';
import type { AzureWorld } from './azureWorld';

const DECIMALS = 8;

/** Columns of a cost export by their names in Microsoft Customer Agreements. */
const COLUMNS: Readonly<Record<string, (row: BilledRow) => string>> = {
  billingAccountId: ({ subscription }) => subscription.tenant.billingAccount,
  date: ({ day }) => dateInExport(day),
  SubscriptionId: ({ subscription }) => subscription.id,
  subscriptionName: ({ subscription }) => subscription.name,
  resourceGroupName: ({ resource }) => resource?.group ?? '',
  ResourceId: ({ resource }) => resource?.id ?? '',
  resourceLocation: ({ resource }) => resource?.location ?? '',
  meterCategory: ({ meterCategory }) => meterCategory,
  meterSubCategory: ({ meterSubCategory }) => meterSubCategory,
  meterName: ({ meter }) => meter,
  unitOfMeasure: ({ meter }) => unitOf(meter),
  quantity: ({ quantity }) => String(quantity),
  costInBillingCurrency: ({ actual = 0n }) => decimal(actual),
  billingCurrency: ({ currency }) => currency,
  chargeType: ({ chargeType }) => chargeType,
  pricingModel: ({ pricingModel }) => pricingModel,
  publisherType: ({ publisherType }) => publisherType,
  tags: ({ tags }) => (Object.keys(tags).length === 0 ? '' : JSON.stringify(tags)),
};

/** The actual cost of a subscription as a scheduled export of Cost Management writes it: CSV, a line for each day and meter. */
export function exportCsv(world: AzureWorld, subscription: Subscription): string {
  const rows = world.rows.filter(
    (row) => row.subscription === subscription && row.actual !== undefined && row.knownAt <= world.now(),
  );
  const lines = rows.map((row) => Object.values(COLUMNS).map((textOf) => quoted(textOf(row))));
  return [Object.keys(COLUMNS), ...lines].map((cells) => `${cells.join(',')}\r\n`).join('');
}

/** `10/31/2025`: in all languages the month comes first. */
function dateInExport(day: number): string {
  const [year, month, date] = dateOf(day).split('-');
  return `${month}/${date}/${year}`;
}

function unitOf(meter: string): string {
  if (/\b1M\b/u.test(meter)) {
    return '1M';
  }
  return meter.endsWith('Tokens') ? '1K' : '1';
}

function decimal(amount: bigint): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(DECIMALS + 1, '0');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`;
}

function quoted(cell: string): string {
  return /[",\r\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
