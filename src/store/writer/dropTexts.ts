import type { SqliteDatabase, Value } from '../sqlite/sqlite';
import type { Session } from './session';
import type { ShardWriter } from './shardWriter';

/** What became of texts that were dropped. */
export interface DroppedTexts {
  /** Messages that had text and have none now. */
  readonly messages: number;
  /** UTF-8 that is not needed any more, with that of older versions of changed messages. */
  readonly textBytes: number;
  /** Files below `content/` that the database names no more; collection deletes them, or a purge at once. */
  readonly freedShards: readonly string[];
}

/**
 * Removes the text of messages wherever it is: in the image, or in shards, which are written anew without it. The rows
 * and their hashes stay, so that no later sync takes an unchanged message for a changed one and brings its text back.
 * Call it inside `MirrorFile.change('rows', …)` with the file's `shards`: all of it happens or nothing.
 * @param where SQL condition on the message `m`, such as `m.created_at_epoch < ?`
 * @param values of its parameters
 * @throws TextFileError when a damaged shard holds such text
 */
export function dropTexts(
  { database }: Session,
  shards: ShardWriter,
  where: string,
  values: readonly Value[] = [],
): DroppedTexts {
  const [inlineBytes] = database.get<[number]>(
    `SELECT coalesce(sum(octet_length(t.content)), 0) FROM message_text t JOIN message m ON m.id = t.id WHERE ${where}`,
    values,
  ) ?? [0];
  const messages = database.run(
    `DELETE FROM message_text WHERE id IN (SELECT m.id FROM message m WHERE ${where})`,
    values,
  );
  const sealed = database.run(
    `UPDATE message AS m SET content_shard = NULL WHERE m.content_shard IS NOT NULL AND (${where})`,
    values,
  );
  const before = sealedTextBytes(database);
  const freed = sealed === 0 ? [] : shards.dropGarbage();
  return {
    messages: messages + sealed,
    textBytes: inlineBytes + before - sealedTextBytes(database),
    freedShards: freed.map(({ name }) => name),
  };
}

/** The files that hold text of such messages. @param where as of {@link dropTexts} */
export function shardsHolding(
  { database }: Session,
  where: string,
  values: readonly Value[] = [],
): readonly string[] {
  return database
    .all<[string]>(
      `SELECT name FROM content_shards WHERE is_deleted = 0 AND id IN (
         SELECT m.content_shard FROM message m WHERE m.content_shard IS NOT NULL AND (${where})) ORDER BY id`,
      values,
    )
    .map(([name]) => name);
}

function sealedTextBytes(database: SqliteDatabase): number {
  const sql = 'SELECT coalesce(sum(text_bytes), 0) FROM content_shards WHERE is_deleted = 0';
  return database.get<[number]>(sql)?.[0] ?? 0;
}
