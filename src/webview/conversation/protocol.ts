/** Everything that a conversation's page and the extension say to each other: one page, shared by both sides. */
import type { Conversation, MessageContent } from '../../store/search/conversationTypes';
import type { Needle } from '../../store/search/searchTypes';

/** Raised with every change that an older page would misread. */
export const CONVERSATION_PROTOCOL = 1;

/** What the page keeps for the next session. */
export interface SavedConversation {
  readonly chatId: number;
  /** Which database; absent: the mirror. */
  readonly source?: 'demo' | undefined;
}

export type ConversationState =
  | { readonly phase: 'loading' }
  /** The database does not hold the chat any more. */
  | { readonly phase: 'gone'; readonly message: string }
  | { readonly phase: 'failed'; readonly message: string }
  | {
      readonly phase: 'ready';
      readonly conversation: Conversation;
      /** What was searched, to be marked. */
      readonly needles: readonly Needle[];
      /** The message that was found: its branch is shown, and it is scrolled into view. */
      readonly foundId: number | undefined;
    };

export type ToPage =
  /** Sent whole at each change and whenever the page says `ready`. */
  | {
      readonly type: 'state';
      readonly version: number;
      readonly saved: SavedConversation;
      readonly state: ConversationState;
    }
  | { readonly type: 'content'; readonly messageId: number; readonly content: MessageContent };

export type ToExtension =
  | { readonly type: 'ready' }
  | { readonly type: 'retry' }
  /** More of a text that came cut; `isWhole`: as much as the page can show. */
  | { readonly type: 'content'; readonly messageId: number; readonly isWhole: boolean }
  /** All of a text, in an editor. */
  | { readonly type: 'openText'; readonly messageId: number };

/** Characters of a text that the page shows at first. */
export const FIRST_CHARS = 10_000;
/** Characters of a text that the page shows at most: what is longer opens in an editor. */
export const MOST_CHARS = 200_000;
