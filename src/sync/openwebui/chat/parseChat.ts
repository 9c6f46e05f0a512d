import * as v from 'valibot';
import { MalformedChatError, type ChatContext, type ChatRecord } from '../../../store/records';
import { flag, optionalId, text, time } from '../fields';
import { wellFormed } from '../text';
import { parseJson } from './bigIntegers';
import { parseMessages, type RawMessages } from './messages';

type Fields = Readonly<Record<string, unknown>>;

const fields = v.record(v.string(), v.unknown());
const optionalFields = v.fallback(v.optional(fields), undefined);

const envelope = v.object({
  id: optionalId,
  title: text,
  chat: fields,
  created_at: time,
  updated_at: time,
  archived: flag,
  pinned: flag,
  folder_id: optionalId,
  share_id: optionalId,
  meta: optionalFields,
});

const decoder = new TextDecoder();

/**
 * Reads one chat as `GET /api/v1/chats/share/{id}` answers it, on every version.
 * @throws MalformedChatError when the body is not one whole chat, or another one
 */
export function parseChat(body: Uint8Array, context: ChatContext): ChatRecord {
  const parsed = v.safeParse(envelope, jsonOf(body));
  if (!parsed.success) {
    throw new MalformedChatError('The answer is no chat');
  }
  const chat = parsed.output;
  if (chat.id !== context.remoteId) {
    throw new MalformedChatError('The answer is another chat');
  }
  const { messages, currentId } = parseMessages(rawMessages(chat.chat, context.remoteId), {
    chatCreatedAt: chat.created_at ?? chat.updated_at ?? context.serverNow,
    serverNow: context.serverNow,
  });
  return {
    remoteId: context.remoteId,
    userRemoteId: context.userRemoteId,
    title: chat.title ?? titleOf(chat.chat),
    createdAt: chat.created_at,
    updatedAt: chat.updated_at,
    archived: chat.archived ?? false,
    pinned: chat.pinned ?? false,
    folderId: chat.folder_id,
    shareId: chat.share_id,
    tags: tagsOf(chat.meta),
    currentMessageId: currentId,
    messages,
  };
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return parseJson(decoder.decode(body));
  } catch (error) {
    throw new MalformedChatError('The answer is cut off or no JSON', { cause: error });
  }
}

function titleOf(chat: Fields): string | undefined {
  return typeof chat['title'] === 'string' ? wellFormed(chat['title']) : undefined;
}

/** The tree of `history.messages`; where there is none, the plain list `messages` of very old chats. */
function rawMessages(chat: Fields, chatId: string): RawMessages {
  const history = fieldsOf(chat['history']);
  const tree = keyed(history?.['messages'], chatId);
  const currentId = v.parse(optionalId, history?.['currentId']);
  if (tree.size > 0) {
    return { byId: tree, isLinear: false, currentId };
  }
  return { byId: keyed(chat['messages'], chatId), isLinear: true, currentId };
}

/**
 * Messages by their key in the tree; in a list by their own id, else by their place in this chat: an id that another
 * chat has too would make one of the messages a copy.
 */
function keyed(messages: unknown, chatId: string): ReadonlyMap<string, Record<string, unknown>> {
  const entries = Array.isArray(messages)
    ? messages.map((message: unknown, index): [string, unknown] => [
        idOf(message) ?? `${chatId}#${index}`,
        message,
      ])
    : Object.entries(fieldsOf(messages) ?? {});
  const byId = new Map<string, Record<string, unknown>>();
  for (const [key, message] of entries) {
    const messageFields = fieldsOf(message);
    if (messageFields !== undefined) {
      byId.set(wellFormed(key), messageFields);
    }
  }
  return byId;
}

function idOf(message: unknown): string | undefined {
  return v.parse(optionalId, fieldsOf(message)?.['id']);
}

/** Ids of tags: text, or objects with an id or a name. */
function tagsOf(meta: Fields | undefined): readonly string[] {
  const tags = Array.isArray(meta?.['tags']) ? (meta['tags'] as readonly unknown[]) : [];
  const ids = tags.map((tag) => {
    const named = fieldsOf(tag);
    return v.parse(optionalId, named === undefined ? tag : (named['id'] ?? named['name']));
  });
  return [...new Set(ids.filter((id) => id !== undefined))];
}

function fieldsOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
