import { utcDayAt } from '../../store/costs/costEntries';
import { monthDays } from '../../store/costs/months';
import type { CostMonth, CostType, CurrencyTotal } from '../../store/costs/costTypes';
import type { Subject } from './answers';
import { AzureError } from './azureErrors';
import type { AzureAccess, AzureMonth, CostClient, CostDetail, CostQueryOptions } from './azureModule';
import { CLOUD_ADDRESSES } from './clouds';
import { readAllPages, type Cells } from './costPages';
import {
  BY_SERVICE,
  columnsOf,
  queryBody,
  rowGroupings,
  UNGROUPED,
  type CostQuery,
  type Grouping,
} from './costQuery';
import { costRowOf, mergeCostRows, mergeServiceRows, serviceRowOf, totalsOf, type Days } from './costRows';
import { assertAddsUp } from './monthCheck';
import type { Paces } from './pace';
import { AzureSender } from './sender';
import { mapInSlices } from './slices';

const DEFAULT_API_VERSION = '2023-11-01';
/** Azure allows four queries a minute for one scope. */
const DEFAULT_SPACING_MS = 15_000;

/** Dimensions that not every grouping has, by what is not known without them. */
const DETAILS: Readonly<Record<CostDetail, (grouping: Grouping) => boolean>> = {
  meterSubcategory: ({ dimensions }) => dimensions.includes('MeterSubCategory'),
  chargeType: ({ dimensions }) => dimensions.includes('ChargeType'),
  tag: ({ tag }) => tag !== undefined,
};

export class AzureCostClient implements CostClient {
  readonly #scope: string;
  readonly #access: AzureAccess;
  readonly #sender: AzureSender;
  readonly #subject: Subject;
  /** Which of the groupings Azure took last, by tag: the next month begins with it. */
  readonly #taken = new Map<string | undefined, number>();

  /** @param scope normalised */
  constructor(scope: string, access: AzureAccess, paces: Paces) {
    this.#scope = scope;
    this.#access = access;
    this.#subject = { place: scope, wish: 'costs' };
    this.#sender = new AzureSender(access, {
      pace: paces.of('costs', access.cloud, access.tenantId),
      name: scope,
      spacingMs: access.spacingMs ?? DEFAULT_SPACING_MS,
    });
  }

  get calls(): number {
    return this.#sender.calls;
  }

  get waitedMs(): number {
    return this.#sender.waitedMs;
  }

  async monthToDate(signal: AbortSignal): Promise<readonly CurrencyTotal[]> {
    return totalsOf(
      await this.#query(
        { costType: 'actual', granularity: 'None', sums: ['Cost'], grouping: UNGROUPED },
        signal,
      ),
    );
  }

  async month(month: string, costType: CostType, options: CostQueryOptions): Promise<AzureMonth> {
    try {
      return await this.#readMonth(month, costType, options);
    } catch (error) {
      if (!(error instanceof AzureError) || error.kind !== 'mismatch') {
        throw error;
      }
      // Azure renews an open month every few hours, maybe between two of its queries.
      return this.#readMonth(month, costType, options);
    }
  }

  async total(month: string, costType: CostType, signal: AbortSignal): Promise<readonly CurrencyTotal[]> {
    const { first, last } = monthDays(month);
    return this.#total(costType, { first, last }, signal);
  }

  async #total(costType: CostType, days: Days, signal: AbortSignal): Promise<readonly CurrencyTotal[]> {
    return totalsOf(
      await this.#query({ costType, days, granularity: 'None', sums: ['Cost'], grouping: UNGROUPED }, signal),
    );
  }

  async #readMonth(
    month: string,
    costType: CostType,
    { signal, tag }: CostQueryOptions,
  ): Promise<AzureMonth> {
    const now = this.#access.clock.now();
    const { first, last, closesAt } = monthDays(month);
    // An end in the future makes Azure shift the whole period.
    const days = { first, last: Math.min(last, utcDayAt(now / 1000)) };
    if (days.last < first) {
      throw new RangeError(`${month} has not begun`);
    }
    const { cells, grouping } = await this.#readRows(costType, days, { signal, tag });
    const rows = await mapInSlices(cells, (row) => costRowOf(row, days), signal);
    const byService = await this.#query(
      { costType, days, granularity: 'Daily', sums: ['Cost', 'CostUSD'], grouping: BY_SERVICE },
      signal,
    );
    const services = await mapInSlices(byService, (row) => serviceRowOf(row, days), signal);
    const totals = await this.#total(costType, days, signal);
    assertAddsUp(month, rows, totals);
    assertAddsUp(month, services, totals);
    return {
      ...({
        costType,
        month,
        totals,
        knownToDay: days.last,
        isClosed: now >= closesAt,
      } satisfies Partial<CostMonth>),
      rows: await mergeCostRows(rows, signal),
      services: await mergeServiceRows(services, signal),
      missing: missingIn(grouping, tag),
    };
  }

  /** Rows of the finest grouping that Azure takes. */
  async #readRows(
    costType: CostType,
    days: Days,
    { signal, tag }: CostQueryOptions,
  ): Promise<{ readonly cells: readonly Cells[]; readonly grouping: Grouping }> {
    const groupings = rowGroupings(this.#scope, tag);
    for (let place = this.#taken.get(tag) ?? 0; ; place += 1) {
      const grouping = groupings[place];
      if (grouping === undefined) {
        throw new RangeError('no grouping is left');
      }
      try {
        const cells = await this.#query(
          { costType, days, granularity: 'Daily', sums: ['Cost', 'UsageQuantity'], grouping },
          signal,
        );
        this.#taken.set(tag, place);
        return { cells, grouping };
      } catch (error) {
        if (place === groupings.length - 1 || !refusesGrouping(error)) {
          throw error;
        }
      }
    }
  }

  #query(query: CostQuery, signal: AbortSignal): Promise<readonly Cells[]> {
    const { cloud, apiVersion = DEFAULT_API_VERSION } = this.#access;
    const path = this.#scope.split('/').map(encodeURIComponent).join('/');
    const url = new URL(`/${path}/providers/Microsoft.CostManagement/query`, CLOUD_ADDRESSES[cloud].endpoint);
    url.searchParams.set('api-version', apiVersion);
    return readAllPages(
      (request, stop) => this.#sender.send(request, stop),
      { url, body: queryBody(query), columns: columnsOf(query), subject: this.#subject },
      signal,
    );
  }
}

function refusesGrouping(error: unknown): boolean {
  return (
    error instanceof AzureError && error.kind === 'query' && /group|dimension/iu.test(error.detail ?? '')
  );
}

function missingIn(grouping: Grouping, tag: string | undefined): readonly CostDetail[] {
  const details = Object.keys(DETAILS) as CostDetail[];
  return details.filter((detail) => (detail !== 'tag' || tag !== undefined) && !DETAILS[detail](grouping));
}
