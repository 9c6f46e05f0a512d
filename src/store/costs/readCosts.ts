import * as v from 'valibot';
import { rowsOf, type ReportReader } from '../resultSet';
import type { BudgetEntry, PriceEntry } from './costEntries';

/** A price as the database holds it. */
export type StoredPrice = PriceEntry & {
  /** Name of the instance; undefined: of every instance that has no price of its own. */
  readonly instance?: string | undefined;
  /** Local time. */
  readonly confirmedAt: string;
};

export type StoredBudget = BudgetEntry & {
  /** Name of the instance; undefined: all instances together. */
  readonly instance?: string | undefined;
};

const PRICES = `
  SELECT p.model_id AS modelId, p.instance_id AS instanceId, i.name AS instance, p.valid_from AS validFrom, p.currency,
    p.input_per_million AS inputPerMillion, p.cached_per_million AS cachedPerMillion,
    p.output_per_million AS outputPerMillion, p.per_request AS perRequest, p.source, p.sync_datetime AS confirmedAt
  FROM prices p LEFT JOIN instances i ON i.id = p.instance_id
  WHERE p.is_deleted = 0
  ORDER BY p.model_id COLLATE NOCASE, p.model_id, p.instance_id, p.valid_from_day`;

const BUDGETS = `
  SELECT b.instance_id AS instanceId, i.name AS instance, b.currency, b.monthly_amount AS monthlyAmount
  FROM budgets b LEFT JOIN instances i ON i.id = b.instance_id
  WHERE b.is_deleted = 0
  ORDER BY b.instance_id, b.currency`;

const optional = <const S extends v.GenericSchema>(schema: S) =>
  v.pipe(
    v.nullable(schema),
    v.transform((value) => value ?? undefined),
  );

const price = v.object({
  modelId: v.string(),
  instanceId: optional(v.number()),
  instance: optional(v.string()),
  validFrom: v.string(),
  currency: v.string(),
  inputPerMillion: v.number(),
  cachedPerMillion: optional(v.number()),
  outputPerMillion: v.number(),
  perRequest: v.number(),
  source: v.picklist(['starter', 'admin']),
  confirmedAt: v.string(),
});

const budget = v.object({
  instanceId: optional(v.number()),
  instance: optional(v.string()),
  currency: v.string(),
  monthlyAmount: v.number(),
});

/** All prices by model, instance and day. @throws NoDatabaseError before the first publish */
export async function readPrices(reader: ReportReader): Promise<readonly StoredPrice[]> {
  return v.parse(v.array(price), rowsOf(await reader.query(PRICES)));
}

/** All budgets, that of all instances together first. @throws NoDatabaseError before the first publish */
export async function readBudgets(reader: ReportReader): Promise<readonly StoredBudget[]> {
  return v.parse(v.array(budget), rowsOf(await reader.query(BUDGETS)));
}
