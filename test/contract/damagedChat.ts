import { Conversation } from './conversation';
import { listOf, objectOf, requiredText } from './json';
import type { World } from './seed';
import { ServerRefusal } from './serverApi';

const title = 'x00 damaged';

/**
 * Saves a chat with half a character in it. Some releases store it and answer 500 to every later read, others mend it.
 */
export async function addDamagedChat({
  members: { bob },
  admin,
}: World): Promise<{ chatId: string; isServed: boolean }> {
  const chat = new Conversation(title, Math.floor(Date.now() / 1000) - 300);
  chat.turn('Half a character: \ud83e', 'I see');
  // The release that cannot read it back fails after it has stored it.
  await ignoreServerError(() => bob.api.post('/api/v1/chats/new', { chat: chat.toJson() }));
  const list = listOf(await admin.api.get(`/api/v1/chats/list/user/${bob.id}?page=1&skip=0&limit=60`));
  const chatId = requiredText(
    list.find((row) => objectOf(row)['title'] === title),
    'id',
  );
  const answer = await ignoreServerError(() => admin.api.get(`/api/v1/chats/share/${chatId}`));
  return { chatId, isServed: answer !== undefined };
}

async function ignoreServerError(call: () => Promise<unknown>): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ServerRefusal && error.status === 500) {
      return undefined;
    }
    throw error;
  }
}
