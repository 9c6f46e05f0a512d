import { requiredText, type JsonObject } from './json';
import type { Account, Member, World } from './seed';

type Members = Readonly<Record<Member, Account>>;

/** Ratings: with all fields, as text, from an arena, one that goes, and one whose author leaves. */
export async function addFeedback(
  { ann, bob, cem }: Members,
  chats: ReadonlyMap<string, string>,
): Promise<string[]> {
  return [
    await rate(ann, form(chats.get('k02'), { comment: 'good ✓', details: { rating: 9 } })),
    await rate(bob, form(chats.get('b00'), { rating: '-1', reason: 'other', details: { rating: 2 } })),
    await rate(ann, form(chats.get('k17'), { model_id: 'gpt-x-mini', sibling_model_ids: ['gpt-x'] }, true)),
    await rate(bob, form(chats.get('b01'), { model_id: 'llama-y:8b', tags: ['to delete'] })),
    await rate(cem, form(chats.get('c00'), { model_id: 'mixtral-q', comment: 'of a leaver' })),
  ];
}

/** One is given, one changed, one taken back. */
export async function changeFeedback({ members, chats, feedback }: World): Promise<void> {
  const { ann, bob } = members;
  const [, changed, , removed] = feedback.map(String);
  await bob.api.post(
    `/api/v1/evaluations/feedback/${String(changed)}`,
    form(chats.get('b00'), {
      rating: 1,
      comment: 'Now it is good',
      details: { rating: 10 },
      tags: ['x', 'y'],
    }),
  );
  await bob.api.delete(`/api/v1/evaluations/feedback/${String(removed)}`);
  await rate(ann, form(chats.get('k03'), { rating: -1, model_id: 'vendor/claude-z' }));
}

async function rate(account: Account, feedback: JsonObject): Promise<string> {
  return requiredText(await account.api.post('/api/v1/evaluations/feedback', feedback), 'id');
}

/** What the web client sends along with a thumb; the snapshot holds the whole chat. */
function form(chatId: string | undefined, data: JsonObject, arena = false): JsonObject {
  const model = arena ? 'arena-model' : (data['model_id'] ?? 'gpt-x');
  return {
    type: 'rating',
    data: { rating: 1, model_id: 'gpt-x', reason: 'accurate', comment: '', tags: [], details: {}, ...data },
    meta: {
      arena,
      chat_id: chatId,
      message_id: `answer-of-${String(chatId)}`,
      message_index: 2,
      model_id: model,
    },
    snapshot: { chat: { id: chatId, title: 'A snapshot that must not be mirrored' } },
  };
}
