import type { Row, SqliteDatabase } from '../../store/sqlite/sqlite';
import type { ExportColumn } from './columns';
import type { ExportedTable } from './exportedTables';
import { forEachRow } from './forEachRow';
import { partitionSql, type Partition } from './partitions';
import type { ShardTexts } from './shardTexts';
import { fromSql, instanceSql, whereSql } from './tableScan';

/** Rows that are handled together, and characters of their texts: what memory holds at a time. */
const MOST_ROWS = 10_000;
const MOST_CHARACTERS = 4 * 1024 * 1024;

/** A file's worth of rows of a table. */
export interface WantedRows {
  readonly table: ExportedTable;
  readonly columns: readonly ExportColumn[];
  readonly partition: Partition;
  /** `instances.id`; undefined: of all instances. */
  readonly only: number | undefined;
}

/**
 * Gives rows in groups that fit into memory, the text of messages in them wherever it lies.
 * @throws TextFileError
 */
export function forEachGroup(
  database: SqliteDatabase,
  texts: ShardTexts,
  { table, columns, partition, only }: WantedRows,
  take: (rows: readonly Row[]) => void,
): void {
  const contentAt = columns.findIndex(({ isMessageText }) => isMessageText === true);
  const conditions = [instanceSql(table, only), partitionSql(table, partition)];
  const further = contentAt < 0 ? '' : ', t.id, t.content_shard, t.content_chars';
  const sql = `SELECT ${columns.map((column) => column.sql).join(', ')}${further}
    FROM ${fromSql(table)} ${whereSql(conditions.flatMap(({ where }) => where))}`;
  let group: Row[] = [];
  let characters = 0;
  const flush = (): void => {
    if (group.length > 0) {
      const rows = contentAt < 0 ? group : withText(group, columns.length, contentAt, texts);
      group = [];
      characters = 0;
      take(rows);
    }
  };
  forEachRow(
    database,
    sql,
    conditions.flatMap(({ values }) => values),
    (row) => {
      group.push(row);
      characters += contentAt < 0 ? 0 : Number(row[columns.length + 2]);
      if (group.length >= MOST_ROWS || characters >= MOST_CHARACTERS) {
        flush();
      }
    },
  );
  flush();
}

/** The rows with their texts in place, and without what only finds them. */
function withText(rows: readonly Row[], width: number, contentAt: number, texts: ShardTexts): Row[] {
  const wanted = new Map<number, number[]>();
  for (const row of rows) {
    const shard = row[width + 1];
    if (typeof shard === 'number') {
      const ids = wanted.get(shard) ?? [];
      wanted.set(shard, ids);
      ids.push(Number(row[width]));
    }
  }
  const found = new Map<number, string>();
  for (const [shard, ids] of wanted) {
    for (const [id, text] of texts.read(shard, ids)) {
      found.set(id, text);
    }
  }
  return rows.map((row) => {
    const own = row.slice(0, width);
    own[contentAt] = found.get(Number(row[width])) ?? own[contentAt] ?? null;
    return own;
  });
}
