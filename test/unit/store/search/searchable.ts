import { join } from 'node:path';
import { buildShard } from '../../../../src/store/content/buildShard';
import { ContentShards } from '../../../../src/store/content/contentShards';
import { newShardName, writeShard } from '../../../../src/store/content/shardFile';
import { ensureDataFolder } from '../../../../src/store/files/dataFolder';
import type { ChatRecord, MessageRecord } from '../../../../src/store/records';
import { searchChats } from '../../../../src/store/search/searchChats';
import type { SearchRequest, SearchResult } from '../../../../src/store/search/searchTypes';
import type { SqliteDatabase } from '../../../../src/store/sqlite/sqlite';
import type { MirrorDatabase } from '../../../../src/store/writer/mirrorDatabase';
import { begin, chat, fetched, message, runEnd, useMirrors, user } from '../builders';
import { openPublished } from '../published';

/** A published mirror, opened as a reader does it. */
export class Searchable {
  readonly shards: ContentShards;

  constructor(
    readonly root: string,
    readonly database: SqliteDatabase,
  ) {
    this.shards = new ContentShards(join(root, 'content'));
  }

  search(request: SearchRequest | string): SearchResult {
    const asked = typeof request === 'string' ? { text: request } : request;
    return searchChats(this.database, this.shards, asked);
  }

  /** What was found, as remote ids of messages and titles of chats. */
  found(request: SearchRequest | string): string[] {
    return this.search(request).hits.map(({ messageId, title }) =>
      messageId === undefined ? `title: ${title ?? ''}` : this.remoteIdOf(messageId),
    );
  }

  remoteIdOf(messageId: number): string {
    return this.database.get<[string]>('SELECT remote_id FROM message WHERE id = ?', [messageId])?.[0] ?? '';
  }

  idOf(remoteId: string): number {
    return this.database.get<[number]>('SELECT id FROM message WHERE remote_id = ?', [remoteId])?.[0] ?? 0;
  }

  /** Moves the text of messages to a new shard, as a compaction does. @returns its name */
  seal(...remoteIds: readonly string[]): string {
    const ids = remoteIds.map((remoteId) => this.idOf(remoteId));
    const texts = ids.map((id) => {
      const sql = 'SELECT CAST(content AS BLOB) FROM message_text WHERE id = ?';
      return { id, content: this.database.get<[Uint8Array]>(sql, [id])?.[0] ?? new Uint8Array() };
    });
    const [last] = this.database.get<[number]>('SELECT coalesce(max(id), 0) FROM content_shards') ?? [0];
    const name = newShardName(last + 1);
    const built = buildShard(texts);
    writeShard(ensureDataFolder(this.root).content, name, built.image, last + 1);
    this.database.run('INSERT INTO content_shards VALUES (?, ?, ?, ?, ?, ?, 0, 0)', [
      last + 1,
      name,
      built.messageCount,
      built.textBytes,
      built.image.length,
      '',
    ]);
    for (const id of ids) {
      this.database.run('UPDATE message SET content_shard = ? WHERE id = ?', [last + 1, id]);
      this.database.run('DELETE FROM message_text WHERE id = ?', [id]);
    }
    return name;
  }

  close(): void {
    this.shards.close();
    this.database.close();
  }
}

export interface SearchableMirrors {
  readonly root: () => string;
  readonly openMirror: () => Promise<MirrorDatabase>;
  /** Publishes what a mirror holds and opens it. */
  readonly publish: (mirror: MirrorDatabase) => Promise<Searchable>;
  /** Opens what was published once more. */
  readonly reopen: () => Promise<Searchable>;
  /** A mirror of one instance with these chats. */
  readonly withChats: (...chats: readonly ChatRecord[]) => Promise<Searchable>;
}

/** Call inside `describe`. */
export function useSearchable(): SearchableMirrors {
  const opened: Searchable[] = [];
  afterEach(() => {
    for (const searchable of opened.splice(0)) {
      searchable.close();
    }
  });
  const { root, open } = useMirrors();
  const reopen = async (): Promise<Searchable> => {
    const searchable = new Searchable(root(), await openPublished(root()));
    opened.push(searchable);
    return searchable;
  };
  const publish = (mirror: MirrorDatabase): Promise<Searchable> => {
    mirror.publish();
    return reopen();
  };
  const withChats = async (...chats: readonly ChatRecord[]): Promise<Searchable> => {
    const mirror = await open();
    const run = begin(mirror);
    fill(mirror, run, chats);
    return publish(mirror);
  };
  return { root, openMirror: () => open(), publish, reopen, withChats };
}

/** Writes chats and ends the run. */
export function fill(mirror: MirrorDatabase, run: string, chats: readonly ChatRecord[]): void {
  const owners = new Set(chats.map(({ userRemoteId }) => userRemoteId));
  mirror.applyUsers(
    run,
    [...owners].map((owner) => user(owner)),
  );
  for (const record of chats) {
    mirror.applyChat(run, fetched(record));
  }
  mirror.endRun(runEnd({ runId: run }));
}

/** A chat whose messages have these texts, each answering the one before. The title says nothing that is looked for. */
export function chatOf(
  remoteId: string,
  texts: Readonly<Record<string, string>>,
  changes: Partial<ChatRecord> = {},
): ChatRecord {
  const messages: MessageRecord[] = [];
  for (const [id, content] of Object.entries(texts)) {
    const parent = messages.at(-1);
    messages.push(
      message(id, parent === undefined ? { content } : { content, parentRemoteId: parent.remoteId }),
    );
  }
  return chat(remoteId, { title: 'Untold', messages, ...changes });
}
