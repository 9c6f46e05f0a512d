import type { ContentShards } from '../content/contentShards';
import { namedShards } from '../content/namedShards';
import { TextFileError, unreadableText } from '../errors';
import type { SqlParameters } from '../resultSet';
import type { Selection, SelectionLimit, SqliteDatabase } from '../sqlite/sqlite';
import { whileWritable } from './whileWritable';

/** What a statement of unknown text runs on. */
export interface Statements extends Pick<SqliteDatabase, 'check' | 'remainder'> {
  /** Runs a statement once, with `:name` parameters, and returns at most what `limit` allows; a number: of rows. */
  select(
    sql: string,
    limit: number | SelectionLimit,
    parameters?: SqlParameters,
  ): Selection | Promise<Selection>;
}

/** A statement that reads more texts than these one by one starts again with the shards attached; about 40 ms. */
const MAX_SINGLE_TEXTS = 2_000;

/** Where no more rows are wanted, each row may bring one text more: all shards are opened for what looks further. */
const MAX_ROWS_WITH_TEXT = 10_000;

/** SQLite attaches no more databases. */
const MAX_ATTACHED = 10;

const INLINE_TEXT = '(SELECT t.content FROM main.message_text t WHERE t.id = m.id)';
/** As bytes: a function that returns a text of 5 MB or more overflows the stack of sql.js. */
const SINGLE_TEXT = 'CAST(shard_text(m.content_shard, m.id) AS TEXT)';

/** The public views with the rows that they hold. */
const VIEWS = [
  { name: 'messages', where: '' },
  { name: 'messages_counted', where: 'WHERE m.is_copy = 0' },
] as const;

/** A statement reads many texts. */
class ManyTextsError extends Error {}

/**
 * The statements of a reading copy, with the text in shards within their reach.
 * @param maxSingleTexts texts that a statement reads one by one before it starts again with the shards attached
 */
export function statementsOf(
  database: SqliteDatabase,
  shards: ContentShards,
  maxSingleTexts = MAX_SINGLE_TEXTS,
): Statements {
  const named = namedShards(database).sort((a, b) => b.messageCount - a.messageCount);
  const names = new Map(named.map(({ id, name }) => [id, name]));
  return names.size === 0 ? database : new ShardedText(database, shards, names, maxSingleTexts);
}

/**
 * Reads text wherever it is. Few texts are read one by one by a function that the views `messages` and
 * `messages_counted` call: only the shards that hold them are opened. A statement that turns out to read many is
 * stopped and runs again on views of the same names that find the text in attached shards, 8 times as fast.
 */
class ShardedText implements Statements {
  readonly #database: SqliteDatabase;
  readonly #shards: ContentShards;
  /** `content_shards.id` -> name, those with most messages first. */
  readonly #names: ReadonlyMap<number, string>;
  readonly #maxSingleTexts: number;
  /** Texts that may still be read one by one. */
  #allowance = 0;
  /** A filter and the select list ask for the same text one after the other. */
  #last: { readonly messageId: number; readonly text: Uint8Array } | undefined;

  constructor(
    database: SqliteDatabase,
    shards: ContentShards,
    names: ReadonlyMap<number, string>,
    maxSingleTexts: number,
  ) {
    this.#database = database;
    this.#shards = shards;
    this.#names = names;
    this.#maxSingleTexts = maxSingleTexts;
    database.defineFunction('shard_text', (shardId, messageId) =>
      this.#text(Number(shardId), Number(messageId)),
    );
    // A CASE with a subquery: SQLite evaluates it behind all cheaper conditions.
    const text = `CASE WHEN m.content_shard IS NULL THEN ${INLINE_TEXT} ELSE ${SINGLE_TEXT} END`;
    whileWritable(database, () => {
      for (const view of VIEWS) {
        database.script(`DROP VIEW main.${view.name}; CREATE VIEW main.${viewSql(view, text)}`);
      }
    });
  }

