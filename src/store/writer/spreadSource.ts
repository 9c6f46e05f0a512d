import type {
  AllocationMode,
  BilledRow,
  CostDay,
  CostMapping,
  UsedGeneration,
} from '../costs/allocation/allocationTypes';
import { CostMap } from '../costs/allocation/costMap';
import { countedRows } from '../costs/allocation/countedRows';
import type { CostType } from '../costs/costTypes';
import { firstFreshDay } from '../costs/freshness';
import { monthOf } from '../costs/months';
import type { EpochSeconds } from '../records';
import type { SqliteDatabase } from '../sqlite/sqlite';
import { erasedPartsOf } from './erasedCosts';

type Nullable<T> = T | null;

const DAY_SECONDS = 86_400;

/** A model and what it is made of end after so many steps, as in `v_model_bases`. */
const DEEPEST_CHAIN = 5;

interface MonthFacts {
  readonly isFinal: boolean;
  readonly fetchedAt: EpochSeconds;
}

/** Reads from the database what costs are spread over, a day at a time. */
export class SpreadSource {
  readonly map: CostMap;
  readonly #database: SqliteDatabase;
  readonly #mode: AllocationMode;
  /** By scope, cost type and month. */
  readonly #months: ReadonlyMap<string, MonthFacts>;
  /** By id, in the order in which they count where several bill the same. */
  readonly #scopes: ReadonlyMap<number, string>;
  /** By instance and model. */
  readonly #bases: ReadonlyMap<string, string>;

  constructor(database: SqliteDatabase) {
    this.#database = database;
    const instances = database.all<[number]>('SELECT id FROM instances').map(([id]) => id);
    this.map = new CostMap(mappingOf(database), instances);
    this.#mode = database.get<[AllocationMode]>('SELECT allocation FROM analysis_settings')?.[0] ?? 'auto';
    this.#months = monthsOf(database);
    this.#scopes = new Map(
      database.all<[number, string]>(
        `SELECT id, scope FROM cost_scopes ORDER BY is_deleted, source = 'import', id`,
      ),
    );
    this.#bases = new Map(
      database
        .all<[number, string, string]>(
          'SELECT instance_id, model_id, base_model_id FROM models WHERE base_model_id IS NOT NULL',
        )
        .map(([instanceId, modelId, base]) => [`${instanceId} ${modelId}`, base]),
    );
  }

  /** Whether there are rows of a day, marked deleted or not. */
  hasRows(utcDay: number): boolean {
    const sql = `SELECT 1 FROM cost_daily WHERE cost_type IN ('actual', 'amortized') AND utc_day = ? LIMIT 1`;
    return this.#database.get(sql, [utcDay]) !== undefined;
  }

  day(utcDay: number): CostDay {
    const rows = this.#rows(utcDay);
    return { rows, generations: this.#generations(utcDay, this.usesPrices(rows)), mode: this.#mode };
  }

  /** Whether some rows go by list cost. */
  usesPrices(rows: readonly BilledRow[]): boolean {
    return rows.some((row) => this.map.meaningOf(row)?.driver === 'listCost');
  }

  #rows(utcDay: number): BilledRow[] {
    const month = monthOf(utcDay);
    const rows = this.#database.all<
      readonly [
        id: number,
        scopeId: number,
        costType: CostType,
        resourceId: string,
        meter: string,
        meterSubcategory: string,
        chargeType: string,
        currency: string,
        costE8: number | bigint,
        quantity: Nullable<number>,
        unit: Nullable<string>,
      ]
    >(
      `SELECT id, scope_id, cost_type, resource_id, meter, meter_subcategory, charge_type, currency, cost_e8, quantity, unit
       FROM cost_daily WHERE cost_type IN ('actual', 'amortized') AND utc_day = ? AND is_deleted = 0 ORDER BY id`,
      [utcDay],
    );
    const places = rows.map(([id, scopeId, costType, resourceId]) => ({ id, scopeId, costType, resourceId }));
    const counted = countedRows(places, this.#scopes);
    const erased = erasedPartsOf(this.#database, utcDay);
    return rows.map(([id, scopeId, costType, resourceId, meter, meterSubcategory, ...rest]) => {
      const [chargeType, currency, costE8, quantity, unit] = rest;
      const facts = this.#months.get(`${scopeId} ${costType} ${month}`);
      return {
        ...{ id, costType, resourceId, meter, meterSubcategory, chargeType, currency },
        costE8: BigInt(costE8),
        quantity: quantity ?? undefined,
        unit: unit ?? undefined,
        isFresh: facts?.isFinal !== true && utcDay >= firstFreshDay(facts?.fetchedAt ?? 0),
        isFinal: facts?.isFinal ?? false,
        isCounted: counted.has(id),
        erased: erased.get(id),
      };
    });
  }

  #generations(utcDay: number, needsListCost: boolean): UsedGeneration[] {
    const listCosts = needsListCost ? this.#listCosts(utcDay) : new Map<number, UsedGeneration['listCost']>();
    const rows = this.#database.all<
      readonly [
        id: number,
        instanceId: number,
        modelId: Nullable<string>,
        userId: number,
        parentId: Nullable<number>,
        input: Nullable<number>,
        cached: Nullable<number>,
        output: Nullable<number>,
      ]
    >(
      `SELECT id, instance_id, model_id, user_id, parent_id, input_tokens, cached_tokens, output_tokens
       FROM message WHERE day BETWEEN ?1 - 1 AND ?1 + 1 AND role = 'assistant' AND is_copy = 0
         AND created_at_epoch >= ?2 AND created_at_epoch < ?3`,
      [utcDay, utcDay * DAY_SECONDS, (utcDay + 1) * DAY_SECONDS],
    );
    return rows.map(([id, instanceId, modelId, userId, parentId, input, cached, output]) => ({
      ...{ id, instanceId, userId },
      modelIds: modelId === null ? [] : this.#chainOf(instanceId, modelId),
      turnId: parentId ?? id,
      inputTokens: input ?? undefined,
      cachedTokens: cached ?? undefined,
      outputTokens: output ?? undefined,
      listCost: listCosts.get(id),
    }));
  }

  #chainOf(instanceId: number, modelId: string): string[] {
    const chain = [modelId];
    let base = this.#bases.get(`${instanceId} ${modelId}`);
    while (base !== undefined && chain.length < DEEPEST_CHAIN && !chain.includes(base)) {
      chain.push(base);
      base = this.#bases.get(`${instanceId} ${base}`);
    }
    return chain;
  }

  #listCosts(utcDay: number): ReadonlyMap<number, UsedGeneration['listCost']> {
    const rows = this.#database.all<[number, string, number]>(
      `SELECT generation_id, currency, list_cost FROM v_list_cost
       WHERE day BETWEEN ?1 - 1 AND ?1 + 1 AND utc_day = ?1 AND list_cost IS NOT NULL`,
      [utcDay],
    );
    return new Map(rows.map(([id, currency, amount]) => [id, { currency, amount }]));
  }
}

