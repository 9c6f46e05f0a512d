/** What a column can be in a chart; `none`: keys, moments as bare numbers, BLOBs, and what nothing is known of. */
export type ColumnRole = 'number' | 'time' | 'name' | 'none';

/** A value of a result. */
export type ChartCell = string | number | bigint | null | Uint8Array;

/** Values that suggest a column's role. */
const SAMPLED = 200;

/** `2026-11`, `2026-11-03`, `2026-11-03 14:30`, `2026-11-03T14:30:05.123Z`: local text of the mirror, and of ISO 8601. */
const TIME = /^\d{4}-\d{2}(?:-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?)?$/u;
/** Numbers that name something: summing them up or measuring them says nothing. */
const KEY = /(?:^|_)(?:id|key)$/iu;
const EPOCH = /(?:^|_)epoch$/iu;
/** Numbers that are a place in an order. */
const ORDER = /(?:^|_)(?:year|quarter|month|week|weekday|day|hour|rank|step|bucket)$/iu;

/** The role of a column by its name and its first values that are known. */
export function columnRole(name: string, values: Iterable<ChartCell>): ColumnRole {
  const known = firstKnown(values);
  if (known.length === 0 || known.some((value) => value instanceof Uint8Array) || EPOCH.test(name)) {
    return 'none';
  }
  if (known.every((value) => typeof value === 'number' || typeof value === 'bigint')) {
    return KEY.test(name) ? 'none' : ORDER.test(name) ? 'name' : 'number';
  }
  return known.every((value) => typeof value === 'string' && TIME.test(value)) ? 'time' : 'name';
}

function firstKnown(values: Iterable<ChartCell>): ChartCell[] {
  const known: ChartCell[] = [];
  for (const value of values) {
    if (value !== null) {
      known.push(value);
    }
    if (known.length >= SAMPLED) {
      break;
    }
  }
  return known;
}
