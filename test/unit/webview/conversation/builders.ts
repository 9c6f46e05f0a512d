import type { Conversation, ConversationMessage } from '../../../../src/store/search/conversationTypes';

export function messageOf(id: number, changes: Partial<ConversationMessage> = {}): ConversationMessage {
  return {
    id,
    parentId: undefined,
    childIds: [],
    isActiveBranch: false,
    role: 'user',
    model: undefined,
    time: '2025-11-16 12:00:00',
    content: { kind: 'text', text: `text ${id}`, chars: 6 },
    inputTokens: undefined,
    outputTokens: undefined,
    cachedTokens: undefined,
    reasoningTokens: undefined,
    durationMs: undefined,
    rating: undefined,
    isError: false,
    isDone: true,
    files: 0,
    images: 0,
    citations: 0,
    toolCalls: 0,
    isCopy: false,
    isDeleted: false,
    ...changes,
  };
}

/** A conversation whose messages have these parents; undefined is a root. */
export function conversationOf(
  parents: Readonly<Record<number, number | undefined>>,
  changes: Readonly<Record<number, Partial<ConversationMessage>>> = {},
): Conversation {
  const ids = Object.keys(parents).map(Number);
  const childrenOf = (parent: number | undefined) => ids.filter((id) => parents[id] === parent);
  return {
    chatId: 1,
    instanceId: 1,
    instance: 'fasgpt',
    title: 'A chat',
    owner: 'Ann',
    created: undefined,
    updated: undefined,
    models: [],
    tags: [],
    isArchived: false,
    isPinned: false,
    isDeleted: false,
    rootIds: childrenOf(undefined),
    messages: ids.map((id) =>
      messageOf(id, { parentId: parents[id], childIds: childrenOf(id), ...changes[id] }),
    ),
  };
}
