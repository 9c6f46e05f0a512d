import * as v from 'valibot';
import { dayAt, dayOf, firstDayOf, monthAfter, monthOf, monthsIn } from './days';
import { DIMENSION_NAMES, dimensionOf } from './dimensions';
import { filterSchema, predicateOf, type RowPredicate } from './filters';
import { InvalidQuery } from './replies';

const MAX_AGGREGATIONS = 2;
const MAX_DAYS = 365;

const AGGREGATED = ['Cost', 'PreTaxCost', 'CostUSD', 'UsageQuantity'] as const;
export type Aggregated = (typeof AGGREGATED)[number];

const bodySchema = v.object({
  type: v.picklist(['ActualCost', 'AmortizedCost', 'Usage']),
  timeframe: v.picklist([
    'Custom',
    'MonthToDate',
    'BillingMonthToDate',
    'TheLastMonth',
    'TheLastBillingMonth',
  ]),
  timePeriod: v.optional(v.object({ from: v.string(), to: v.string() })),
  dataset: v.object({
    granularity: v.optional(v.picklist(['None', 'Daily', 'Monthly']), 'None'),
    aggregation: v.optional(
      v.record(v.string(), v.object({ name: v.string(), function: v.literal('Sum') })),
      {},
    ),
    grouping: v.optional(
      v.array(v.object({ type: v.picklist(['Dimension', 'TagKey']), name: v.string() })),
      [],
    ),
    filter: v.optional(filterSchema),
    sorting: v.optional(
      v.array(
        v.object({
          name: v.string(),
          direction: v.optional(
            v.pipe(v.string(), v.toLowerCase(), v.picklist(['ascending', 'descending'])),
            'ascending',
          ),
        }),
      ),
      [],
    ),
  }),
});

type Body = v.InferOutput<typeof bodySchema>;

/** A query that was understood. */
export interface CostQuery {
  readonly view: 'actual' | 'amortized';
  /** UTC days, both included. */
  readonly from: number;
  readonly to: number;
  readonly granularity: 'None' | 'Daily' | 'Monthly';
  readonly aggregated: readonly Aggregated[];
  readonly grouping: Body['dataset']['grouping'];
  readonly accepts: RowPredicate;
  readonly sorting: Body['dataset']['sorting'];
}

/**
 * @param now ms since 1970
 * @param maxGroupings the service has been seen to take two, and more
 * @throws InvalidQuery
 */
export function parseQuery(body: unknown, now: number, maxGroupings: number): CostQuery {
  if (typeof body !== 'object' || body === null || !('dataset' in body)) {
    throw new InvalidQuery('Dataset is invalid or not supplied');
  }
  const parsed = v.safeParse(bodySchema, body);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new InvalidQuery(`${v.getDotPath(issue) ?? 'The body'} is invalid: ${issue.message}`);
  }
  const { type, dataset } = parsed.output;
  const { granularity, grouping, filter, sorting } = dataset;
  assertGrouping(grouping, maxGroupings);
  return {
    view: type === 'AmortizedCost' ? 'amortized' : 'actual',
    ...periodOf(parsed.output, dayAt(now)),
    granularity,
    aggregated: aggregatedOf(dataset.aggregation),
    grouping,
    accepts: filter === undefined ? () => true : predicateOf(filter),
    sorting,
  };
}

function aggregatedOf(aggregation: Body['dataset']['aggregation']): readonly Aggregated[] {
  const names = Object.values(aggregation).map(({ name }) => name);
  if (names.length === 0 || names.length > MAX_AGGREGATIONS) {
    throw new InvalidQuery(
      `Invalid dataset aggregation: ${names.length} given; at least 1 and at most ${MAX_AGGREGATIONS} are supported`,
    );
  }
  return names.map((name) => {
    const known = AGGREGATED.find((each) => each === name);
    if (known === undefined) {
      throw new InvalidQuery(`Invalid dataset aggregation: '${name}'; valid values: ${quoted(AGGREGATED)}`);
    }
    return known;
  });
}

function assertGrouping(grouping: Body['dataset']['grouping'], max: number): void {
  if (grouping.length > max) {
    throw new InvalidQuery(
      `Invalid dataset grouping: ${grouping.length} given; at most ${max} are supported`,
    );
  }
  const unknown = grouping.find(({ type, name }) => type === 'Dimension' && dimensionOf(name) === undefined);
  if (unknown !== undefined) {
    throw new InvalidQuery(
      `Invalid dataset grouping: '${unknown.name}'; valid values: ${quoted(DIMENSION_NAMES)}`,
    );
  }
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(',');
}

function periodOf({ timeframe, timePeriod }: Body, today: number): Pick<CostQuery, 'from' | 'to'> {
  const thisMonth = monthOf(today);
  switch (timeframe) {
    case 'MonthToDate':
    case 'BillingMonthToDate':
      return { from: firstDayOf(thisMonth), to: today };
    case 'TheLastMonth':
    case 'TheLastBillingMonth':
      return { from: firstDayOf(monthAfter(thisMonth, -1)), to: firstDayOf(thisMonth) - 1 };
    case 'Custom':
      return customPeriod(timePeriod, today);
  }
}

/** A period with an end in the future is moved back, without a word: nobody may rely on it. */
function customPeriod(period: Body['timePeriod'], today: number): Pick<CostQuery, 'from' | 'to'> {
  if (period === undefined) {
    throw new InvalidQuery('TimePeriod is required for a custom timeframe');
  }
  const [from, to] = [readDay(period.from), readDay(period.to)];
  if (from > to) {
    throw new InvalidQuery('TimePeriod.From is after TimePeriod.To');
  }
  if (to - from + 1 > MAX_DAYS) {
    throw new InvalidQuery(
      'The time period for pulling the data cannot exceed 1 year(s); please adjust your query',
    );
  }
  const late = Math.max(0, to - today);
  return { from: from - late, to: to - late };
}

function readDay(text: string): number {
  try {
    return dayOf(text);
  } catch (error) {
    throw new InvalidQuery(`TimePeriod is invalid: '${text}'`, { cause: error });
  }
}

/** What the query takes from the tenant's quota: one for each month of data. */
export function quotaUnitsOf({ from, to }: CostQuery): number {
  return monthsIn(from, to);
}
