import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { buildShard, type MessageText } from '../content/buildShard';
import { ContentShards } from '../content/contentShards';
import { FIRST_SCHEMA_WITH_SHARDS, namedShards, type NamedShard } from '../content/namedShards';
import { idOfShard, listShards, newShardName, readShard, writeShard } from '../content/shardFile';
import { removeIfPossible } from '../files/durableFiles';
import { TextFileError } from '../errors';
import { reached } from '../files/failpoints';
import { raiseMinReader } from '../migrations';
import { placeholders, stamp, type Session } from './session';

/** Stands for the name of a file that the database needs no more. @param id `content_shards.id` */
export function retiredName(id: number): string {
  return `removed ${id}`;
}

/** A shard that the database names, and how much of it is alive. */
export interface StoredShard extends Omit<NamedShard, 'fileBytes'> {
  /** Messages whose text is there; less than `messageCount` where texts have changed or were removed since. */
  readonly living: number;
}

const STORED = `
  SELECT s.id, s.name, s.message_count, s.text_bytes, coalesce(n.living, 0)
  FROM content_shards s LEFT JOIN (
    SELECT content_shard, count(*) AS living FROM message WHERE content_shard IS NOT NULL GROUP BY 1
  ) n ON n.content_shard = s.id
  WHERE s.is_deleted = 0 ORDER BY s.id`;

const INSERT = `INSERT INTO content_shards
  (id, name, message_count, text_bytes, file_bytes, sync_datetime, sync_datetime_epoch)
  VALUES (${placeholders(7)})`;

const RETIRE = `UPDATE content_shards SET name = ?, is_deleted = 1, sync_datetime = ?, sync_datetime_epoch = ?
  WHERE id = ?`;

/**
 * Seals texts in new shards and keeps the table `content_shards` and `message.content_shard` true to them. Called inside
 * a transaction: its owner says by {@link ShardWriter.settle} what became of it.
 */
export class ShardWriter {
  readonly #session: Session;
  readonly #folder: string;
  readonly #opened: ContentShards;
  /** Files of a transaction that is not decided yet. */
  readonly #written: string[] = [];

  /** @param folder `content/` */
  constructor(session: Session, folder: string) {
    this.#session = session;
    this.#folder = folder;
    this.#opened = new ContentShards(folder);
  }

  /** The shards that the database names, oldest first. Counting what is alive reads all rows of `message`. */
  stored(): StoredShard[] {
    return this.#session.database
      .all<[number, string, number, number, number]>(STORED)
      .map(([id, name, messageCount, textBytes, living]) => ({ id, name, messageCount, textBytes, living }));
  }

  /** File names of the shards that the database names. */
  names(): Set<string> {
    return shardNames(this.#session);
  }

  /**
   * Writes texts to a new shard, durably, and lets their messages name it. Of text in the image, remove it yourself.
   * @throws TextFileError, and as the file system does; the transaction must then be rolled back
   */
  seal(texts: Iterable<MessageText>): void {
    const { database } = this.#session;
    const ids: number[] = [];
    const { image, messageCount, textBytes } = buildShard(noting(texts, ids));
    const id = this.#nextId();
    const name = newShardName(id);
    // Noted before it is there: a write may end half done.
    this.#written.push(name);
    const fileBytes = writeShard(this.#folder, name, image, id);
    if (typeof readShard(this.#folder, name) === 'string') {
      throw new Error(
        l10n.t('A new file of older messages could not be read back, so that they stay where they were.'),
      );
    }
    reached('shard:written');
    // Older readers would show no text where there is some.
    raiseMinReader(database, FIRST_SCHEMA_WITH_SHARDS);
    database.run(INSERT, [id, name, messageCount, textBytes, fileBytes, ...stamp(this.#session)]);
    for (const messageId of ids) {
      database.run('UPDATE message SET content_shard = ? WHERE id = ?', [id, messageId]);
    }
    reached('shard:named');
  }

  /** The texts of a shard that messages still name. @throws TextFileError */
  *living({ id, name }: StoredShard): Generator<MessageText> {
    for (const messageId of this.#idsIn(id)) {
      const content = this.#opened.text(name, messageId);
      if (content === undefined) {
        throw new TextFileError(
          l10n.t(
            'Older messages cannot be moved: the file content/{0} lacks some. Run "Check Database".',
            name,
          ),
        );
      }
      yield { id: messageId, content };
    }
  }

  /** Whether the shard is there with all texts that messages expect in it. */
  isWhole({ id, name }: StoredShard): boolean {
    try {
      const shard = this.#opened.shard(name);
      return this.#idsIn(id).every(
        (messageId) => shard.get('SELECT 1 FROM message_text WHERE id = ?', [messageId]) !== undefined,
      );
    } catch (error) {
      if (error instanceof TextFileError) {
        return false;
      }
      throw error;
    }
  }

  /** Notes that nothing is read from shards any more. Their names go: a file that holds a name keeps the shard alive. */
  retire(shards: readonly Pick<StoredShard, 'id'>[]): void {
    const { database } = this.#session;
    // Otherwise the old name would stay in the page until another row comes to stand there.
    database.script('PRAGMA secure_delete = ON');
    try {
      for (const { id } of shards) {
        database.run(RETIRE, [retiredName(id), ...stamp(this.#session), id]);
      }
    } finally {
      database.script('PRAGMA secure_delete = OFF');
    }
  }

  /** Shards that hold text which no message names any more. */
  withGarbage(): StoredShard[] {
    return this.stored().filter(
      // What is not there holds nothing that has to go; whoever reads the others is told that it is missing.
      ({ name, living, messageCount }) => living === 0 || (living < messageCount && this.#exists(name)),
    );
  }

  /**
   * Writes the shards {@link ShardWriter.withGarbage} anew without it, and drops those that hold nothing else.
   * @returns the shards that are not needed any more @throws TextFileError when such a file is damaged
   */
  dropGarbage(): readonly StoredShard[] {
    const dropped = this.withGarbage();
    for (const shard of dropped) {
      if (shard.living > 0) {
        this.seal(this.living(shard));
      }
    }
    this.retire(dropped);
    return dropped;
  }

  /** Ends what belongs to one transaction: without it, the files that it wrote are gone. */
  settle(hasCommitted: boolean): void {
    this.#opened.close();
    const written = this.#written.splice(0);
    if (!hasCommitted) {
      for (const name of written) {
        removeIfPossible(join(this.#folder, name));
      }
    }
  }

  /** The ids of the messages whose text is in a shard. */
  #idsIn(shardId: number): number[] {
    return this.#session.database
      .all<[number]>('SELECT id FROM message WHERE content_shard = ? ORDER BY id', [shardId])
      .map(([id]) => id);
  }

  /** Never given before, not even to a shard of a writer that lost its race or of a newer file that was given up. */
  #nextId(): number {
    const [highest] = this.#session.database.get<[number | null]>('SELECT max(id) FROM content_shards') ?? [];
    return Math.max(highest ?? 0, ...listShards(this.#folder).map(idOfShard)) + 1;
  }

  #exists(name: string): boolean {
    return existsSync(join(this.#folder, name));
  }
}

/** File names below `content/` of the shards that a database names. */
export function shardNames({ database }: Pick<Session, 'database'>): Set<string> {
  return new Set(namedShards(database).map(({ name }) => name));
}

function* noting(texts: Iterable<MessageText>, ids: number[]): Generator<MessageText> {
  for (const text of texts) {
    ids.push(text.id);
    yield text;
  }
}
