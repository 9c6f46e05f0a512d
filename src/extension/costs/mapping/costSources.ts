import * as v from 'valibot';
import { plainScope } from '../../../store/costs/costScope';
import { rowsOf, type ReportReader } from '../../../store/resultSet';

/** What a resource or meter was billed, in one currency. */
export interface BilledAmount {
  readonly currency: string;
  readonly amount: number;
}

/** A resource that cost something. */
export interface BilledResource {
  /** As analysis.json has it: lower case, no slash at its ends. */
  readonly resourceId: string;
  /** Largest first. */
  readonly amounts: readonly BilledAmount[];
}

/** A meter whose name does not say what it counts. */
export interface BilledMeter {
  /** As billed. */
  readonly meter: string;
  readonly amounts: readonly BilledAmount[];
}

const RESOURCES = `
  SELECT resource_id AS name, currency, sum(1.0 * cost_e8) / 1e8 AS amount
  FROM cost_daily
  WHERE is_deleted = 0 AND resource_id <> '' AND cost_type = (SELECT cost_type FROM analysis_settings)
  GROUP BY resource_id, currency`;

const UNKNOWN_METERS = `
  SELECT d.meter AS name, d.currency, sum(1.0 * s.cost_e8) / 1e8 AS amount
  FROM cost_shares s JOIN cost_daily d ON d.id = s.cost_id
  WHERE s.is_deleted = 0 AND s.reason = 'unknownMeter' AND d.is_deleted = 0
    AND d.cost_type = (SELECT cost_type FROM analysis_settings)
  GROUP BY d.meter, d.currency`;

const rows = v.array(v.object({ name: v.string(), currency: v.string(), amount: v.number() }));

/** Resources with cost, the most expensive first. @throws NoDatabaseError before the first publish */
export async function readBilledResources(reader: ReportReader): Promise<readonly BilledResource[]> {
  const grouped = groupAmounts(v.parse(rows, rowsOf(await reader.query(RESOURCES))));
  return grouped.map(([id, amounts]) => ({ resourceId: plainScope(id), amounts }));
}

/** Meters whose cost could not be spread, the most expensive first. @throws NoDatabaseError before the first publish */
export async function readUnknownMeters(reader: ReportReader): Promise<readonly BilledMeter[]> {
  const grouped = groupAmounts(v.parse(rows, rowsOf(await reader.query(UNKNOWN_METERS))));
  return grouped.map(([meter, amounts]) => ({ meter, amounts }));
}

/** Amounts by name, each with its currencies apart; the largest single amount decides the order. */
function groupAmounts(
  found: readonly { readonly name: string; readonly currency: string; readonly amount: number }[],
): readonly (readonly [string, readonly BilledAmount[]])[] {
  const byName = new Map<string, BilledAmount[]>();
  const sorted = [...found].sort((one, other) => other.amount - one.amount);
  for (const { name, currency, amount } of sorted) {
    byName.set(name, [...(byName.get(name) ?? []), { currency, amount }]);
  }
  return [...byName];
}
