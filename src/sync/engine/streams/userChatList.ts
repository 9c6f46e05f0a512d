import type { ChatListRecord } from '../../../store/records';
import { chatListPages } from '../../openwebui/chats';
import { isFailure } from '../../openwebui/failures';
import type { Page } from '../../openwebui/paging';
import type { StreamContext } from '../runTypes';

/**
 * The chat list of a user, who is named by his id in the mirror: also in what is said when it fails, since that is kept.
 * @throws OpenWebUiError `chatAccessOff`, ...
 */
export async function* userChatList(
  { client, identities }: Pick<StreamContext, 'client' | 'identities'>,
  userRemoteId: string,
): AsyncGenerator<Page<ChatListRecord>> {
  try {
    yield* chatListPages(client, identities.requireServerId(userRemoteId));
  } catch (error) {
    throw isFailure(error) ? error.at(`/api/v1/chats/list/user/${userRemoteId}`) : error;
  }
}
