import { dataFolderAt } from '../../../../src/store/files/dataFolder';
import { localTimeIn } from '../../../../src/store/localTime';
import { migrate, writeMeta } from '../../../../src/store/migrations';
import { longText, SqliteDatabase } from '../../../../src/store/sqlite/sqlite';
import { ShardWriter } from '../../../../src/store/writer/shardWriter';
import { NOON } from '../builders';

const CHATS = 40;
const SYNCED = `'2025-11-16 13:00:00', ${NOON}`;

/** Text of the sample's message: words, accents, emoji, some long, some empty. */
export function sampleText(id: number): string {
  const word = ['budget', 'Grüße 🎉', 'naïve plan', "it's 100 % sure_", '日本語'][id % 5] ?? '';
  return id % 97 === 0 ? '' : `${word} no ${id}${id % 10 === 0 ? ` ${'lorem '.repeat(60)}` : ''}`;
}

/**
 * An image with two instances, three users, 40 chats and `count` messages, whose text is inline. Every 50th message
 * has no text, every 31st is a copy.
 */
export async function sampleImage(count: number): Promise<Uint8Array> {
  const database = await SqliteDatabase.open();
  migrate(database);
  database.transaction(() => {
    writeMeta(database, 'zone', 'Europe/Berlin');
    for (const id of [1, 2]) {
      database.run(
        `INSERT INTO instances (id, name, url, sync_datetime, sync_datetime_epoch) VALUES (?, ?, ?, ${SYNCED})`,
        [id, `instance ${id}`, `https://chat${id}.example.com`],
      );
    }
    for (const id of [1, 2, 3]) {
      database.run(
        `INSERT INTO users (id, instance_id, remote_id, name, row_hash, sync_datetime, sync_datetime_epoch)
         VALUES (?, ?, ?, ?, '', ${SYNCED})`,
        [id, id === 3 ? 2 : 1, `u${id}`, `User ${id}`],
      );
    }
    for (let id = 1; id <= CHATS; id++) {
      database.run(
        `INSERT INTO chats (id, instance_id, remote_id, user_id, title, tags, row_hash, sync_datetime, sync_datetime_epoch)
         VALUES (?, ?, ?, ?, ?, '[]', '', ${SYNCED})`,
        [id, id % 3 === 2 ? 2 : 1, `c${id}`, (id % 3) + 1, `Chat ${id}`],
      );
    }
    for (let id = 1; id <= count; id++) {
      insertMessage(database, id, count);
    }
  });
  const image = database.export();
  database.close();
  return image;
}

function insertMessage(database: SqliteDatabase, id: number, count: number): void {
  // The messages of a chat lie together, as a sync writes them.
  const chat = Math.floor(((id - 1) * CHATS) / count) + 1;
  const epoch = NOON - 86_400 * 30 + id * 60;
  database.run(
    `INSERT INTO message (id, instance_id, remote_id, chat_id, user_id, role, model_id, created_at, created_at_epoch,
       created_at_source, day, hour, is_copy, row_hash, sync_datetime, sync_datetime_epoch)
     VALUES (?, ?, ?, ?, ?, ?, ?, datetime(?, 'unixepoch'), ?, 'message', ?, ?, ?, '', ${SYNCED})`,
    [
      ...[id, chat % 3 === 2 ? 2 : 1, `m${id}`, chat, (chat % 3) + 1, id % 2 === 0 ? 'assistant' : 'user'],
      ...[id % 2 === 0 ? 'gpt-4o' : null, epoch, epoch, Math.floor(epoch / 86_400), id % 24],
      id % 31 === 0 ? 1 : 0,
    ],
  );
  if (id % 50 !== 0) {
    database.run('INSERT INTO message_text VALUES (?, CAST(? AS TEXT))', [id, longText(sampleText(id))]);
  }
}

/** Moves the text of the messages up to each bound into a shard of its own; what lies beyond the last stays inline. */
export function sealUpTo(database: SqliteDatabase, content: string, bounds: readonly number[]): void {
  const writer = new ShardWriter({ database, localTime: localTimeIn('UTC'), now: () => NOON }, content);
  database.transaction(() => {
    bounds.forEach((bound, index) => {
      const range = [(bounds[index - 1] ?? 0) + 1, bound];
      const texts = database.all<[number, Uint8Array]>(
        'SELECT id, CAST(content AS BLOB) FROM message_text WHERE id BETWEEN ? AND ? ORDER BY id',
        range,
      );
      writer.seal(texts.map(([id, bytes]) => ({ id, content: bytes })));
      database.run('DELETE FROM message_text WHERE id BETWEEN ? AND ?', range);
    });
  });
  writer.settle(true);
}

/** A reading copy of an image below a data folder, with its text in shards as {@link sealUpTo} says. */
export async function shardedCopy(
  root: string,
  image: Uint8Array,
  bounds: readonly number[],
): Promise<SqliteDatabase> {
  const database = await SqliteDatabase.open(new Uint8Array(image));
  sealUpTo(database, dataFolderAt(root).content, bounds);
  database.script('PRAGMA query_only = ON');
  return database;
}
