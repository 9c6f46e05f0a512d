import { quotedName } from '../../store/sqlite/sqlQuoting';
import type { PushContext } from './pushContext';
import type { KeyRange } from './pushTable';
import type { TablePlan } from './tablePlan';

/** How the rows of a table are looked at. */
interface RangeSearch {
  /** Rows are summed up by so many values of the first column of their key. */
  readonly bucket?: number;
  /** Seconds since 1970: also where rows were written since, in whose second the last push may have been. */
  readonly since?: number;
}

type Sums = readonly [bucket: number, sums: string, newest: number];

/**
 * Finds where a table of the warehouse may differ from the mirror's: where rows were written since the last push, or where
 * their number, the times when they were written or the marks of deleted ones do not add up to the same. Rows bear the time
 * when a sync wrote them, so that the sums tell of any that was written in between.
 */
export async function changedRanges(
  context: PushContext,
  plan: TablePlan,
  { bucket: width = 1_000, since = Infinity }: RangeSearch,
): Promise<readonly KeyRange[]> {
  const sql = (from: string): string => sumsSql(plan, width, from);
  const own = context.mirror.database.all(sql(`main.${quotedName(plan.name)}`)).map(sumsOf);
  const { rows } = await context.client.query<string[]>({
    text: sql(quotedName(plan.name)),
    rowMode: 'array',
  });
  const there = new Map(rows.map(sumsOf).map(([bucket, sums]) => [bucket, sums]));
  const differing = new Set(
    own
      .filter(([bucket, sums, newest]) => newest >= since || there.get(bucket) !== sums)
      .map(([bucket]) => bucket),
  );
  const known = new Set(own.map(([bucket]) => bucket));
  for (const bucket of there.keys()) {
    if (!known.has(bucket)) {
      differing.add(bucket);
    }
  }
  return rangesOf(
    [...differing].sort((a, b) => a - b),
    width,
  );
}

function sumsSql({ key: [first = ''] }: TablePlan, width: number, from: string): string {
  return `SELECT ${first} / ${width}, count(*), sum(sync_datetime_epoch), sum(is_deleted), max(sync_datetime_epoch)
    FROM ${from} GROUP BY 1`;
}

function sumsOf([bucket, ...sums]: readonly unknown[]): Sums {
  return [Number(bucket), sums.join(), Number(sums.at(-1))];
}

/** Neighbours together. */
function rangesOf(buckets: readonly number[], width: number): readonly KeyRange[] {
  const ranges: { first: number; end: number }[] = [];
  for (const bucket of buckets) {
    const before = ranges.at(-1);
    if (before?.end === bucket) {
      before.end += 1;
    } else {
      ranges.push({ first: bucket, end: bucket + 1 });
    }
  }
  return ranges.map(({ first, end }) => ({ after: [first * width - 1], last: [end * width - 1] }));
}
