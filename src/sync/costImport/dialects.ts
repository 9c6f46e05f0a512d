import * as l10n from '@vscode/l10n';
import type { CostType } from '../../store/costs/costTypes';
import { CostFileError } from './importTypes';

/** What a row of any dialect says, beside its amounts. */
const TEXTS = [
  'date',
  'currency',
  'resource',
  'meter',
  'subcategory',
  'chargeType',
  'pricingModel',
  'quantity',
  'unit',
  'service',
  'publisherType',
  'subscription',
  'subscriptionName',
  'billingAccount',
  'provider',
] as const;
export type CostField = (typeof TEXTS)[number];

/** Names of the columns that may hold a field, best first: the first one that a file has is taken. */
type ColumnNames = Readonly<Record<CostField, readonly string[]>>;

interface Dialect {
  readonly name: 'azure' | 'focus';
  /** Columns by which it is known. */
  readonly sign: readonly string[];
  readonly fields: ColumnNames;
  /** Columns with amounts. `asTold`: one view of the cost; which one the file or the person says. */
  readonly amounts:
    | { readonly kind: 'asTold'; readonly names: readonly string[] }
    | { readonly kind: 'both'; readonly actual: string; readonly amortized: string };
}

/** Agreements of Microsoft name the same thing differently: EA, MCA, pay as you go, each in several versions. */
const AZURE: Dialect = {
  name: 'azure',
  sign: [],
  fields: {
    date: ['Date', 'UsageDate', 'UsageDateTime'],
    currency: ['BillingCurrencyCode', 'BillingCurrency', 'Currency'],
    resource: ['ResourceId', 'InstanceId', 'InstanceName'],
    meter: ['MeterName', 'Meter'],
    subcategory: ['MeterSubCategory', 'MeterSubcategory'],
    chargeType: ['ChargeType'],
    pricingModel: ['PricingModel'],
    quantity: ['Quantity', 'UsageQuantity', 'ConsumedQuantity'],
    unit: ['UnitOfMeasure', 'Unit'],
    service: ['MeterCategory', 'ServiceName', 'ConsumedService'],
    publisherType: ['PublisherType'],
    subscription: ['SubscriptionId', 'SubscriptionGuid'],
    subscriptionName: ['SubscriptionName'],
    billingAccount: ['BillingAccountId'],
    provider: [],
  },
  amounts: { kind: 'asTold', names: ['CostInBillingCurrency', 'PreTaxCost', 'Cost'] },
};

/** FinOps Open Cost and Usage Specification 1.0 to 1.2, with the columns that Microsoft adds. */
const FOCUS: Dialect = {
  name: 'focus',
  sign: ['BilledCost', 'EffectiveCost', 'ChargePeriodStart'],
  fields: {
    date: ['ChargePeriodStart'],
    currency: ['BillingCurrency'],
    resource: ['ResourceId'],
    meter: ['SkuMeter', 'x_SkuMeterName', 'SkuId'],
    subcategory: ['x_SkuMeterSubcategory'],
    chargeType: ['ChargeCategory'],
    pricingModel: [],
    quantity: ['ConsumedQuantity'],
    unit: ['ConsumedUnit'],
    service: ['ServiceName'],
    publisherType: ['x_PublisherCategory'],
    subscription: ['SubAccountId'],
    subscriptionName: ['SubAccountName'],
    billingAccount: ['BillingAccountId'],
    provider: ['ProviderName', 'PublisherName'],
  },
  amounts: { kind: 'both', actual: 'BilledCost', amortized: 'EffectiveCost' },
};

const NEEDED: readonly CostField[] = ['date', 'currency'];

/** Names of columns with dates, such as those of the billing period. */
const DATES = /date$|period(?:start|end)$/u;

/** Where a file has what. */
export interface FileColumns {
  readonly dialect: Dialect['name'];
  /** How many there are. */
  readonly width: number;
  /** Places of the fields that the file has. */
  readonly fields: Readonly<Partial<Record<CostField, number>>>;
  /** Place of each view of the cost that the file holds. */
  readonly amounts: readonly { readonly costType: CostType | 'asTold'; readonly index: number }[];
  /** Places of all that are written as dates, and as amounts and quantities. */
  readonly dates: readonly number[];
  readonly numbers: readonly number[];
}

/** Finds the columns by the names in a header. @throws CostFileError that names what is missing */
export function findColumns(header: readonly string[]): FileColumns {
  const places = new Map(header.map((name, index) => [plainName(name), index]));
  const placeOf = (names: readonly string[]): number | undefined =>
    names.map((name) => places.get(plainName(name))).find((place) => place !== undefined);
  const { name, fields, amounts } = FOCUS.sign.every((sign) => places.has(plainName(sign))) ? FOCUS : AZURE;
  const found = Object.fromEntries(
    TEXTS.flatMap((field) => {
      const place = placeOf(fields[field]);
      return place === undefined ? [] : [[field, place]];
    }),
  ) as Partial<Record<CostField, number>>;
  const required = (names: readonly string[]): number => {
    const place = placeOf(names);
    if (place === undefined) {
      throw new CostFileError(
        l10n.t(
          'The file has no column {0}. Import a cost export of Azure Cost Management or a FOCUS file, as CSV with its header.',
          names.join(' / '),
        ),
      );
    }
    return place;
  };
  NEEDED.forEach((field) => required(fields[field]));
  const amountPlaces: FileColumns['amounts'] =
    amounts.kind === 'asTold'
      ? [{ costType: 'asTold', index: required(amounts.names) }]
      : [
          { costType: 'actual', index: required([amounts.actual]) },
          { costType: 'amortized', index: required([amounts.amortized]) },
        ];
  const date = required(fields.date);
  return {
    dialect: name,
    width: header.length,
    fields: found,
    amounts: amountPlaces,
    dates: header.flatMap((title, index) => (index === date || DATES.test(plainName(title)) ? [index] : [])),
    numbers: [
      ...amountPlaces.map(({ index }) => index),
      ...(found.quantity === undefined ? [] : [found.quantity]),
    ],
  };
}

/** Versions differ in capitals, spaces and underscores. */
function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/gu, '');
}
