import * as v from 'valibot';
import type { ChatListRecord, EpochSeconds } from '../../store/records';
import type { Answer, OpenWebUiClient } from './client';
import { exists } from './exists';
import { id, text, time } from './fields';
import { readPages, type Page } from './paging';
import { segment } from './routes';

/** Rows of a page of a chat list, on all versions. */
export const CHATS_PER_PAGE = 60;

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
 * One user's chats, last changed first: archived, pinned and foldered ones too. All three parameters are sent,
 * since up to 0.6.10 servers read `skip` and `limit`, later ones `page`.
 * @throws OpenWebUiError `chatAccessOff`, ...
 */
export function chatListPages(
  client: OpenWebUiClient,
  userRemoteId: string,
): AsyncGenerator<Page<ChatListRecord>> {
  return readPages(client, {
    route: (page) => ({
      path: `/api/v1/chats/list/user/${segment(userRemoteId)}`,
      query: { page, skip: (page - 1) * CHATS_PER_PAGE, limit: CHATS_PER_PAGE },
    }),
    row: chatRow,
    idOf: (chat) => chat.remoteId,
    plainArray: { pageOf: CHATS_PER_PAGE },
  });
}

/**
 * One whole chat, unparsed. `share/` reads other users' chats on every version.
 * @throws OpenWebUiError `notFound` when it is gone, or when administrators may not read chats
 */
export function fetchChat(client: OpenWebUiClient, remoteId: string): Promise<Answer> {
  return client.getBytes({ path: `/api/v1/chats/share/${segment(remoteId)}`, presence: 'item' });
}

/** Whether a chat can still be read; meaningful only while its owner's list can be. */
export function chatExists(client: OpenWebUiClient, remoteId: string): Promise<boolean> {
  return exists(client, `/api/v1/chats/share/${segment(remoteId)}`);
}
