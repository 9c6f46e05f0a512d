import { quotedName } from '../../store/sqlite/sqlQuoting';
import type { PushContext } from './pushContext';
import type { KeyRange } from './pushTable';
import type { TablePlan } from './tablePlan';

/** Rows are summed up by so many values of the first column of their key. */
const BUCKET = 1_000;

type Sums = readonly [bucket: number, sums: string, newest: number];

/**
 * Finds where a table of the warehouse may differ from the mirror's: where rows were written since the last push, or where
 * their number, the times when they were written or the marks of deleted ones do not add up to the same.
 * @param since seconds since 1970: what was written before was pushed
 */
export async function changedRanges(
  context: PushContext,
  plan: TablePlan,
  since: number,
): Promise<readonly KeyRange[]> {
  const own = ownSums(context, plan);
  const there = new Map((await sumsThere(context, plan)).map(([bucket, sums]) => [bucket, sums]));
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
  return rangesOf([...differing].sort((a, b) => a - b));
}

function sumsSql({ key: [first = ''] }: TablePlan, from: string): string {
  return `SELECT ${first} / ${BUCKET}, count(*), sum(sync_datetime_epoch), sum(is_deleted), max(sync_datetime_epoch)
    FROM ${from} GROUP BY 1`;
}

function ownSums({ mirror }: PushContext, plan: TablePlan): readonly Sums[] {
  return mirror.database.all(sumsSql(plan, `main.${quotedName(plan.name)}`)).map(sumsOf);
}

async function sumsThere({ client }: PushContext, plan: TablePlan): Promise<readonly Sums[]> {
  const { rows } = await client.query<string[]>({
    text: sumsSql(plan, quotedName(plan.name)),
    rowMode: 'array',
  });
  return rows.map(sumsOf);
}

function sumsOf([bucket, ...sums]: readonly unknown[]): Sums {
  return [Number(bucket), sums.join(), Number(sums.at(-1))];
}

/** Neighbours together. */
function rangesOf(buckets: readonly number[]): readonly KeyRange[] {
  const ranges: { first: number; end: number }[] = [];
  for (const bucket of buckets) {
    const before = ranges.at(-1);
    if (before?.end === bucket) {
      before.end += 1;
    } else {
      ranges.push({ first: bucket, end: bucket + 1 });
    }
  }
  return ranges.map(({ first, end }) => ({ after: [first * BUCKET - 1], last: [end * BUCKET - 1] }));
}
