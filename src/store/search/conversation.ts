import * as l10n from '@vscode/l10n';
import type { ContentShards } from '../content/contentShards';
import type {
  Conversation,
  ConversationMessage,
  ConversationOptions,
  MessageContent,
} from './conversationTypes';
import { TextFileError } from '../errors';
import { PRIVACY, type PrivacyMode } from '../instances/privacy';
import type { SqliteDatabase } from '../sqlite/sqlite';

type Nullable<T> = T | null;

type ChatRow = readonly [
  instanceId: number,
  instance: string,
  privacy: PrivacyMode,
  title: Nullable<string>,
  owner: Nullable<string>,
  created: Nullable<string>,
  updated: Nullable<string>,
  tags: string,
  archived: number,
  pinned: number,
  isDeleted: number,
];

const CHAT = `
  SELECT i.id, i.name, i.privacy, c.title, coalesce(u.name, u.email), c.created_at, c.updated_at, c.tags,
    c.archived, c.pinned, c.is_deleted
  FROM main.chats c JOIN main.instances i ON i.id = c.instance_id LEFT JOIN main.users u ON u.id = c.user_id
  WHERE c.id = ?`;

const MODELS = `
  SELECT model_id, message_count FROM main.chat_models WHERE chat_id = ? ORDER BY message_count DESC, model_id`;

/** What is needed to find a message's text. */
type TextRow = readonly [id: number, shard: Nullable<string>, hasShard: number, chars: number];

type MessageRow = readonly [
  ...TextRow,
  parentId: Nullable<number>,
  isActiveBranch: number,
  role: string,
  model: Nullable<string>,
  time: string,
  inputTokens: Nullable<number>,
  outputTokens: Nullable<number>,
  cachedTokens: Nullable<number>,
  reasoningTokens: Nullable<number>,
  durationMs: Nullable<number>,
  rating: Nullable<number>,
  isError: number,
  isDone: number,
  files: number,
  images: number,
  citations: number,
  toolCalls: number,
  isCopy: number,
  isDeleted: number,
];

const TEXT_COLUMNS = `m.id, (SELECT s.name FROM main.content_shards s WHERE s.id = m.content_shard),
  m.content_shard IS NOT NULL, m.content_chars`;

const MESSAGES = `
  SELECT ${TEXT_COLUMNS}, m.parent_id, m.is_active_branch, m.role, m.model_id, m.created_at, m.input_tokens,
    m.output_tokens, m.cached_tokens, m.reasoning_tokens, m.duration_ms, m.rating, m.is_error, m.is_done,
    m.file_count, m.dropped_images, m.citation_count, m.tool_call_count, m.is_copy, m.is_deleted
  FROM main.message m WHERE m.chat_id = ? ORDER BY m.created_at_epoch, m.id`;

/** Reads a chat and the text of its messages; undefined when there is no such chat. Only this chat's rows are read. */
export function loadConversation(
  database: SqliteDatabase,
  shards: ContentShards,
  chatId: number,
  options: ConversationOptions = {},
): Conversation | undefined {
  const row = database.get<ChatRow>(CHAT, [chatId]);
  if (row === undefined) {
    return undefined;
  }
  const [instanceId, instance, privacy, title, owner, created, updated, tags, archived, pinned, isDeleted] =
    row;
  const rows = database.all<MessageRow>(MESSAGES, [chatId]);
  const tree = treeOf(rows);
  const contents = readContents({ database, shards, privacy }, rows, options);
  return {
    chatId,
    instanceId,
    instance,
    title: title ?? undefined,
    owner: owner ?? undefined,
    created: created ?? undefined,
    updated: updated ?? undefined,
    models: database.all<[string, number]>(MODELS, [chatId]).map(([id, messages]) => ({ id, messages })),
    tags: tagsOf(tags),
    isArchived: archived === 1,
    isPinned: pinned === 1,
    isDeleted: isDeleted === 1,
    rootIds: tree.children.get(undefined) ?? [],
    messages: rows.map((message) => toMessage(message, tree, contents.get(message[0]) ?? { kind: 'empty' })),
  };
}

const MESSAGE_TEXT = `
  SELECT i.privacy, ${TEXT_COLUMNS} FROM main.message m JOIN main.instances i ON i.id = m.instance_id WHERE m.id = ?`;

/** Reads the text of one message; undefined when there is no such message. */
export function loadMessageText(
  database: SqliteDatabase,
  shards: ContentShards,
  messageId: number,
  maxChars = Infinity,
): MessageContent | undefined {
  const row = database.get<readonly [privacy: PrivacyMode, ...TextRow]>(MESSAGE_TEXT, [messageId]);
  if (row === undefined) {
    return undefined;
  }
  const [privacy, ...text] = row;
  return readContent({ database, shards, privacy }, text, maxChars);
}

