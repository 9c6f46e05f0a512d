import { createHash, type Hash } from 'node:crypto';
import type { SqliteDatabase, Value } from '../../store/sqlite/sqlite';
import type { ExportColumn } from './columns';
import type { ExportedTable } from './exportedTables';
import { monthSql, monthTexts, type Partition } from './partitions';
import { forEachRow } from './forEachRow';

/** What a partition holds, without its rows. */
export interface ScannedPartition {
  readonly partition: Partition;
  readonly rows: number;
  /** Changes with every value of every row, and with the columns. */
  readonly digest: string;
}

/** Raised when the same rows are written in another way: every file is then written anew. */
const WRITTEN_AS = 1;

/** Text is known by the hash of its row, and by whether it is there at all. */
const TEXT_STATE = `t.row_hash || (t.content_shard IS NOT NULL OR EXISTS (SELECT 1 FROM message_text x WHERE x.id = t.id))`;

/** Of a digest, as a manifest keeps it. */
export const DIGEST_CHARACTERS = 32;

/**
 * The partitions of a table with digests of their rows. Reads each row once and no text of messages; whatever changes a value is
 * noticed, whether or not it touched the time of the sync.
 * @param only `instances.id` of the instance whose rows count; undefined: all
 * @param isDivided whether the table's levels count; otherwise it is one partition
 */
export function scanTable(
  database: SqliteDatabase,
  table: ExportedTable,
  columns: readonly ExportColumn[],
  only: number | undefined,
  isDivided: boolean,
): ScannedPartition[] {
  const byInstance = isDivided && table.levels.includes('instance');
  const month = isDivided && table.levels.includes('month') ? table.month : undefined;
  const monthText = monthTexts(month?.kind ?? 'text');
  const values = columns.map(valueSql);
  const { where, values: bound } = instanceSql(table, only);
  const sql = `SELECT ${byInstance ? (table.instance ?? 'NULL') : 'NULL'}, ${month === undefined ? 'NULL' : monthSql(month)},
    ${values.join(` || ',' || `)} FROM ${fromSql(table)} ${whereSql(where)}`;
  const found = new Map<string, { readonly partition: Partition; readonly hash: Hash; rows: number }>();
  const partitionOf = (partition: Partition) => {
    const key = `${String(partition.instance)} ${String(partition.month)}`;
    let known = found.get(key);
    if (known === undefined) {
      known = { partition, hash: startedHash(columns), rows: 0 };
      found.set(key, known);
    }
    return known;
  };
  forEachRow(database, sql, bound, ([instance, time, row]) => {
    const known = partitionOf({
      ...(byInstance ? { instance: typeof instance === 'number' ? instance : null } : {}),
      ...(month === undefined ? {} : { month: monthText(time) }),
    });
    known.hash.update(String(row)).update('\n');
    known.rows += 1;
  });
  if (found.size === 0) {
    // A file without rows tells the columns.
    partitionOf({
      ...(byInstance ? { instance: null } : {}),
      ...(month === undefined ? {} : { month: null }),
    });
  }
  return [...found.values()].map(({ partition, hash, rows }) => ({
    partition,
    rows,
    digest: hash.digest('hex').slice(0, DIGEST_CHARACTERS),
  }));
}

/** SQL of a text that tells each value from all others; `quote` takes a text up to its first NUL alone. */
function valueSql({ isMessageText, kind, sql }: ExportColumn): string {
  return isMessageText === true
    ? TEXT_STATE
    : kind === 'text'
      ? `quote(CAST(${sql} AS BLOB))`
      : `quote(${sql})`;
}

/** What follows FROM. */
export function fromSql({ name, source = name, from = `${source} t` }: ExportedTable): string {
  return from;
}

/** A condition that is true for the rows of one instance. */
export function instanceSql(
  { instance, isSharedWithoutInstance = false }: ExportedTable,
  only: number | undefined,
): { readonly where: readonly string[]; readonly values: readonly Value[] } {
  if (only === undefined || instance === undefined) {
    return { where: [], values: [] };
  }
  const shared = isSharedWithoutInstance ? ` OR ${instance} IS NULL` : '';
  return { where: [`(${instance} = ?${shared})`], values: [only] };
}

/** The conditions as one clause; nothing where there is none. */
export function whereSql(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
}

function startedHash(columns: readonly ExportColumn[]): Hash {
  return createHash('sha256').update(
    JSON.stringify([WRITTEN_AS, columns.map(({ name, kind }) => [name, kind])]),
  );
}