  check(sql: string): void {
    this.#database.check(sql);
  }

  remainder(sql: string): string {
    return this.#database.remainder(sql);
  }

  /** @throws TextFileError when a shard is missing or damaged that holds a text that was asked for. */
  async select(sql: string, limit: number | SelectionLimit, parameters?: SqlParameters): Promise<Selection> {
    try {
      this.#allowance = this.#maxSingleTexts;
      const mostRows = typeof limit === 'number' ? limit : limit.rows;
      const perRow = mostRows <= MAX_ROWS_WITH_TEXT ? 1 : 0;
      return this.#database.select(sql, limit, parameters, () => {
        this.#allowance += perRow;
      });
    } catch (error) {
      if (!(error instanceof ManyTextsError)) {
        throw error;
      }
    } finally {
      this.#last = undefined;
    }
    await this.#shards.openAhead([...this.#names.values()].slice(0, MAX_ATTACHED));
    return this.#withShardsAttached(() => this.#database.select(sql, limit, parameters));
  }

  #text(shardId: number, messageId: number): Uint8Array {
    if (this.#last?.messageId !== messageId) {
      if (this.#allowance-- <= 0) {
        throw new ManyTextsError();
      }
      this.#last = { messageId, text: this.#stored(shardId, messageId) };
    }
    return this.#last.text;
  }

  #stored(shardId: number, messageId: number): Uint8Array {
    const name = this.#names.get(shardId);
    const text = name === undefined ? undefined : this.#shards.text(name, messageId);
    if (text === undefined) {
      const lack =
        name === undefined ? `the database does not name file ${shardId}` : `content/${name} lacks some`;
      throw unreadableText(lack);
    }
    return text;
  }

  /** All within one synchronous call: a shard must not be closed while it is attached. */
  #withShardsAttached<T>(work: () => T): T {
    const attached: number[] = [];
    try {
      whileWritable(this.#database, () => this.#attach(attached));
      this.#allowance = Infinity;
      return work();
    } finally {
      this.#last = undefined;
      whileWritable(this.#database, () => this.#detach(attached));
    }
  }

  /** The views are made last, of what is attached: one that names a missing shard would fail every statement. */
  #attach(attached: number[]): void {
    for (const [id, name] of [...this.#names].slice(0, MAX_ATTACHED)) {
      const shard = this.#readable(name);
      if (shard !== undefined) {
        this.#database.script(`ATTACH '${shard.filename}' AS shard_${id}`);
        attached.push(id);
      }
    }
    // What a shard lacks is left to the function, which says so.
    const places = attached.map(
      (id) =>
        `WHEN m.content_shard = ${id} THEN
          coalesce((SELECT t.content FROM shard_${id}.message_text t WHERE t.id = m.id), ${SINGLE_TEXT})`,
    );
    const text = `CASE WHEN m.content_shard IS NULL THEN ${INLINE_TEXT} ${places.join(' ')} ELSE ${SINGLE_TEXT} END`;
    for (const view of VIEWS) {
      this.#database.script(`CREATE TEMP VIEW ${viewSql(view, text)}`);
    }
  }

  #detach(attached: readonly number[]): void {
    for (const { name } of VIEWS) {
      this.#database.script(`DROP VIEW IF EXISTS temp.${name}`);
    }
    for (const id of attached) {
      this.#database.script(`DETACH shard_${id}`);
    }
  }

  /** A damaged shard is left to the function: it says so when a statement needs one of its texts. */
  #readable(name: string): SqliteDatabase | undefined {
    try {
      return this.#shards.shard(name);
    } catch (error) {
      if (error instanceof TextFileError) {
        return undefined;
      }
      throw error;
    }
  }
}

/** The rest of a CREATE VIEW, columns and their order as the schema has them. */
function viewSql({ name, where }: (typeof VIEWS)[number], text: string): string {
  return `${name} AS SELECT m.*, ${text} AS content FROM main.message m ${where}`;
}
