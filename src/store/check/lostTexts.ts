import type { SqliteDatabase } from '../sqlite/sqlite';
import type { LostTexts } from './checkTypes';
import type { WrongNumber } from './derivedNumbers';
import type { ShardState } from './shardStates';

const TABLES = `
  CREATE TEMP TABLE lost_text (id INTEGER PRIMARY KEY);
  CREATE TEMP TABLE chat_to_fetch (id INTEGER PRIMARY KEY, is_derived_wrong INTEGER NOT NULL);`;
const CLEAR = 'DROP TABLE IF EXISTS temp.lost_text; DROP TABLE IF EXISTS temp.chat_to_fetch;';

/** Of messages that are not on the server any more, nothing can be fetched. */
const FETCHABLE = `
  SELECT m.id, m.chat_id FROM temp.lost_text l JOIN message m ON m.id = l.id JOIN chats c ON c.id = m.chat_id
  WHERE m.is_deleted = 0 AND c.is_deleted = 0`;

/**
 * Puts what has to be fetched again into temporary tables, `lost_text` of messages and `chat_to_fetch` of living chats,
 * as long as `use` works.
 */
export function withLostTexts<T>(
  database: SqliteDatabase,
  shards: readonly ShardState[],
  numbers: readonly WrongNumber[],
  use: (lost: LostTexts) => T,
): T {
  database.script(CLEAR + TABLES);
  try {
    database.transaction(() => {
      for (const id of shards.flatMap(({ lost }) => lost)) {
        database.run('INSERT OR IGNORE INTO temp.lost_text VALUES (?)', [id]);
      }
      database.run(`INSERT OR IGNORE INTO temp.chat_to_fetch SELECT chat_id, 0 FROM (${FETCHABLE})`);
      for (const id of numbers.flatMap(({ chats }) => chats)) {
        database.run('INSERT OR REPLACE INTO temp.chat_to_fetch VALUES (?, 1)', [id]);
      }
    });
    const count = (sql: string): number => database.get<[number]>(`SELECT count(*) FROM ${sql}`)?.[0] ?? 0;
    return use({
      messages: count('temp.lost_text'),
      fetchable: count(`(${FETCHABLE})`),
      chats: count('temp.chat_to_fetch'),
    });
  } finally {
    database.script(CLEAR);
  }
}
