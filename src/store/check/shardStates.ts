import { readShard } from '../content/shardFile';
import { DatabaseBrokenError } from '../errors';
import { SqliteDatabase } from '../sqlite/sqlite';

/** A shard that messages name, and whether their texts are in it. */
export interface ShardState {
  /** `content_shards.id` */
  readonly id: number;
  /** File below `content/`; undefined: the database has no name for it. */
  readonly name: string | undefined;
  /** `incomplete`: a sound file without some of the texts. */
  readonly state: 'sound' | 'missing' | 'damaged' | 'incomplete';
  /** Messages whose text is not there, `message.id`. */
  readonly lost: readonly number[];
}

const NAMED = `
  SELECT m.content_shard, (SELECT s.name FROM content_shards s WHERE s.id = m.content_shard AND s.is_deleted = 0)
  FROM (SELECT DISTINCT content_shard FROM message WHERE content_shard IS NOT NULL) m ORDER BY 1`;

/** Looks into every shard that the messages of a database name. @param content the folder `content/` */
export function shardStates(database: SqliteDatabase, content: string): ShardState[] {
  return database.all<[number, string | null]>(NAMED).map(([id, name]): ShardState => {
    const expected = database
      .all<[number]>('SELECT id FROM message WHERE content_shard = ?', [id])
      .map(([messageId]) => messageId);
    const held = name === null ? 'missing' : idsIn(content, name);
    if (typeof held === 'string') {
      return { id, name: name ?? undefined, state: held, lost: expected };
    }
    const lost = expected.filter((messageId) => !held.has(messageId));
    return { id, name: name ?? undefined, state: lost.length === 0 ? 'sound' : 'incomplete', lost };
  });
}

/** The messages whose text a file holds. */
function idsIn(content: string, name: string): ReadonlySet<number> | 'missing' | 'damaged' {
  const sealed = readShard(content, name);
  if (typeof sealed === 'string') {
    return sealed;
  }
  const shard = SqliteDatabase.openLoaded(sealed.image);
  try {
    if (shard.get<[string]>('PRAGMA quick_check(1)')?.[0] !== 'ok') {
      return 'damaged';
    }
    return new Set(shard.all<[number]>('SELECT id FROM message_text').map(([id]) => id));
  } catch (error) {
    if (error instanceof DatabaseBrokenError) {
      throw error;
    }
    return 'damaged';
  } finally {
    shard.close();
  }
}
