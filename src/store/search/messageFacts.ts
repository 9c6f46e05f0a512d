import type { EpochSeconds } from '../records';
import type { SqliteDatabase } from '../sqlite/sqlite';

/** Which messages of those that match are wanted. */
export interface MessageFilter {
  /** `content_shards.id` of the file that the text was found in; 0 = the database itself. */
  readonly shardId: number;
  readonly instanceIds: ReadonlySet<number>;
  readonly userId?: number | undefined;
  readonly role?: string | undefined;
  readonly since?: EpochSeconds | undefined;
  /** Not included. */
  readonly until?: EpochSeconds | undefined;
}

export interface FoundMessage {
  readonly id: number;
  readonly epoch: EpochSeconds;
}

const CHUNK = 50_000;
const FACTS = `
  SELECT id, created_at_epoch, coalesce(content_shard, 0), instance_id, user_id, role
  FROM main.message WHERE id > ? ORDER BY id LIMIT ${CHUNK}`;

type FactRow = readonly [
  id: number,
  epoch: number,
  shard: number,
  instance: number,
  user: number,
  role: string,
];

const known = new WeakMap<SqliteDatabase, MessageFacts>();

/**
 * What a search asks of every message that matches, by `message.id`; about 20 bytes each. A common word is in most
 * messages: looking all of them up in the table costs several times as much.
 */
export class MessageFacts {
  readonly #epochs: Float64Array;
  /** -1: there is no such message. */
  readonly #shards: Int32Array;
  readonly #instances: Int32Array;
  readonly #users: Int32Array;
  readonly #roles: Uint8Array;
  readonly #roleNames: string[] = [];

  private constructor(database: SqliteDatabase) {
    const [last] = database.get<[number]>('SELECT coalesce(max(id), 0) FROM main.message') ?? [0];
    this.#epochs = new Float64Array(last + 1);
    this.#shards = new Int32Array(last + 1).fill(-1);
    this.#instances = new Int32Array(last + 1);
    this.#users = new Int32Array(last + 1);
    this.#roles = new Uint8Array(last + 1);
    for (let from: number | undefined = 0; from !== undefined;) {
      const rows: FactRow[] = database.all<FactRow>(FACTS, [from]);
      rows.forEach((row) => this.#add(row));
      from = rows.length < CHUNK ? undefined : rows.at(-1)?.[0];
    }
  }

  /** The facts of a reader's copy, read once. */
  static of(database: SqliteDatabase): MessageFacts {
    const facts = known.get(database) ?? new MessageFacts(database);
    known.set(database, facts);
    return facts;
  }

  /** The newest of some messages that pass a filter, and how many pass. */
  newest(
    ids: readonly number[],
    filter: MessageFilter,
    limit: number,
  ): { readonly newest: readonly FoundMessage[]; readonly total: number } {
    let total = 0;
    let kept: FoundMessage[] = [];
    let oldestKept = -Infinity;
    for (const id of ids) {
      if (!this.#passes(id, filter)) {
        continue;
      }
      total++;
      const epoch = this.#epochs[id] ?? 0;
      if (epoch >= oldestKept) {
        kept.push({ id, epoch });
        if (kept.length >= limit * 4) {
          kept = newestOf(kept, limit);
          oldestKept = kept.at(-1)?.epoch ?? -Infinity;
        }
      }
    }
    return { newest: newestOf(kept, limit), total };
  }

  #add([id, epoch, shard, instance, user, role]: FactRow): void {
    this.#epochs[id] = epoch;
    this.#shards[id] = shard;
    this.#instances[id] = instance;
    this.#users[id] = user;
    let roleIndex = this.#roleNames.indexOf(role);
    if (roleIndex < 0) {
      roleIndex = this.#roleNames.push(role) - 1;
    }
    this.#roles[id] = roleIndex;
  }

  #passes(id: number, { shardId, instanceIds, userId, role, since, until }: MessageFilter): boolean {
    const epoch = this.#epochs[id] ?? 0;
    return (
      this.#shards[id] === shardId &&
      instanceIds.has(this.#instances[id] ?? 0) &&
      (userId === undefined || this.#users[id] === userId) &&
      (role === undefined || this.#roleNames[this.#roles[id] ?? 0] === role) &&
      (since === undefined || epoch >= since) &&
      (until === undefined || epoch < until)
    );
  }
}

/** The newest first; of one second the last one written. */
export function newestOf<T extends FoundMessage>(found: readonly T[], limit: number): T[] {
  return found.toSorted((a, b) => b.epoch - a.epoch || b.id - a.id).slice(0, limit);
}
