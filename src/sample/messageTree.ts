import type { ChatBody, SampleMessage } from './model';

/** Every message of a chat in the order they were written; none for raw JSON. */
export function messagesOf(body: ChatBody): SampleMessage[] {
  switch (body.kind) {
    case 'tree':
      return [...body.messages.values()];
    case 'flat':
      return body.messages;
    case 'raw':
      return [];
  }
}

export function findMessage(body: ChatBody, messageId: string): SampleMessage | undefined {
  return body.kind === 'tree'
    ? body.messages.get(messageId)
    : messagesOf(body).find((message) => message.id === messageId);
}

/** The messages from the first one to the shown answer; a dangling end gives none, as clients do. */
export function activeBranch(body: ChatBody): SampleMessage[] {
  if (body.kind !== 'tree') {
    return messagesOf(body);
  }
  const branch: SampleMessage[] = [];
  const seen = new Set<string>();
  let next = body.currentId;
  while (next !== null && !seen.has(next)) {
    seen.add(next);
    const message = body.messages.get(next);
    if (message === undefined) {
      break;
    }
    branch.push(message);
    next = message.parentId;
  }
  return branch.reverse();
}

/** The message that a new one would follow. */
export function lastShown(body: ChatBody): SampleMessage | undefined {
  return activeBranch(body).at(-1);
}

/** The other answers to the question that a message answers. */
export function siblingsOf(body: ChatBody, { id, parentId }: SampleMessage): SampleMessage[] {
  const question = parentId === null ? undefined : findMessage(body, parentId);
  return (question?.childrenIds ?? []).flatMap((childId) =>
    childId === id ? [] : (findMessage(body, childId) ?? []),
  );
}

/** The model that wrote an answer: of an arena the one that it chose. */
export function answeringModel(message: SampleMessage): string {
  const { selectedModelId } = message;
  return typeof selectedModelId === 'string' ? selectedModelId : (message.model ?? '');
}

/** Adds a message below its parent and shows it. */
export function appendMessage(body: ChatBody, message: SampleMessage): void {
  if (body.kind === 'raw') {
    throw new Error('A chat of raw JSON takes no messages');
  }
  if (body.kind === 'flat') {
    body.messages.push(message);
    return;
  }
  body.messages.set(message.id, message);
  if (message.parentId !== null) {
    const parent = body.messages.get(message.parentId);
    if (parent !== undefined && !parent.childrenIds.includes(message.id)) {
      parent.childrenIds = [...parent.childrenIds, message.id];
    }
  }
  body.currentId = message.id;
}

/** Takes a message out; its children move up to its parent, as the web client does it. */
export function removeMessage(body: ChatBody, messageId: string): void {
  if (body.kind === 'flat') {
    const index = body.messages.findIndex((message) => message.id === messageId);
    body.messages.splice(index, index < 0 ? 0 : 1);
    return;
  }
  if (body.kind === 'raw') {
    throw new Error('A chat of raw JSON has no messages');
  }
  const message = body.messages.get(messageId);
  if (message === undefined) {
    return;
  }
  body.messages.delete(messageId);
  for (const childId of message.childrenIds) {
    const child = body.messages.get(childId);
    if (child !== undefined) {
      child.parentId = message.parentId;
    }
  }
  const parent = message.parentId === null ? undefined : body.messages.get(message.parentId);
  if (parent !== undefined) {
    parent.childrenIds = [...parent.childrenIds.filter((id) => id !== messageId), ...message.childrenIds];
  }
  if (body.currentId === messageId) {
    body.currentId = message.childrenIds.at(-1) ?? message.parentId;
  }
}

/** A copy that later changes of the chat do not reach. */
export function cloneBody(body: ChatBody): ChatBody {
  return structuredClone(body);
}
