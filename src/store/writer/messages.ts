import type { MessageRecord } from '../records';
import type { ChangeCounts } from '../runs';
import type { Cell } from '../resultSet';
import { longText, type Value } from '../sqlite/sqlite';
import { ChangeTally } from './entityTable';
import { FACT_COLUMNS, hashedSources, hashWithText, hashWithoutText } from './messageHash';
import { insertSources, markSourcesDeleted, replaceSources, storedSources } from './messageSources';
import { keptContent } from './privateRecords';
import { placeholders, stamp, type RunContext, type Session } from './session';

/** The chat whose messages are written. */
export interface OwningChat {
  readonly id: number;
  readonly userId: number;
}

interface StoredMessage {
  readonly id: number;
  readonly hash: string;
  readonly isDeleted: boolean;
}

/** What became of a chat's messages. */
export interface TreeChange {
  readonly counts: ChangeCounts;
  /** False: not one row was written. */
  readonly hasChanged: boolean;
}

const DERIVED_COLUMNS = [
  ...['created_at', 'day', 'hour', 'content_chars', 'parent_id', 'row_hash'],
  ...['sync_datetime', 'sync_datetime_epoch'],
];
const WRITTEN_COLUMNS = [...FACT_COLUMNS, ...DERIVED_COLUMNS];
const INSERTED_COLUMNS = ['instance_id', 'chat_id', 'remote_id', ...WRITTEN_COLUMNS];

const INSERT = `INSERT INTO message (${INSERTED_COLUMNS.join(', ')})
  VALUES (${placeholders(INSERTED_COLUMNS.length)}) RETURNING id`;
const UPDATE = `UPDATE message SET ${WRITTEN_COLUMNS.map((name) => `${name} = ?`).join(', ')}, is_deleted = 0
  WHERE id = ?`;
const DROP_TEXT = 'DELETE FROM message_text WHERE id = ?';
const WRITE_TEXT = `INSERT INTO message_text (id, content) VALUES (?, CAST(? AS TEXT))
  ON CONFLICT (id) DO UPDATE SET content = excluded.content WHERE content <> excluded.content`;
/** Changed text stands inline again, wherever the old one was. */
const INLINE = 'UPDATE message SET content_shard = NULL WHERE id = ? AND content_shard IS NOT NULL';
const DELETE = `UPDATE message SET is_deleted = 1, sync_datetime = ?, sync_datetime_epoch = ? WHERE id = ?`;

