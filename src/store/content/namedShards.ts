import type { SqliteDatabase } from '../sqlite/sqlite';

/** Databases and readers of an older schema know nothing of shards. */
export const FIRST_SCHEMA_WITH_SHARDS = 3;

/** A shard that a database needs. */
export interface NamedShard {
  /** `content_shards.id`. */
  readonly id: number;
  /** File below `content/`. */
  readonly name: string;
  /** Texts in the file. */
  readonly messageCount: number;
  /** UTF-8 of all texts in the file. */
  readonly textBytes: number;
  readonly fileBytes: number;
}

type Row = readonly [id: number, name: string, messageCount: number, textBytes: number, fileBytes: number];

/** The shards that a database names, by their numbers; retired ones are not among them. */
export function namedShards(database: SqliteDatabase): NamedShard[] {
  return database
    .all<Row>(
      `SELECT id, name, message_count, text_bytes, file_bytes FROM main.content_shards
       WHERE is_deleted = 0 ORDER BY id`,
    )
    .map(([id, name, messageCount, textBytes, fileBytes]) => ({
      id,
      name,
      messageCount,
      textBytes,
      fileBytes,
    }));
}
