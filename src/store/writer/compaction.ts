import {
  isCompactionDue,
  planCompaction,
  SHARD_LIMITS,
  type PlannedSeal,
  type ShardLimits,
} from '../content/compactionPlan';
import type { MessageText } from '../content/buildShard';
import { reached } from '../files/failpoints';
import type { SqliteDatabase } from '../sqlite/sqlite';
import type { Session } from './session';
import type { ShardWriter, StoredShard } from './shardWriter';

interface InlineText {
  /** `message.id`. */
  readonly id: number;
  /** UTF-8. */
  readonly bytes: number;
}

/** Does not read the text itself: SQLite knows lengths without the pages that long texts flow over to. */
const INLINE_BYTES = 'SELECT coalesce(sum(octet_length(content)), 0) FROM message_text';

const OLDEST_FIRST = `
  SELECT t.id, octet_length(t.content) FROM message_text t JOIN message m ON m.id = t.id
  ORDER BY m.created_at_epoch, t.id`;

/** UTF-8 of the text in the image, in bytes. */
export function inlineTextBytes(database: SqliteDatabase): number {
  return database.get<[number]>(INLINE_BYTES)?.[0] ?? 0;
}

/**
 * Moves the oldest texts from the image to shards once there is more text than one file should hold. Not a change of
 * the rows: what was synced when, and the hashes, stay. Call it inside a transaction.
 * @returns whether anything was moved @throws as the file system does; the transaction must then be rolled back
 */
export function compact(session: Session, shards: ShardWriter, limits: ShardLimits = SHARD_LIMITS): boolean {
  const inlineBytes = inlineTextBytes(session.database);
  if (!isCompactionDue(inlineBytes, shards.names().size > 0, limits)) {
    return false;
  }
  const stored = shards.stored();
  const used = stored.filter(({ living }) => living > 0);
  const { seals, merged } = plan(inlineBytes, used, shards, limits);
  const queue = new OldestTexts(session.database, limits.kept);
  seals.forEach((seal, index) => {
    const moved = index === seals.length - 1 ? queue.takeAll() : queue.take(seal.inlineBytes);
    const taken = used.filter(({ id }) => seal.merges.includes(id));
    // A long text may have filled the place of several.
    if (moved.length + taken.length > 0) {
      shards.seal(textsOf(session.database, moved, taken, shards));
    }
    for (const { id } of moved) {
      session.database.run('DELETE FROM message_text WHERE id = ?', [id]);
    }
  });
  shards.retire(stored.filter((shard) => shard.living === 0 || merged.has(shard.id)));
  reached('compaction:done');
  return true;
}

/** Of the image's pages, the share that may be free. */
const FREE_SHARE = 1 / 4;

/** Free pages are written with each generation: where there are many, the image is packed. Not inside a transaction. */
export function giveBackPages(database: SqliteDatabase): void {
  const [free] = database.get<[number]>('PRAGMA freelist_count') ?? [0];
  const [pages] = database.get<[number]>('PRAGMA page_count') ?? [0];
  if (free > pages * FREE_SHARE) {
    database.script('VACUUM');
  }
}

/** Damaged shards stay as they are: what is wrong with them must not keep new rows from being published. */
function plan(
  inlineBytes: number,
  used: readonly StoredShard[],
  shards: ShardWriter,
  limits: ShardLimits,
): { readonly seals: readonly PlannedSeal[]; readonly merged: ReadonlySet<number> } {
  const unreadable = new Set<number>();
  for (;;) {
    const planned = used
      .filter(({ id }) => !unreadable.has(id))
      .map(({ id, textBytes, living, messageCount }) => ({
        id,
        textBytes: Math.ceil((textBytes * living) / messageCount),
      }));
    const seals = planCompaction(inlineBytes, planned, limits, unreadable.size);
    const merged = new Set(seals.flatMap(({ merges }) => merges));
    const broken = used.filter((shard) => merged.has(shard.id) && !shards.isWhole(shard));
    if (broken.length === 0) {
      return { seals, merged };
    }
    broken.forEach(({ id }) => unreadable.add(id));
  }
}

/** The texts of the image that have to move, oldest first. */
class OldestTexts {
  readonly #texts: readonly InlineText[];
  #next = 0;

  /** @param kept bytes of the newest texts that stay */
  constructor(database: SqliteDatabase, kept: number) {
    const all = database.all<[number, number]>(OLDEST_FIRST).map(([id, bytes]) => ({ id, bytes }));
    let left = all.reduce((sum, { bytes }) => sum + bytes, 0);
    const end = all.findIndex(({ bytes }) => {
      if (left <= kept) {
        return true;
      }
      left -= bytes;
      return false;
    });
    this.#texts = end === -1 ? all : all.slice(0, end);
  }

  /** The next ones, until they are so many bytes. */
  take(bytes: number): readonly InlineText[] {
    const from = this.#next;
    for (let taken = 0; taken < bytes && this.#next < this.#texts.length; this.#next++) {
      taken += this.#texts[this.#next]?.bytes ?? 0;
    }
    return this.#texts.slice(from, this.#next);
  }

  takeAll(): readonly InlineText[] {
    const rest = this.#texts.slice(this.#next);
    this.#next = this.#texts.length;
    return rest;
  }
}

function* textsOf(
  database: SqliteDatabase,
  moved: readonly InlineText[],
  merged: readonly StoredShard[],
  shards: ShardWriter,
): Generator<MessageText> {
  for (const shard of merged) {
    yield* shards.living(shard);
  }
  for (const { id } of moved) {
    const sql = 'SELECT CAST(content AS BLOB) FROM message_text WHERE id = ?';
    const [content] = database.get<[Uint8Array]>(sql, [id]) ?? [new Uint8Array()];
    yield { id, content };
  }
}
