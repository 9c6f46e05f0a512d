/** Which database a report reads other than the mirror: the demo's, or the warehouse of a name. */
export type ReportSource = 'demo' | `warehouse:${string}`;

const WAREHOUSE = 'warehouse:';

/** @param name as `warehouses.json` has it */
export function warehouseSource(name: string): ReportSource {
  return `${WAREHOUSE}${name}`;
}

/** The name of the warehouse that is read; undefined for the mirror, the demo and what is no source. */
export function warehouseOf(source: string | undefined): string | undefined {
  return source?.startsWith(WAREHOUSE) === true ? source.slice(WAREHOUSE.length) : undefined;
}
