import * as v from 'valibot';
import { dimensionOf } from './dimensions';
import type { BilledRow } from './estate';
import { InvalidQuery } from './replies';

const comparison = v.object({ name: v.string(), operator: v.literal('In'), values: v.array(v.string()) });

/** A filter as the service takes it: `and` and `or` have at least two parts. */
export interface QueryFilter {
  readonly and?: readonly QueryFilter[] | undefined;
  readonly or?: readonly QueryFilter[] | undefined;
  readonly not?: QueryFilter | undefined;
  readonly dimensions?: v.InferOutput<typeof comparison> | undefined;
  readonly tags?: v.InferOutput<typeof comparison> | undefined;
}

export const filterSchema: v.GenericSchema<unknown, QueryFilter> = v.object({
  and: v.optional(v.pipe(v.array(v.lazy(() => filterSchema)), v.minLength(2))),
  or: v.optional(v.pipe(v.array(v.lazy(() => filterSchema)), v.minLength(2))),
  not: v.optional(v.lazy(() => filterSchema)),
  dimensions: v.optional(comparison),
  tags: v.optional(comparison),
});

export type RowPredicate = (row: BilledRow) => boolean;

/** @throws InvalidQuery for a dimension that does not exist */
export function predicateOf(filter: QueryFilter): RowPredicate {
  const { not } = filter;
  const parts: RowPredicate[] = [];
  if (filter.and !== undefined) {
    parts.push(...filter.and.map(predicateOf));
  }
  if (filter.or !== undefined) {
    const any = filter.or.map(predicateOf);
    parts.push((row) => any.some((accepts) => accepts(row)));
  }
  if (not !== undefined) {
    const accepts = predicateOf(not);
    parts.push((row) => !accepts(row));
  }
  if (filter.dimensions !== undefined) {
    parts.push(dimensionIn(filter.dimensions));
  }
  if (filter.tags !== undefined) {
    const { name } = filter.tags;
    const accepts = isIn(filter.tags.values);
    parts.push((row) => accepts(row.tags[name] ?? ''));
  }
  return (row) => parts.every((accepts) => accepts(row));
}

function dimensionIn({ name, values }: v.InferOutput<typeof comparison>): RowPredicate {
  const valueOf = dimensionOf(name);
  if (valueOf === undefined) {
    throw new InvalidQuery(`Invalid dataset filter: '${name}' is no dimension`);
  }
  const accepts = isIn(values);
  return (row) => accepts(valueOf(row));
}

/** Case does not matter. */
function isIn(values: readonly string[]): (value: string) => boolean {
  const known = new Set(values.map((value) => value.toLowerCase()));
  return (value) => known.has(value.toLowerCase());
}
