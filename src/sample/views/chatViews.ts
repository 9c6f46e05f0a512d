import { project } from '../columns';
import type { Dialect } from '../dialects';
import { activeBranch } from '../messageTree';
import type { SampleChat, SampleFolder, SampleMessage, SharedCopy } from '../model';
import type { SampleWorld } from '../world';

type Json = Record<string, unknown>;

/** A row of a chat list; `archived`, `snippet` and `active` are placeholders there. */
export function chatItem(dialect: Dialect, chat: SampleChat): Json {
  return project(
    {
      id: chat.id,
      title: chat.title,
      updated_at: chat.updatedAt,
      created_at: chat.createdAt,
      last_read_at: chat.lastReadAt,
      active: false,
      archived: false,
    },
    dialect.columns.chatItem,
  );
}

/** A whole chat. @param readerId whose request it is: 0.12 hides parts of other people's chats. */
export function chatEnvelope(world: SampleWorld, dialect: Dialect, chat: SampleChat, readerId: string): Json {
  const envelope = project(
    {
      id: chat.id,
      user_id: chat.userId,
      title: chat.title,
      chat: chatJson(world, dialect, chat, readerId),
      updated_at: chat.updatedAt,
      created_at: chat.createdAt,
      share_id: chat.shareId,
      archived: chat.archived,
      pinned: chat.pinned,
      meta: chatMeta(chat),
      variables: {},
      folder_id: chat.folderId,
      current_message_id: activeBranch(chat.body).at(-1)?.id ?? null,
    },
    dialect.columns.chat,
  );
  return dialect.removesNul ? withoutNul(envelope) : envelope;
}

/** The frozen copy under a share link. */
export function sharedEnvelope(
  world: SampleWorld,
  dialect: Dialect,
  copy: SharedCopy,
  readerId: string,
): Json {
  const envelope = chatEnvelope(world, dialect, { ...copy.chat, shareId: null }, readerId);
  return dialect.sharedCopyOwner === 'prefixed'
    ? { ...envelope, user_id: `shared-${copy.originId}` }
    : envelope;
}

/** A folder of the caller's own. */
export function folderRow(dialect: Dialect, folder: SampleFolder): Json {
  return project(
    {
      id: folder.id,
      user_id: folder.userId,
      name: folder.name,
      items: { chats: [] },
      is_expanded: false,
      unread_count: 0,
      created_at: folder.createdAt,
      updated_at: folder.updatedAt,
    },
    dialect.columns.folder,
  );
}

function chatMeta(chat: SampleChat): Json {
  return {
    ...(chat.tags.length > 0 ? { tags: chat.tags } : {}),
    ...(chat.internal ? { internal: true } : {}),
  };
}

function chatJson(world: SampleWorld, dialect: Dialect, chat: SampleChat, readerId: string): unknown {
  if (chat.body.kind === 'raw') {
    return chat.body.chat;
  }
  const show = dialect.rewritesChats
    ? authored(chat, world.users.find(chat.userId)?.name ?? '')
    : (message: SampleMessage): Json => message;
  const branch = activeBranch(chat.body);
  const timestamp = chat.createdAt * 1000 + 123;
  const shareMode = dialect.rewritesChats ? { share_mode: null } : {};
  if (chat.body.kind === 'flat') {
    return { title: chat.title, models: chat.models, messages: branch.map(show), timestamp, ...shareMode };
  }
  const hidesParams = dialect.rewritesChats && chat.userId !== readerId;
  return {
    id: '',
    title: chat.title,
    models: chat.models,
    ...(hidesParams ? {} : { params: chat.params }),
    tags: [],
    files: [],
    history: {
      messages: Object.fromEntries([...chat.body.messages].map(([id, message]) => [id, show(message)])),
      currentId: shownEnd(dialect, chat.body.messages, chat.body.currentId),
    },
    messages: branch.map(show),
    timestamp,
    ...shareMode,
  };
}

/** 0.12 names the author in every message, whoever wrote it then. */
function authored(chat: SampleChat, name: string): (message: SampleMessage) => Json {
  return (message) => ({
    ...message,
    user_id: chat.userId,
    ...(message.role === 'user' ? { user: { id: chat.userId, name } } : {}),
  });
}

/** 0.12 repairs an end that points nowhere: the newest message is shown then. */
function shownEnd(
  dialect: Dialect,
  messages: ReadonlyMap<string, SampleMessage>,
  currentId: string | null,
): string | null {
  const dangles = currentId !== null && !messages.has(currentId);
  return dialect.rewritesChats && dangles ? ([...messages.keys()].at(-1) ?? null) : currentId;
}

/** Newer servers drop NUL characters from what they store. */
function withoutNul(envelope: Json): Json {
  const text = JSON.stringify(envelope);
  return text.includes('\\u0000') ? (JSON.parse(text.replaceAll('\\u0000', '')) as Json) : envelope;
}
