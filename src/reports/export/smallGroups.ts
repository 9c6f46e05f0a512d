import { isMetricId, metricOf } from '../metrics/metrics';
import type { Value } from '../format';
import type { ReportRow } from '../reportModel';

/** What stands for all groups that are too small to be shown. */
export const OTHER_GROUPS = 'Other groups';

/** What keeps rows of one group apart. */
const DIMENSIONS = ['bucket', 'weekday', 'hour', 'instance_id', 'instance'];
/** Numbers that tell where on an axis a row stands. */
const AXIS = new Set([...DIMENSIONS, 'first_day', 'last_day', 'is_partial', 'tail']);
/** Places in an order: the merged row takes the last. */
const RANKS = new Set(['rank', 'series_rank']);

/**
 * Merges the rows of {@link OTHER_GROUPS}. Counts of what happens once are added up; what cannot be added, such as people
 * and shares, is unknown.
 * @param hidesNumbers the groups are so small together that their sum would tell of persons too
 */
export function mergeOtherGroups(
  rows: readonly ReportRow[],
  groupField: string,
  hidesNumbers: boolean,
): readonly ReportRow[] {
  const merged = new Map<string, ReportRow[]>();
  for (const row of rows.filter((candidate) => candidate[groupField] === OTHER_GROUPS)) {
    const key = JSON.stringify(DIMENSIONS.map((field) => row[field] ?? null));
    merged.set(key, [...(merged.get(key) ?? []), row]);
  }
  const kept = rows.filter((row) => row[groupField] !== OTHER_GROUPS);
  return [...kept, ...[...merged.values()].map((parts) => sumOf(parts, hidesNumbers))];
}

function sumOf(rows: readonly ReportRow[], hidesNumbers: boolean): ReportRow {
  const [first = {}] = rows;
  return Object.fromEntries(
    Object.keys(first).map((field) => [
      field,
      valueOf(
        field,
        rows.map((row) => row[field] ?? null),
        hidesNumbers,
      ),
    ]),
  );
}

function valueOf(field: string, values: readonly Value[], hidesNumbers: boolean): Value {
  const [first = null] = values;
  const numbers = values.filter((value) => typeof value === 'number');
  if (RANKS.has(field)) {
    return numbers.length === 0 ? null : Math.max(...numbers);
  }
  if (isAdditive(field) && !hidesNumbers && numbers.length > 0) {
    return numbers.reduce((sum, value) => sum + value, 0);
  }
  const isPlace = typeof first === 'string' || AXIS.has(field);
  return isPlace && values.every((value) => value === first) ? first : null;
}

/** Sums and counts of rows that belong to one group each; not distinct counts, ratios, means. */
const ADDITIVE = /^(?:COUNT\(\*\)|SUM\([^/]*\))(?: FILTER \([^/]*\))?$/u;

function isAdditive(field: string): boolean {
  return isMetricId(field) && ADDITIVE.test(metricOf(field).sql?.trim() ?? '');
}
