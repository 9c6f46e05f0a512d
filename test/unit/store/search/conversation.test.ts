import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadConversation, loadMessageText } from '../../../../src/store/search/conversation';
import type { Conversation, ConversationOptions } from '../../../../src/store/search/conversationTypes';
import { begin, chat, message, NOON } from '../builders';
import { chatOf, fill, useSearchable, type Searchable } from './searchable';

describe('a conversation', () => {
  const { openMirror, publish, root, withChats } = useSearchable();

  function load({ database, shards }: Searchable, options?: ConversationOptions, chatId = 1): Conversation {
    const loaded = loadConversation(database, shards, chatId, options);
    assert.ok(loaded);
    return loaded;
  }
  const textsOf = ({ messages }: Conversation) =>
    messages.map(({ content }) => (content.kind === 'text' ? content.text : content.kind));

  it('tells the facts of its chat', async () => {
    const mirror = await withChats(chat('c', { title: 'Plans', tags: ['work'], pinned: true }));
    const { messages, ...facts } = load(mirror);
    assert.equal(messages.length, 2);
    assert.deepEqual(facts, {
      chatId: 1,
      instanceId: 1,
      instance: 'instance 1',
      title: 'Plans',
      owner: 'ANN',
      created: '2025-11-15 13:00:00',
      updated: '2025-11-15 13:06:40',
      models: [{ id: 'gpt-4o', messages: 1 }],
      tags: ['work'],
      isArchived: false,
      isPinned: true,
      isDeleted: false,
      rootIds: [1],
    });
  });

  it('is a tree whose siblings stand in the order of their times', async () => {
    const at = (seconds: number) => NOON - 1_000 + seconds;
    const mirror = await withChats(
      chat('c', {
        messages: [
          message('q', { createdAt: at(0) }),
          message('new', { createdAt: at(9), parentRemoteId: 'q', role: 'assistant' }),
          message('old', { createdAt: at(5), parentRemoteId: 'q', role: 'assistant', isActiveBranch: false }),
          message('edited', { createdAt: at(20), isActiveBranch: false }),
        ],
      }),
    );
    const { messages, rootIds } = load(mirror);
    const byId = new Map(messages.map((item) => [item.id, item]));
    const names = (ids: readonly number[]) => ids.map((id) => mirror.remoteIdOf(id));
    assert.deepEqual(names(rootIds), ['q', 'edited']);
    assert.deepEqual(names(byId.get(mirror.idOf('q'))?.childIds ?? []), ['old', 'new']);
    assert.equal(byId.get(mirror.idOf('new'))?.parentId, mirror.idOf('q'));
    assert.deepEqual(
      messages.filter(({ isActiveBranch }) => isActiveBranch).map(({ id }) => mirror.remoteIdOf(id)),
      ['q', 'new'],
    );
  });

  it('shows what is known of a message, and nothing for what the server did not tell', async () => {
    const mirror = await withChats(
      chat('c', {
        messages: [
          message('a', {
            role: 'assistant',
            modelId: 'gpt-4o',
            usage: {
              dialect: 'openai',
              inputTokens: 10,
              outputTokens: 20,
              cachedTokens: 4,
              durationMs: 1_500,
            },
            rating: -1,
            isError: true,
            fileCount: 1,
            citationCount: 2,
            toolCallCount: 3,
            droppedImages: 4,
          }),
        ],
      }),
    );
    assert.deepEqual(load(mirror).messages, [
      {
        id: 1,
        parentId: undefined,
        childIds: [],
        isActiveBranch: true,
        role: 'assistant',
        model: 'gpt-4o',
        time: '2025-11-15 13:00:00',
        content: { kind: 'text', text: 'text of a', chars: 9 },
        inputTokens: 10,
        outputTokens: 20,
        cachedTokens: 4,
        reasoningTokens: undefined,
        durationMs: 1_500,
        rating: -1,
        isError: true,
        isDone: true,
        files: 1,
        images: 4,
        citations: 2,
        toolCalls: 3,
        isCopy: false,
        isDeleted: false,
      },
    ]);
  });

  it('says why a message shows no text', async () => {
    const mirror = await withChats(chatOf('c', { a: 'kept', b: '', c: 'freed', d: 'sealed', e: 'lost' }));
    mirror.seal('d');
    const lost = mirror.seal('e');
    rmSync(join(root(), 'content', lost));
    mirror.database.run('DELETE FROM message_text WHERE id = ?', [mirror.idOf('c')]);
    const { messages } = load(mirror);
    assert.deepEqual(textsOf(load(mirror)), ['kept', 'empty', 'removed', 'sealed', 'unreadable']);
    assert.deepEqual(messages[2]?.content, { kind: 'removed', chars: 5 });
    const unreadable = messages[4]?.content;
    assert.ok(unreadable?.kind === 'unreadable' && unreadable.message.includes(lost));
  });

  it('says that the privacy mode keeps no text', async () => {
    const mirror = await openMirror();
    fill(mirror, begin(mirror, 'run-1', 1, { privacy: 'names' }), [chatOf('c', { a: 'words', b: '' })]);
    const conversation = load(await publish(mirror));
    assert.equal(conversation.title, undefined);
    assert.deepEqual(textsOf(conversation), ['private', 'empty']);
  });

  it('cuts long texts, gives the active branch its text first, and the rest when asked', async () => {
    const mirror = await withChats(
      chat('c', {
        messages: [
          message('side', { content: '0123456789', isActiveBranch: false }),
          message('main', { content: '01234567🎉' }),
        ],
      }),
    );
    const { messages } = load(mirror, { maxChars: 9, totalChars: 12 });
    assert.deepEqual(
      messages.map(({ content }) => content),
      [
        { kind: 'text', text: '0123', chars: 10 },
        { kind: 'text', text: '01234567', chars: 10 },
      ],
      'and no character in two',
    );
    const { database, shards } = mirror;
    assert.deepEqual(loadMessageText(database, shards, mirror.idOf('side')), {
      kind: 'text',
      text: '0123456789',
      chars: 10,
    });
    assert.equal(loadMessageText(database, shards, 99), undefined);
  });

  it('is not there for a chat that the mirror does not hold', async () => {
    const { database, shards } = await withChats(chat('c'));
    assert.equal(loadConversation(database, shards, 99), undefined);
  });
});