interface Tree {
  /** Parents by id; undefined for a root. A parent outside of the chat makes a root, too. */
  readonly parents: ReadonlyMap<number, number | undefined>;
  /** Children by their parent's id, in the order of the rows; roots by undefined. */
  readonly children: ReadonlyMap<number | undefined, readonly number[]>;
}

function treeOf(rows: readonly MessageRow[]): Tree {
  const ids = new Set(rows.map(([id]) => id));
  const parents = new Map<number, number | undefined>();
  const children = new Map<number | undefined, number[]>();
  for (const row of rows) {
    const [id] = row;
    const parent = row[4] !== null && ids.has(row[4]) ? row[4] : undefined;
    parents.set(id, parent);
    const siblings = children.get(parent) ?? [];
    siblings.push(id);
    children.set(parent, siblings);
  }
  return { parents, children };
}

interface TextAccess {
  readonly database: SqliteDatabase;
  readonly shards: ContentShards;
  readonly privacy: PrivacyMode;
}

/** The active branch first, so that a long chat shows it at once. */
function readContents(
  access: TextAccess,
  rows: readonly MessageRow[],
  { maxChars = Infinity, totalChars = Infinity }: ConversationOptions,
): ReadonlyMap<number, MessageContent> {
  const contents = new Map<number, MessageContent>();
  let left = totalChars;
  for (const row of [...rows].sort((a, b) => b[5] - a[5])) {
    const [id, shard, hasShard, chars] = row;
    const content = readContent(access, [id, shard, hasShard, chars], Math.min(maxChars, Math.max(left, 0)));
    left -= content.kind === 'text' ? content.text.length : 0;
    contents.set(id, content);
  }
  return contents;
}

function readContent(
  { database, shards, privacy }: TextAccess,
  [id, shard, hasShard, chars]: TextRow,
  maxChars: number,
): MessageContent {
  if (!PRIVACY[privacy].keepsText) {
    return chars === 0 ? { kind: 'empty' } : { kind: 'private' };
  }
  try {
    const text = hasShard === 1 ? sealedText(shards, shard, id) : inlineText(database, id);
    if (text === undefined) {
      return chars === 0 ? { kind: 'empty' } : { kind: 'removed', chars };
    }
    return text === '' ? { kind: 'empty' } : { kind: 'text', text: cut(text, maxChars), chars: text.length };
  } catch (error) {
    if (error instanceof TextFileError) {
      return { kind: 'unreadable', message: error.message };
    }
    throw error;
  }
}

function inlineText(database: SqliteDatabase, id: number): string | undefined {
  return database.get<[string]>('SELECT content FROM main.message_text WHERE id = ?', [id])?.[0];
}

function sealedText(shards: ContentShards, name: Nullable<string>, id: number): string | undefined {
  if (name === null) {
    throw new TextFileError(l10n.t('Older messages cannot be read: the database does not name their file.'));
  }
  const bytes = shards.text(name, id);
  return bytes === undefined ? undefined : Buffer.from(bytes).toString();
}

/** Never in the middle of a pair of surrogates. */
function cut(text: string, maxChars: number): string {
  if (text.length <= maxChars) {
    return text;
  }
  const isPair = /[\ud800-\udbff]/.test(text.charAt(maxChars - 1));
  return text.slice(0, isPair ? maxChars - 1 : maxChars);
}

function toMessage(
  row: MessageRow,
  { parents, children }: Tree,
  content: MessageContent,
): ConversationMessage {
  const [id, , , , , isActiveBranch, role, model, time, ...rest] = row;
  const [inputTokens, outputTokens, cachedTokens, reasoningTokens, durationMs, rating, ...marks] = rest;
  const [isError, isDone, files, images, citations, toolCalls, isCopy, isDeleted] = marks;
  return {
    id,
    parentId: parents.get(id),
    childIds: children.get(id) ?? [],
    isActiveBranch: isActiveBranch === 1,
    role,
    model: model ?? undefined,
    time,
    content,
    inputTokens: inputTokens ?? undefined,
    outputTokens: outputTokens ?? undefined,
    cachedTokens: cachedTokens ?? undefined,
    reasoningTokens: reasoningTokens ?? undefined,
    durationMs: durationMs ?? undefined,
    rating: rating ?? undefined,
    isError: isError === 1,
    isDone: isDone === 1,
    files,
    images,
    citations,
    toolCalls,
    isCopy: isCopy === 1,
    isDeleted: isDeleted === 1,
  };
}

/** The column is ours, but a copy of the file may have been edited. */
function tagsOf(json: string): readonly string[] {
  try {
    const tags: unknown = JSON.parse(json);
    return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
  } catch (error) {
    if (error instanceof SyntaxError) {
      return [];
    }
    throw error;
  }
}
