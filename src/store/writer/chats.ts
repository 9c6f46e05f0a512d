import type { ApplyChatResult } from '../writeResults';
import type { FetchedChat } from '../mirrorWriter';
import type { KnownChat } from '../mirrorFacts';
import type { PrivacyRules } from '../instances/privacy';
import { MalformedChatError, type ChatDecoder, type ChatRecord } from '../records';
import { markCopies } from './copies';
import { ChangeTally, EntityTable, type TableOf } from './entityTable';
import { endHolds } from './heldDeletions';
import { MessageTable } from './messages';
import { markSourcesOfChatDeleted } from './messageSources';
import { keptContent, keptOfChat } from './privateRecords';
import { release } from './quarantine';
import { stamp, type RunContext, type Session } from './session';
import type { UserTable } from './users';

const DEFINITION = {
  table: 'chats',
  key: 'remote_id',
  columns: [
    ...(['user_id', 'title', 'archived', 'pinned', 'folder_id', 'share_id', 'tags'] as const),
    'current_message_id',
  ],
  times: ['created_at', 'updated_at'],
  keepsUnknown: false,
} as const;

/** A chat fetched sooner after its last change may still change without moving `updated_at`. */
const SETTLING_SECONDS = 600;
/** An answer that is not done after a day never will be. */
const GIVEN_UP_SECONDS = 86_400;

const WRITE_CHAT_MODEL = `
  INSERT INTO chat_models (chat_id, model_id, instance_id, message_count, sync_datetime, sync_datetime_epoch)
  VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (chat_id, model_id) DO UPDATE SET message_count = excluded.message_count, is_deleted = 0,
    sync_datetime = excluded.sync_datetime, sync_datetime_epoch = excluded.sync_datetime_epoch
  WHERE message_count <> excluded.message_count OR is_deleted <> 0`;

interface Fetch extends Pick<FetchedChat, 'fetchedAt' | 'keepsTime'> {
  /** As far as it is kept. */
  readonly listTitle: string | undefined;
}

type KnownChatRow = readonly [
  remoteId: string,
  updatedAt: number | null,
  listTitle: string | null,
  isSettled: number,
  fetchedAt: number | null,
  isDeleted: number,
];

/** The tables `chats`, `chat_models` and those of {@link MessageTable}, a whole chat at a time. */
export class ChatTable {
  readonly #session: Session;
  readonly #users: UserTable;
  readonly #decode: ChatDecoder;
  readonly #table: TableOf<typeof DEFINITION>;
  readonly #messages: MessageTable;

  constructor(session: Session, users: UserTable, decode: ChatDecoder) {
    this.#session = session;
    this.#users = users;
    this.#decode = decode;
    this.#table = new EntityTable(session, DEFINITION);
    this.#messages = new MessageTable(session);
  }

