import { codeOf, unreadableText } from '../errors';
import { SqliteDatabase } from '../sqlite/sqlite';
import { openSealed } from '../files/fileGeneration';
import { readShard, readShardBytes } from './shardFile';

interface OpenShard {
  readonly database: SqliteDatabase;
  lastUsed: number;
}

/** A shard that nobody asked for so long is closed, in ms. */
const IDLE_MS = 60_000;

const CHECK_MS = 15_000;

/** Closes idle shards now and then, in a worker that lives on; does not keep it alive. */
export function closeIdleShards(shards: ContentShards): void {
  setInterval(() => {
    shards.closeIdle();
  }, CHECK_MS).unref();
}

/** The shards of a data folder in one worker: opened when their text is asked for, closed when idle. */
export class ContentShards {
  readonly #folder: string;
  readonly #now: () => number;
  readonly #open = new Map<string, OpenShard>();

  /** @param folder `content/` @param now monotonic milliseconds */
  constructor(folder: string, now: () => number = () => performance.now()) {
    this.#folder = folder;
    this.#now = now;
  }

  /** The database of a shard: `message_text(id, content)` and its index `message_search`. @throws TextFileError */
  shard(name: string): SqliteDatabase {
    const known = this.#open.get(name);
    if (known !== undefined) {
      known.lastUsed = this.#now();
      return known.database;
    }
    return this.#add(name, this.#read(name));
  }

  /**
   * Opens shards for a statement that reads much of them: while one is checked, the next is read by another thread.
   * One that is missing or damaged stays closed; {@link ContentShards.shard} says so.
   */
  async openAhead(names: readonly string[]): Promise<void> {
    const closed = names.filter((name) => !this.#open.has(name));
    let reading = readShardBytes(this.#folder, closed[0]);
    for (const [index, name] of closed.entries()) {
      const bytes = await reading;
      reading = readShardBytes(this.#folder, closed[index + 1]);
      const sealed = bytes === undefined ? undefined : openSealed(bytes);
      if (sealed !== undefined) {
        this.#add(name, sealed.image);
      }
    }
  }

  /** The text of a message as UTF-8; undefined when the shard has none. @throws TextFileError */
  text(name: string, messageId: number): Uint8Array | undefined {
    const sql = 'SELECT CAST(content AS BLOB) FROM message_text WHERE id = ?';
    return this.shard(name).get<[Uint8Array]>(sql, [messageId])?.[0];
  }

  /** Closes what was not used for a minute. Must not be called while a shard is attached to another database. */
  closeIdle(): void {
    for (const [name, { database, lastUsed }] of this.#open) {
      if (this.#now() - lastUsed >= IDLE_MS) {
        database.close();
        this.#open.delete(name);
      }
    }
  }

  /** @param image a Buffer: it is opened in place, not copied */
  #add(name: string, image: Uint8Array): SqliteDatabase {
    const database = SqliteDatabase.openLoaded(image);
    this.#open.set(name, { database, lastUsed: this.#now() });
    return database;
  }

  /** Reads a shard and checks its seal, once for as long as it stays open. */
  #read(name: string): Uint8Array {
    let state: string;
    try {
      const sealed = readShard(this.#folder, name);
      if (typeof sealed === 'object') {
        return sealed.image;
      }
      state = sealed;
    } catch (error) {
      const code = codeOf(error);
      if (code === undefined) {
        throw error;
      }
      state = `not readable (${code})`;
    }
    throw unreadableText(`the file content/${name} is ${state}`);
  }

  close(): void {
    for (const { database } of this.#open.values()) {
      database.close();
    }
    this.#open.clear();
  }
}
