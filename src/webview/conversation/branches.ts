import type { Conversation, ConversationMessage } from '../../store/search/conversationTypes';

/** A message on the branch that is shown. */
export interface ShownMessage {
  readonly message: ConversationMessage;
  /** The message and its alternatives, oldest first. */
  readonly siblingIds: readonly number[];
}

/** Which branch of a conversation's tree is shown: at first the one that Open WebUI shows. */
export class Branches {
  readonly #conversation: Conversation;
  readonly #byId: ReadonlyMap<number, ConversationMessage>;
  /** Parent (undefined: the root) -> the child that is shown. */
  readonly #chosen = new Map<number | undefined, number>();

  constructor(conversation: Conversation) {
    this.#conversation = conversation;
    this.#byId = new Map(conversation.messages.map((message) => [message.id, message]));
  }

  /** Shows the branch that holds a message. */
  show(messageId: number): void {
    for (const message of this.#ancestry(messageId)) {
      this.#chosen.set(message.parentId, message.id);
    }
  }

  /** The messages of the branch, from the first to the last. */
  path(): readonly ShownMessage[] {
    const path: ShownMessage[] = [];
    let siblingIds = this.#conversation.rootIds;
    let parentId: number | undefined;
    // No branch is longer than the tree, whatever the file says.
    while (path.length < this.#byId.size) {
      const message = this.#childOf(parentId, siblingIds);
      if (message === undefined) {
        break;
      }
      path.push({ message, siblingIds });
      ({ childIds: siblingIds, id: parentId } = message);
    }
    return path;
  }

  /** The chosen child, else the one on the active branch, else the newest that is not deleted. */
  #childOf(parentId: number | undefined, siblingIds: readonly number[]): ConversationMessage | undefined {
    const siblings = siblingIds.map((id) => this.#byId.get(id)).filter((message) => message !== undefined);
    return (
      siblings.find(({ id }) => id === this.#chosen.get(parentId)) ??
      siblings.find(({ isActiveBranch }) => isActiveBranch) ??
      siblings.findLast(({ isDeleted }) => !isDeleted) ??
      siblings.at(-1)
    );
  }

  #ancestry(messageId: number): readonly ConversationMessage[] {
    const found = new Set<ConversationMessage>();
    let message = this.#byId.get(messageId);
    while (message !== undefined && !found.has(message)) {
      found.add(message);
      message = message.parentId === undefined ? undefined : this.#byId.get(message.parentId);
    }
    return [...found];
  }
}