  /** Chats that are not marked deleted. */
  countLive(instanceId: number): number {
    const [live] = this.#session.database.get<[number]>(
      'SELECT COUNT(*) FROM chats WHERE instance_id = ? AND is_deleted = 0',
      [instanceId],
    ) ?? [0];
    return live;
  }

  known(instanceId: number, userRemoteId: string): KnownChat[] {
    const userId = this.#users.idOf(instanceId, userRemoteId);
    if (userId === undefined) {
      return [];
    }
    return this.#session.database
      .all<KnownChatRow>(
        `SELECT remote_id, updated_at_epoch, list_title, is_settled, fetched_at_epoch, is_deleted
         FROM chats WHERE user_id = ?`,
        [userId],
      )
      .map(([remoteId, updatedAt, listTitle, isSettled, fetchedAt, isDeleted]) => ({
        remoteId,
        updatedAt: updatedAt ?? undefined,
        listTitle: listTitle ?? undefined,
        isSettled: isSettled === 1,
        fetchedAt: fetchedAt ?? undefined,
        isDeleted: isDeleted === 1,
      }));
  }

  apply(run: RunContext, fetched: FetchedChat): ApplyChatResult {
    try {
      return this.#write(run, fetched, keptOfChat(run.rules, this.#read(fetched)));
    } catch (error) {
      if (error instanceof MalformedChatError) {
        return { outcome: 'malformed', reason: error.message };
      }
      throw error;
    }
  }

  /** Marks chats with their messages. @returns the number of chats that were not marked yet. */
  markDeleted(run: RunContext, remoteIds: readonly string[]): number {
    const marked = this.#table.markDeleted(run, remoteIds);
    for (const remoteId of marked) {
      const id = this.#table.idOf(run.instanceId, remoteId) ?? 0;
      this.#markContent(id);
      markCopies(this.#session, run, id);
      // What is gone need not be tried again.
      release(this.#session, run, 'chats', remoteId);
    }
    return marked.length;
  }

  /** Marks all chats of a user; none of them waits for a person any more. */
  markDeletedOf(run: RunContext, userRemoteId: string): void {
    const chats = this.known(run.instanceId, userRemoteId).map(({ remoteId }) => remoteId);
    this.markDeleted(run, chats);
    endHolds(this.#session, run, 'chats', chats);
  }

  /** See {@link EntityTable.rehash}. @param rules what the rows hold now */
  rehash(instanceId: number, rules: PrivacyRules): void {
    this.#table.rehash(instanceId);
    if (!rules.keepsText) {
      this.#messages.rehashWithoutText(instanceId);
    }
  }

  #read({ body, remoteId, userRemoteId, serverNow }: FetchedChat): ChatRecord {
    const record = this.#decode(body, { remoteId, userRemoteId, serverNow });
    if (record.remoteId !== remoteId) {
      throw new MalformedChatError('The server answered with another chat');
    }
    return record;
  }

  #write(run: RunContext, fetched: FetchedChat, record: ChatRecord): ApplyChatResult {
    const userId = this.#users.ensure(run, record.userRemoteId, true);
    const chat = new ChangeTally();
    const { id, change } = this.#table.apply(run, record.remoteId, {
      values: {
        user_id: userId,
        title: record.title,
        archived: Number(record.archived),
        pinned: Number(record.pinned),
        folder_id: record.folderId,
        share_id: record.shareId,
        tags: JSON.stringify(record.tags),
        current_message_id: record.currentMessageId,
      },
      times: { created_at: record.createdAt, updated_at: record.updatedAt },
    });
    chat.add(change);
    const messages = this.#messages.applyTree(run, { id, userId }, record.messages);
    if (messages.hasChanged || change !== 'unchanged') {
      this.#session.database.run(
        'UPDATE chats SET last_changed_run = ?, sync_datetime = ?, sync_datetime_epoch = ? WHERE id = ?',
        [run.rowId, ...stamp(this.#session), id],
      );
      this.#writeChatModels(run, id);
      markCopies(this.#session, run, id);
    }
    const isSettled = isSettledAt(record, fetched.serverNow);
    const listTitle = keptContent(run.rules, fetched.listed?.title);
    this.#noteFetch(id, { ...fetched, listTitle }, record, isSettled, messages.counts.seen);
    return { outcome: 'applied', chats: chat.counts(), messages: messages.counts, isSettled };
  }

  /**
   * What is known of the fetch itself. The time of a fetch that found nothing new is noted only where that was asked
   * for, or where the last one came too soon after the chat's change: runs in which nothing happens write nothing.
   */
  #noteFetch(
    id: number,
    { fetchedAt, keepsTime, listTitle }: Fetch,
    { updatedAt = 0 }: ChatRecord,
    isSettled: boolean,
    messageCount: number,
  ): void {
    this.#session.database.run(
      `UPDATE chats SET message_count = ?1, is_settled = ?2, list_title = coalesce(?3, list_title),
         fetched_at_epoch = ?4, has_sources = 1, sync_datetime = ?5, sync_datetime_epoch = ?6
       WHERE id = ?7 AND (message_count <> ?1 OR is_settled <> ?2 OR list_title IS NOT coalesce(?3, list_title)
         OR has_sources = 0 OR coalesce(fetched_at_epoch, 0) < ?8)`,
      [
        ...[messageCount, isSettled ? 1 : 0, listTitle ?? null, fetchedAt],
        ...stamp(this.#session),
        ...[id, keepsTime === true ? fetchedAt : Math.min(updatedAt + SETTLING_SECONDS, fetchedAt)],
      ],
    );
  }

  /** Which models answered how often; what no longer holds is removed, since the table is derived. */
  #writeChatModels(run: RunContext, chatId: number): void {
    const { database } = this.#session;
    database.run(
      `DELETE FROM chat_models WHERE chat_id = ?1 AND model_id NOT IN (
         SELECT model_id FROM message
         WHERE chat_id = ?1 AND is_deleted = 0 AND role <> 'user' AND model_id IS NOT NULL)`,
      [chatId],
    );
    // Counted here: GROUP BY would make a table of its own for each chat.
    const answers = database.all<[string]>(
      `SELECT model_id FROM message
       WHERE chat_id = ? AND is_deleted = 0 AND role <> 'user' AND model_id IS NOT NULL`,
      [chatId],
    );
    const counts = new Map<string, number>();
    for (const [modelId] of answers) {
      counts.set(modelId, (counts.get(modelId) ?? 0) + 1);
    }
    for (const [modelId, count] of counts) {
      database.run(WRITE_CHAT_MODEL, [chatId, modelId, run.instanceId, count, ...stamp(this.#session)]);
    }
  }

  #markContent(chatId: number): void {
    const { database } = this.#session;
    const values = [...stamp(this.#session), chatId];
    markSourcesOfChatDeleted(this.#session, chatId);
    for (const table of ['message', 'chat_models']) {
      database.run(
        `UPDATE ${table} SET is_deleted = 1, sync_datetime = ?, sync_datetime_epoch = ?
         WHERE chat_id = ? AND is_deleted = 0`,
        values,
      );
    }
    database.run('UPDATE chats SET message_count = 0 WHERE id = ?', [chatId]);
  }
}

/** Whether nothing more is to be expected without the chat's `updated_at` moving. Both times are the server's. */
function isSettledAt({ updatedAt = 0, messages }: ChatRecord, serverNow: number): boolean {
  const age = serverNow - updatedAt;
  const isAnswering = messages.some(({ role, isDone }) => role !== 'user' && !isDone);
  // Dated in the future, its age says nothing; it would be fetched at each run until that day.
  const isAhead = age < -SETTLING_SECONDS && !isAnswering;
  return isAhead || age >= (isAnswering ? GIVEN_UP_SECONDS : SETTLING_SECONDS);
}
