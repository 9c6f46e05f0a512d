/**
 * What a sync hands to the store: one record per object of the server, already validated and in our own
 * units. Times are whole seconds since 1970 (UTC); `undefined` means that the server did not tell.
 */

/** Feeds that a sync mirrors; also the names in `sync_run_streams.stream` and `sync_state.stream`. */
export const STREAMS = [
  'users',
  'groups',
  'chats',
  'messages',
  'feedback',
  'models',
  'knowledge_bases',
  'files',
] as const;
export type StreamName = (typeof STREAMS)[number];

/** Seconds since 1970-01-01 00:00:00 UTC. */
export type EpochSeconds = number;

export interface UserRecord {
  readonly remoteId: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly role?: string | undefined;
  readonly createdAt?: EpochSeconds | undefined;
  readonly updatedAt?: EpochSeconds | undefined;
  readonly lastActiveAt?: EpochSeconds | undefined;
}

/** A row of a chat list: enough to decide whether the chat must be fetched. */
export interface ChatListRecord {
  readonly remoteId: string;
  readonly title: string;
  readonly updatedAt: EpochSeconds;
  readonly createdAt?: EpochSeconds | undefined;
}

/** Where a message's time came from when its own was absent or impossible. */
export type CreatedAtSource = 'message' | 'ancestor' | 'chat';

/** Token counts and timings that the provider reported for one generation. Missing is unknown, never 0. */
export interface UsageRecord {
  readonly dialect: string;
  readonly inputTokens?: number | undefined;
  readonly outputTokens?: number | undefined;
  /** Part of `inputTokens`. */
  readonly cachedTokens?: number | undefined;
  /** Part of `outputTokens`. */
  readonly reasoningTokens?: number | undefined;
  readonly durationMs?: number | undefined;
  readonly outputMs?: number | undefined;
}

/** Something that a message uses besides its model. */
export interface MessageSourceRecord {
  readonly kind: 'file' | 'knowledge' | 'web' | 'tool';
  /** `attached`: the turn carries it; `cited`: the answer was given it; `called`: it was run. */
  readonly use: 'attached' | 'cited' | 'called';
  /** Remote id of the file or knowledge base, name of the tool; '' for the web, whose addresses are not kept. */
  readonly remoteId: string;
  /** Calls of a tool; 1 of the others. */
  readonly times: number;
}

export interface MessageRecord {
  readonly remoteId: string;
  /** Remote id of the parent; absent at a root and where the parent does not exist. */
  readonly parentRemoteId?: string | undefined;
  readonly role: string;
  readonly modelId?: string | undefined;
  readonly createdAt: EpochSeconds;
  readonly createdAtSource: CreatedAtSource;
  readonly usage?: UsageRecord | undefined;
  readonly rating?: 1 | -1 | undefined;
  readonly isError: boolean;
  readonly isDone: boolean;
  readonly isArena: boolean;
  readonly isActiveBranch: boolean;
  /** Plain text; inline base64 images are dropped and counted. */
  readonly content: string;
  readonly droppedImages: number;
  readonly fileCount: number;
  readonly citationCount: number;
  readonly toolCallCount: number;
  /** Each once. */
  readonly sources: readonly MessageSourceRecord[];
}

/** One whole chat: its envelope and its complete message tree, parents before children. */
export interface ChatRecord {
  readonly remoteId: string;
  readonly userRemoteId: string;
  readonly title?: string | undefined;
  readonly createdAt?: EpochSeconds | undefined;
  readonly updatedAt?: EpochSeconds | undefined;
  readonly archived: boolean;
  readonly pinned: boolean;
  readonly folderId?: string | undefined;
  readonly shareId?: string | undefined;
  readonly tags: readonly string[];
  readonly currentMessageId?: string | undefined;
  readonly messages: readonly MessageRecord[];
}

export interface ModelRecord {
  readonly modelId: string;
  readonly name?: string | undefined;
  readonly baseModelId?: string | undefined;
  readonly owner?: string | undefined;
  readonly source: 'workspace' | 'provider';
  readonly isActive: boolean;
  readonly createdAt?: EpochSeconds | undefined;
  readonly updatedAt?: EpochSeconds | undefined;
}

export interface KnowledgeBaseRecord {
  readonly remoteId: string;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly userRemoteId?: string | undefined;
  /** Remote ids of its files; absent when the server's list does not carry them. */
  readonly fileRemoteIds?: readonly string[] | undefined;
  readonly createdAt?: EpochSeconds | undefined;
  readonly updatedAt?: EpochSeconds | undefined;
}

export interface FileRecord {
  readonly remoteId: string;
  readonly filename?: string | undefined;
  readonly contentType?: string | undefined;
  /** Bytes. */
  readonly size?: number | undefined;
  readonly userRemoteId?: string | undefined;
  readonly createdAt?: EpochSeconds | undefined;
  readonly updatedAt?: EpochSeconds | undefined;
}

/** A group of users and who belongs to it right now. */
export interface GroupRecord {
  readonly remoteId: string;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  /** Remote ids of its members; absent when the server did not tell them. */
  readonly memberRemoteIds?: readonly string[] | undefined;
  readonly createdAt?: EpochSeconds | undefined;
  readonly updatedAt?: EpochSeconds | undefined;
}

/** One rating of one answer. The same rating stands in the message; rows outlive their user and their chat. */
export interface FeedbackRecord {
  readonly remoteId: string;
  readonly userRemoteId?: string | undefined;
  readonly chatRemoteId?: string | undefined;
  readonly messageRemoteId?: string | undefined;
  /** The model that was rated; in an arena the one truly used. */
  readonly modelId?: string | undefined;
  /** Models that answered the same question beside it. */
  readonly siblingModelIds: readonly string[];
  readonly rating?: 1 | -1 | undefined;
  /** Rating from 1 to 10, where the person gave one. */
  readonly score?: number | undefined;
  /** One of the server's fixed words, such as `accurate`. */
  readonly reason?: string | undefined;
  /** What the person wrote. */
  readonly comment?: string | undefined;
  readonly tags: readonly string[];
  readonly isArena: boolean;
  readonly createdAt?: EpochSeconds | undefined;
  readonly updatedAt?: EpochSeconds | undefined;
}

/** The body is not a whole JSON chat, or another chat than the one asked for: fetch it again. */
export class MalformedChatError extends Error {
  override readonly name = 'MalformedChatError';
}

/** What was known about a chat before its body was read. */
export interface ChatContext {
  readonly remoteId: string;
  readonly userRemoteId: string;
  /** The answer's `Date`, in server time: bounds message times from above. */
  readonly serverNow: EpochSeconds;
}

/** Turns a fetched body into a record; runs in the writer worker. @throws MalformedChatError */
export type ChatDecoder = (body: Uint8Array, context: ChatContext) => ChatRecord;
