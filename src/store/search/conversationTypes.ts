/** Why a message shows no text. */
export type TextAbsence =
  /** It never had any. */
  | { readonly kind: 'empty' }
  /** The instance's privacy mode keeps none. */
  | { readonly kind: 'private' }
  /** It had `chars` characters that are not in the database any more. */
  | { readonly kind: 'removed'; readonly chars: number }
  /** It lies in a file that is missing or damaged; the sentence says what to do. */
  | { readonly kind: 'unreadable'; readonly message: string };

export type MessageContent =
  /** `text` is the beginning, perhaps nothing of it, where it is shorter than `chars` UTF-16 units. */
  { readonly kind: 'text'; readonly text: string; readonly chars: number } | TextAbsence;

export interface ConversationMessage {
  /** `message.id`. */
  readonly id: number;
  /** Undefined at a root. */
  readonly parentId: number | undefined;
  /** Answers to this one and their alternatives, oldest first. */
  readonly childIds: readonly number[];
  /** On the branch that Open WebUI shows. */
  readonly isActiveBranch: boolean;
  readonly role: string;
  readonly model: string | undefined;
  /** In the mirror's zone. */
  readonly time: string;
  readonly content: MessageContent;
  /** Undefined: the server told none. */
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
  /** Part of the input tokens. */
  readonly cachedTokens: number | undefined;
  /** Part of the output tokens. */
  readonly reasoningTokens: number | undefined;
  readonly durationMs: number | undefined;
  /** 1 or -1. */
  readonly rating: number | undefined;
  readonly isError: boolean;
  /** False: the answer was still being written when it was fetched. */
  readonly isDone: boolean;
  readonly files: number;
  readonly images: number;
  readonly citations: number;
  readonly toolCalls: number;
  /** The same message stands in an older chat: reports count it there. */
  readonly isCopy: boolean;
  /** Not on the server any more. */
  readonly isDeleted: boolean;
}

/** A chat with its message tree, as the mirror holds it. */
export interface Conversation {
  readonly chatId: number;
  readonly instanceId: number;
  readonly instance: string;
  readonly title: string | undefined;
  readonly owner: string | undefined;
  /** In the mirror's zone. */
  readonly created: string | undefined;
  readonly updated: string | undefined;
  readonly models: readonly { readonly id: string; readonly messages: number }[];
  readonly tags: readonly string[];
  readonly isArchived: boolean;
  readonly isPinned: boolean;
  readonly isDeleted: boolean;
  /** Oldest first; more than one where the first message was edited. */
  readonly rootIds: readonly number[];
  /** Oldest first. */
  readonly messages: readonly ConversationMessage[];
}

/** How much text a conversation brings along. */
export interface ConversationOptions {
  /** Longer texts are cut. UTF-16 units. */
  readonly maxChars?: number | undefined;
  /** When that much is read, the remaining texts come empty; the active branch is read first. UTF-16 units. */
  readonly totalChars?: number | undefined;
}

/** Reads single chats of the newest file generation. */
export interface ConversationReader {
  /** Undefined when the mirror has no such chat (any more). @throws NoDatabaseError */
  conversation(chatId: number, options?: ConversationOptions): Promise<Conversation | undefined>;
  /** The text of one message, at most `maxChars` of it; undefined when the mirror has no such message (any more). */
  messageText(messageId: number, maxChars?: number): Promise<MessageContent | undefined>;
}
