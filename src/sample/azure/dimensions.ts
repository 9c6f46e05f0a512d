import { dateOf, monthOf } from './days';
import type { BilledRow } from './estate';

/** What rows can be grouped and filtered by. */
const DIMENSIONS: Readonly<Record<string, (row: BilledRow) => string>> = {
  ResourceId: (row) => shownId(row),
  ResourceGroupName: ({ resource }) => resource?.group.toLowerCase() ?? '',
  ResourceGroup: ({ resource }) => resource?.group.toLowerCase() ?? '',
  ResourceType: ({ resource }) => resource?.type.toLowerCase() ?? '',
  ResourceLocation: ({ resource }) => resource?.location ?? '',
  SubscriptionId: ({ subscription }) => subscription.id,
  SubscriptionName: ({ subscription }) => subscription.name,
  Meter: ({ meter }) => meter,
  MeterId: ({ meter }) => meterId(meter),
  ResourceGuid: ({ meter }) => meterId(meter),
  MeterCategory: ({ meterCategory }) => meterCategory,
  MeterSubCategory: ({ meterSubCategory }) => meterSubCategory,
  ServiceName: ({ service }) => service,
  ServiceTier: ({ meterSubCategory }) => meterSubCategory,
  ChargeType: ({ chargeType }) => chargeType,
  PublisherType: ({ publisherType }) => publisherType,
  PricingModel: ({ pricingModel }) => pricingModel,
  BillingMonth: ({ day }) => `${monthOf(day)}-01T00:00:00`,
};

const BY_LOWER_CASE = new Map(
  Object.entries(DIMENSIONS).map(([name, valueOf]) => [name.toLowerCase(), valueOf]),
);

export const DIMENSION_NAMES = Object.keys(DIMENSIONS);

/** Undefined: there is no such dimension. Case does not matter, as in the service. */
export function dimensionOf(name: string): ((row: BilledRow) => string) | undefined {
  return BY_LOWER_CASE.get(name.toLowerCase());
}

/** The case of an id differs from day to day. */
function shownId({ resource, day }: BilledRow): string {
  const id = resource?.id ?? '';
  switch (day % 3) {
    case 0:
      return id.toLowerCase();
    case 1:
      return id;
    default:
      return id.replace(/(?<=\/resourceGroups\/)[^/]+/u, (group) => group.toUpperCase());
  }
}

/** A GUID that is always the same for a name. */
function meterId(meter: string): string {
  let hash = 0x811c9dc5;
  for (const letter of meter) {
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  const hex = hash.toString(16).padStart(8, '0');
  return `${hex}-${hex.slice(0, 4)}-4${hex.slice(1, 4)}-8${hex.slice(2, 5)}-${hex}${hex.slice(4)}`;
}

/** `20251001` */
export function usageDateOf(day: number): number {
  return Number(dateOf(day).replaceAll('-', ''));
}
