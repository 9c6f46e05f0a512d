import type { CostType } from '../../store/costs/costTypes';
import { queryDate } from './dates';
import { isSubscriptionScope } from './scopes';

/** What rows are told apart by: names of Azure's dimensions, and the key of a tag. */
export interface Grouping {
  readonly dimensions: readonly string[];
  readonly tag?: string | undefined;
}

export interface CostQuery {
  readonly costType: CostType;
  /** UTC days, both included; absent: the month to date. */
  readonly days?: { readonly first: number; readonly last: number } | undefined;
  readonly granularity: 'None' | 'Daily';
  /** At most two; a third is refused. */
  readonly sums: readonly string[];
  readonly grouping: Grouping;
}

/** Documented are two dimensions, more have been taken for years: the finest first, then what is sure to be taken. */
const BY_RESOURCE: readonly (readonly string[])[] = [
  ['ResourceId', 'Meter', 'MeterSubCategory', 'ChargeType'],
  ['ResourceId', 'Meter'],
];
/** Resources are only told apart at a subscription and below. */
const BY_GROUP: readonly (readonly string[])[] = [
  ['SubscriptionId', 'ResourceGroupName', 'Meter', 'MeterSubCategory', 'ChargeType'],
  ['SubscriptionId', 'Meter'],
];
export const BY_SERVICE: Grouping = { dimensions: ['ServiceName', 'PublisherType'] };
export const UNGROUPED: Grouping = { dimensions: [] };

/**
 * Groupings to try for the rows of a scope, in this order. A tag that somebody asked for is worth more than sub-categories,
 * which only say more of a meter. It is given up before kinds of charges: it only sorts costs, while they decide what is spread.
 */
export function rowGroupings(scope: string, tag?: string): readonly Grouping[] {
  const plain = isSubscriptionScope(scope) ? BY_RESOURCE : BY_GROUP;
  return plain.flatMap((dimensions) => [
    ...(tag === undefined ? [] : taggedGroupings(dimensions, tag)),
    { dimensions },
  ]);
}

function taggedGroupings(dimensions: readonly string[], tag: string): readonly Grouping[] {
  const fewer = dimensions.filter((name) => name !== 'MeterSubCategory');
  return [{ dimensions, tag }, ...(fewer.length === dimensions.length ? [] : [{ dimensions: fewer, tag }])];
}

/** The body of a query. Every page of its answer is asked for with the same text. */
export function queryBody({ costType, days, granularity, sums, grouping }: CostQuery): string {
  return JSON.stringify({
    type: costType === 'actual' ? 'ActualCost' : 'AmortizedCost',
    ...(days === undefined
      ? { timeframe: 'MonthToDate' }
      : {
          timeframe: 'Custom',
          timePeriod: { from: queryDate(days.first), to: queryDate(days.last) },
        }),
    dataset: {
      granularity,
      aggregation: Object.fromEntries(sums.map((name) => [`total${name}`, { name, function: 'Sum' }])),
      ...(grouping.dimensions.length === 0
        ? {}
        : {
            grouping: [
              ...grouping.dimensions.map((name) => ({ type: 'Dimension', name })),
              ...(grouping.tag === undefined ? [] : [{ type: 'TagKey', name: grouping.tag }]),
            ],
          }),
      ...(granularity === 'Daily' ? { sorting: [{ direction: 'ascending', name: 'UsageDate' }] } : {}),
    },
  });
}

/** Columns that an answer must have. */
export function columnsOf({ granularity, sums, grouping }: Omit<CostQuery, 'costType'>): readonly string[] {
  return [
    ...(granularity === 'Daily' ? ['UsageDate'] : []),
    ...sums,
    'Currency',
    ...grouping.dimensions,
    ...(grouping.tag === undefined ? [] : ['TagValue']),
  ];
}
