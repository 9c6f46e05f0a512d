import * as v from 'valibot';
import type { ChatListRecord, EpochSeconds } from '../../store/records';
import type { Answer, OpenWebUiClient } from './client';
import { DIALECTS, routeOf } from './dialects';
import { exists } from './exists';
import { readFeed } from './feeds';
import { id, text, time } from './fields';
import type { Page } from './paging';
import { segment, type Route } from './routes';

const chatRow = v.pipe(
  v.object({ id, title: text, updated_at: time, created_at: time }),
  v.transform((row): ChatListRecord => ({
    remoteId: row.id,
    title: row.title ?? '',
    updatedAt: row.updated_at ?? NEVER,
    createdAt: row.created_at,
  })),
);

/** Stands for a missing `updated_at`: differs from all that are stored, so the chat is fetched. */
const NEVER: EpochSeconds = 0;

/**
 * One user's chats, last changed first: archived, pinned and foldered ones too.
 * @throws OpenWebUiError `chatAccessOff`, ...
 */
export function chatListPages(
  client: OpenWebUiClient,
  userRemoteId: string,
): AsyncGenerator<Page<ChatListRecord>> {
  return readFeed(client, {
    ways: DIALECTS.chatList,
    id: segment(userRemoteId),
    row: chatRow,
    idOf: (chat) => chat.remoteId,
  });
}

/**
 * One whole chat, unparsed. `share/` reads other users' chats on every version.
 * @throws OpenWebUiError `notFound` when it is gone, or when administrators may not read chats
 */
export function fetchChat(client: OpenWebUiClient, remoteId: string): Promise<Answer> {
  return client.getBytes(chatRoute(remoteId));
}

/** Whether a chat can still be read; meaningful only while its owner's list can be. */
export function chatExists(client: OpenWebUiClient, remoteId: string): Promise<boolean> {
  return exists(client, chatRoute(remoteId).path);
}

function chatRoute(remoteId: string): Route {
  return routeOf(DIALECTS.chat[0], { id: segment(remoteId) });
}
