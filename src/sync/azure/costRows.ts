import * as l10n from '@vscode/l10n';
import type { CostRow, CurrencyTotal, ServiceCostRow } from '../../store/costs/costTypes';
import { e8Of } from './amounts';
import { unusable } from './answers';
import type { Cells } from './costPages';
import { utcDayOfUsageDate } from './dates';
import { mapInSlices } from './slices';

/** What a row is where Azure does not tell kinds of charges apart. */
const USUAL_CHARGE = 'Usage';

export interface Days {
  readonly first: number;
  readonly last: number;
}

/** @throws AzureError for a cell that is not what its column says, or a day outside of `days` */
export function costRowOf(cells: Cells, days: Days): CostRow {
  return {
    utcDay: dayIn(cells, days),
    resourceId: resourceIdOf(cells),
    meter: textIn(cells, 'Meter'),
    meterSubcategory: textIn(cells, 'MeterSubCategory'),
    chargeType: textIn(cells, 'ChargeType') || USUAL_CHARGE,
    tag: textIn(cells, 'TagValue'),
    currency: currencyIn(cells),
    costE8: amountIn(cells, 'Cost'),
    quantity: numberIn(cells, 'UsageQuantity'),
  };
}

/** @throws AzureError as {@link costRowOf} */
export function serviceRowOf(cells: Cells, days: Days): ServiceCostRow {
  return {
    utcDay: dayIn(cells, days),
    service: textIn(cells, 'ServiceName'),
    publisherType: textIn(cells, 'PublisherType'),
    currency: currencyIn(cells),
    costE8: amountIn(cells, 'Cost'),
    costUsd: numberIn(cells, 'CostUSD'),
  };
}

/** @throws AzureError as {@link costRowOf} */
export function totalsOf(rows: readonly Cells[]): readonly CurrencyTotal[] {
  const totals = new Map<string, bigint>();
  for (const cells of rows) {
    const currency = currencyIn(cells);
    totals.set(currency, (totals.get(currency) ?? 0n) + amountIn(cells, 'Cost'));
  }
  return [...totals].map(([currency, costE8]) => ({ currency, costE8 }));
}

/**
 * Rows with one key made one. Ids of resources come in changing case, so two rows of Azure may be one here. Rows that
 * came twice by mistake are not looked for here: what they add shows against the ungrouped total.
 */
export function mergeCostRows(rows: readonly CostRow[], signal: AbortSignal): Promise<readonly CostRow[]> {
  return merge(
    rows,
    (row) => [
      row.utcDay,
      row.resourceId,
      row.meter,
      row.meterSubcategory,
      row.chargeType,
      row.tag,
      row.currency,
    ],
    (one, other) => ({
      ...one,
      costE8: one.costE8 + other.costE8,
      ...sumOf('quantity', one.quantity, other.quantity),
    }),
    signal,
  );
}

export function mergeServiceRows(
  rows: readonly ServiceCostRow[],
  signal: AbortSignal,
): Promise<readonly ServiceCostRow[]> {
  return merge(
    rows,
    (row) => [row.utcDay, row.service, row.publisherType, row.currency],
    (one, other) => ({
      ...one,
      costE8: one.costE8 + other.costE8,
      ...sumOf('costUsd', one.costUsd, other.costUsd),
    }),
    signal,
  );
}

async function merge<T>(
  rows: readonly T[],
  keyOf: (row: T) => readonly unknown[],
  add: (one: T, other: T) => T,
  signal: AbortSignal,
): Promise<readonly T[]> {
  const merged = new Map<string, T>();
  const take = (row: T): void => {
    const key = keyOf(row).join('\u0000');
    const before = merged.get(key);
    merged.set(key, before === undefined ? row : add(before, row));
  };
  await mapInSlices(rows, take, signal);
  return [...merged.values()];
}

/** Unknown where one is unknown. */
function sumOf<K extends string>(name: K, one?: number, other?: number): Partial<Record<K, number>> {
  const sum = one === undefined || other === undefined ? undefined : one + other;
  return { [name]: sum } as Partial<Record<K, number>>;
}

/** Where resources are not told apart, the resource group stands for its resources, or the subscription. */
function resourceIdOf(cells: Cells): string {
  if ('ResourceId' in cells) {
    const id = textIn(cells, 'ResourceId').trim().toLowerCase().replace(/\/+$/u, '');
    return id.startsWith('subscriptions/') ? `/${id}` : id;
  }
  const subscription = textIn(cells, 'SubscriptionId').toLowerCase();
  const group = textIn(cells, 'ResourceGroupName').toLowerCase();
  if (subscription === '') {
    return '';
  }
  return `/subscriptions/${subscription}${group === '' ? '' : `/resourcegroups/${group}`}`;
}

function dayIn(cells: Cells, days: Days): number {
  const day = utcDayOfUsageDate(cells['UsageDate']);
  if (day === undefined) {
    throw unusable(l10n.t('"{0}" is no date', shown(cells['UsageDate'])));
  }
  if (day < days.first || day > days.last) {
    throw unusable(l10n.t('it has the day {0}, which was not asked for', shown(cells['UsageDate'])));
  }
  return day;
}

function currencyIn(cells: Cells): string {
  const currency = textIn(cells, 'Currency').trim().toUpperCase();
  if (currency === '') {
    throw unusable(l10n.t('a row has no currency'));
  }
  return currency;
}

function amountIn(cells: Cells, column: string): bigint {
  const cell = cells[column];
  const amount = typeof cell === 'number' || typeof cell === 'string' ? e8Of(cell) : undefined;
  if (amount === undefined) {
    throw unusable(l10n.t('"{0}" is no amount', shown(cell)));
  }
  return amount;
}

/** Undefined where there is none: an amount's cell must be right, a quantity may be unknown. */
function numberIn(cells: Cells, column: string): number | undefined {
  const cell = cells[column];
  const value = typeof cell === 'string' && cell.trim() !== '' ? Number(cell) : cell;
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Empty where there is none. */
function textIn(cells: Cells, column: string): string {
  const cell = cells[column];
  if (cell === undefined || cell === null) {
    return '';
  }
  if (typeof cell !== 'string' && typeof cell !== 'number') {
    throw unusable(l10n.t('"{0}" is no text', shown(cell)));
  }
  return String(cell);
}

function shown(cell: unknown): string {
  return cell === undefined ? '' : JSON.stringify(cell).slice(0, 50);
}