function monthsOf(database: SqliteDatabase): ReadonlyMap<string, MonthFacts> {
  const rows = database.all<[number, CostType, string, string, EpochSeconds]>(
    'SELECT scope_id, cost_type, month, state, fetched_at_epoch FROM cost_months',
  );
  return new Map(
    rows.map(([scopeId, costType, month, state, fetchedAt]) => [
      `${scopeId} ${costType} ${month}`,
      { isFinal: state === 'closed', fetchedAt },
    ]),
  );
}

function mappingOf(database: SqliteDatabase): CostMapping {
  return {
    resources: database
      .all<[string, number]>('SELECT resource_id, instance_id FROM cost_resources WHERE is_deleted = 0')
      .map(([resource, instanceId]) => ({ resource, instanceId })),
    deployments: database
      .all<[string, string, string, Nullable<string>]>(
        'SELECT resource_id, deployment, model, version FROM cost_deployments WHERE is_deleted = 0',
      )
      .map(([resource, deployment, model, version]) => ({
        ...{ resource, deployment, model },
        version: version ?? undefined,
      })),
    meters: database
      .all<[string, Nullable<string>, string, string, Nullable<number>]>(
        'SELECT meter, models, direction, driver, tokens_per_unit FROM cost_meters WHERE is_deleted = 0',
      )
      .map(([meter, models, direction, driver, tokensPerUnit]) => ({
        meter,
        models: models === null ? undefined : (JSON.parse(models) as readonly string[]),
        direction: direction as CostMapping['meters'][number]['direction'],
        driver: driver as CostMapping['meters'][number]['driver'],
        tokensPerUnit: tokensPerUnit ?? undefined,
      })),
  };
}