/** The tables `message`, `message_text` and `message_sources`, a chat at a time. */
export class MessageTable {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * Makes a chat's messages equal to `records` (parents before children): equal rows are untouched, rows never
   * change their id, missing ones are marked deleted, those that are back are unmarked.
   */
  applyTree(run: RunContext, chat: OwningChat, records: readonly MessageRecord[]): TreeChange {
    const tally = new ChangeTally();
    const stored = this.#storedOf(chat.id);
    const ids = new Map<string, number>();
    for (const record of records) {
      if (ids.has(record.remoteId)) {
        continue;
      }
      const parentId = record.parentRemoteId === undefined ? undefined : ids.get(record.parentRemoteId);
      const before = stored.get(record.remoteId);
      const facts = factsOf(chat, record);
      const hash = hashOf(run, facts, record);
      if (before?.hash === hash && !before.isDeleted) {
        ids.set(record.remoteId, before.id);
        tally.add('unchanged');
        continue;
      }
      const values = [...facts, ...this.#derive(record), parentId ?? null, hash, ...stamp(this.#session)];
      ids.set(record.remoteId, this.#write(run, chat, record, values, before));
      tally.add(before === undefined ? 'inserted' : before.isDeleted ? 'restored' : 'updated');
    }
    tally.addDeleted(this.#markMissing(stored, ids));
    const counts = tally.counts();
    return { counts, hasChanged: counts.seen > counts.unchanged || counts.deleted > 0 };
  }

  /** Makes the hashes of an instance's rows those of what they hold once their text is gone. */
  rehashWithoutText(instanceId: number): void {
    const { database } = this.#session;
    const facts = FACT_COLUMNS.map((column) => `m.${column}`).join(', ');
    const rows = database.all<readonly [id: number, hash: string, characters: number, ...values: Cell[]]>(
      `SELECT m.id, m.row_hash, m.content_chars, ${facts}, parent.remote_id
       FROM message m LEFT JOIN message parent ON parent.id = m.parent_id WHERE m.instance_id = ?`,
      [instanceId],
    );
    const sources = storedSources(this.#session, instanceId);
    for (const [id, before, characters, ...values] of rows) {
      const hash = hashWithoutText(values, sources.get(id) ?? [], characters);
      if (hash !== before) {
        database.run('UPDATE message SET row_hash = ? WHERE id = ?', [hash, id]);
      }
    }
  }

  #storedOf(chatId: number): Map<string, StoredMessage> {
    const rows = this.#session.database.all<[string, number, string, number]>(
      'SELECT remote_id, id, row_hash, is_deleted FROM message WHERE chat_id = ?',
      [chatId],
    );
    return new Map(
      rows.map(([remoteId, id, hash, deleted]) => [remoteId, { id, hash, isDeleted: deleted === 1 }]),
    );
  }

  #write(
    run: RunContext,
    chat: OwningChat,
    { remoteId, content, sources }: MessageRecord,
    values: readonly Value[],
    before: StoredMessage | undefined,
  ): number {
    const { database } = this.#session;
    if (before === undefined) {
      const [id] = database.get<[number]>(INSERT, [run.instanceId, chat.id, remoteId, ...values]) ?? [0];
      this.#writeText(id, keptContent(run.rules, content));
      insertSources(this.#session, run, id, sources);
      return id;
    }
    database.run(UPDATE, [...values, before.id]);
    this.#writeText(before.id, keptContent(run.rules, content));
    database.run(INLINE, [before.id]);
    replaceSources(this.#session, run, before.id, sources);
    return before.id;
  }

  #writeText(id: number, content: string | undefined): void {
    const { database } = this.#session;
    if (content === undefined) {
      database.run(DROP_TEXT, [id]);
    } else {
      database.run(WRITE_TEXT, [id, longText(content)]);
    }
  }

  /** The first of {@link DERIVED_COLUMNS}. */
  #derive({ createdAt, content }: MessageRecord): Value[] {
    const { text, day, hour } = this.#session.localTime(createdAt);
    return [text, day, hour, codePointsIn(content)];
  }

  #markMissing(stored: ReadonlyMap<string, StoredMessage>, present: ReadonlyMap<string, number>): number {
    const missing = [...stored].filter(([remoteId, { isDeleted }]) => !isDeleted && !present.has(remoteId));
    for (const [, { id }] of missing) {
      this.#session.database.run(DELETE, [...stamp(this.#session), id]);
      markSourcesDeleted(this.#session, id);
    }
    return missing.length;
  }
}

function hashOf(
  { rules }: RunContext,
  facts: readonly Value[],
  { parentRemoteId, content, sources }: MessageRecord,
): string {
  const told = [...facts, parentRemoteId ?? null];
  const used = hashedSources(sources);
  return rules.keepsText
    ? hashWithText(told, used, content)
    : hashWithoutText(told, used, codePointsIn(content));
}

/** In the order of {@link FACT_COLUMNS}. */
function factsOf({ userId }: OwningChat, record: MessageRecord): Value[] {
  const { usage } = record;
  return [
    ...[userId, record.role, record.modelId ?? null, Math.floor(record.createdAt), record.createdAtSource],
    ...[usage?.inputTokens, usage?.outputTokens, usage?.cachedTokens, usage?.reasoningTokens].map(orNull),
    ...[usage?.dialect, rounded(usage?.durationMs), rounded(usage?.outputMs), record.rating].map(orNull),
    ...[record.isError, record.isDone, record.isArena, record.isActiveBranch].map(Number),
    ...[record.droppedImages, record.fileCount, record.citationCount, record.toolCallCount],
  ];
}

function orNull(value: string | number | undefined): string | number | null {
  return value ?? null;
}

function rounded(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.round(value);
}

/** What SQLite's `length()` counts: a pair of surrogates is one character. */
function codePointsIn(text: string): number {
  let pairs = 0;
  for (let index = 0; index < text.length - 1; index++) {
    if ((text.charCodeAt(index) & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00) {
      pairs++;
    }
  }
  return text.length - pairs;
}
