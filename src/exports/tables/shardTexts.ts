import { ContentShards } from '../../store/content/contentShards';
import { namedShards } from '../../store/content/namedShards';
import { unreadableText } from '../../store/errors';
import type { SqliteDatabase } from '../../store/sqlite/sqlite';

/** Open at once: a shard may hold 50 MB and more. */
const MOST_OPEN = 2;

/** The text of messages in sealed files, few of which are open at a time. */
export class ShardTexts {
  readonly #folder: string;
  readonly #names: ReadonlyMap<number, string>;
  /** Least recently used first. */
  readonly #open = new Map<string, ContentShards>();
  readonly #decoder = new TextDecoder();

  /** @param folder `content/` */
  constructor(database: SqliteDatabase, folder: string) {
    this.#folder = folder;
    this.#names = new Map(namedShards(database).map(({ id, name }) => [id, name]));
  }

  /**
   * Texts of messages by their ids; ask for many of one shard at once.
   * @param shardId `content_shards.id`
   * @throws TextFileError when the shard is missing, damaged or lacks one of them
   */
  read(shardId: number, messageIds: readonly number[]): Map<number, string> {
    const name = this.#names.get(shardId);
    if (name === undefined) {
      throw unreadableText(`the database does not name file ${shardId}`);
    }
    const shard = this.#shard(name);
    return new Map(
      messageIds.map((id) => {
        const text = shard.text(name, id);
        if (text === undefined) {
          throw unreadableText(`content/${name} lacks some`);
        }
        return [id, this.#decoder.decode(text)];
      }),
    );
  }

  close(): void {
    for (const shard of this.#open.values()) {
      shard.close();
    }
    this.#open.clear();
  }

  #shard(name: string): ContentShards {
    const known = this.#open.get(name) ?? new ContentShards(this.#folder);
    this.#open.delete(name);
    for (const [oldest, shard] of this.#open) {
      if (this.#open.size < MOST_OPEN) {
        break;
      }
      shard.close();
      this.#open.delete(oldest);
    }
    this.#open.set(name, known);
    return known;
  }
}
