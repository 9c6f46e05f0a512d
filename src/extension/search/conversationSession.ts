import * as l10n from '@vscode/l10n';
import type { Conversation, ConversationReader, MessageContent } from '../../store/search/conversationTypes';
import type { Needle } from '../../store/search/searchTypes';
import { FIRST_CHARS, MOST_CHARS, type ConversationState } from '../../webview/conversation/protocol';
import { sentenceOf } from '../errors';

const goneText = (): string => l10n.t('This chat is not in the database any more.');

/** Text that comes along with a conversation; the page asks for more as it is read. */
const TOTAL_CHARS = 500_000;

/** What was searched when the conversation was opened. */
export interface FoundIn {
  readonly needles: readonly Needle[];
  /** `message.id`; undefined where the title was found. */
  readonly messageId: number | undefined;
}

export interface ConversationDeps {
  readonly reader: ConversationReader;
  readonly onChange: () => void;
  readonly onError: (error: unknown) => void;
}

/** What one conversation's page shows, without the page. */
export class ConversationSession {
  readonly chatId: number;
  readonly #deps: ConversationDeps;
  #found: FoundIn;
  #state: ConversationState = { phase: 'loading' };
  /** Counts the loads: only the last one is shown. */
  #load = 0;

  constructor(chatId: number, found: FoundIn, deps: ConversationDeps) {
    this.chatId = chatId;
    this.#found = found;
    this.#deps = deps;
  }

  get state(): ConversationState {
    return this.#state;
  }

  /** Reads the chat anew. @param found what to mark from now on; default: as before */
  async load(found: FoundIn = this.#found): Promise<void> {
    this.#found = found;
    const load = ++this.#load;
    this.#set({ phase: 'loading' });
    const state = await this.#read(found);
    if (load === this.#load) {
      this.#set(state);
    }
  }

  /** A text of the conversation, as much as the page can show. */
  content(messageId: number, isWhole: boolean): Promise<MessageContent | undefined> {
    return this.#deps.reader.messageText(messageId, isWhole ? MOST_CHARS : FIRST_CHARS);
  }

  /** All of a text. */
  async wholeText(messageId: number): Promise<string | undefined> {
    const content = await this.#deps.reader.messageText(messageId);
    return content?.kind === 'text' ? content.text : undefined;
  }

  async #read({ needles, messageId }: FoundIn): Promise<ConversationState> {
    const { reader, onError } = this.#deps;
    try {
      const options = { maxChars: FIRST_CHARS, totalChars: TOTAL_CHARS };
      const conversation = await reader.conversation(this.chatId, options);
      if (conversation === undefined) {
        return { phase: 'gone', message: goneText() };
      }
      return {
        phase: 'ready',
        conversation: await this.#withFoundText(conversation, messageId),
        needles,
        foundId: messageId,
      };
    } catch (error) {
      onError(error);
      return { phase: 'failed', message: sentenceOf(error) };
    }
  }

  /** What was found may stand far behind the beginning of its message. */
  async #withFoundText(conversation: Conversation, messageId: number | undefined): Promise<Conversation> {
    const found = conversation.messages.find(({ id }) => id === messageId);
    if (found?.content.kind !== 'text' || found.content.text.length >= found.content.chars) {
      return conversation;
    }
    const content = (await this.content(found.id, true)) ?? found.content;
    return {
      ...conversation,
      messages: conversation.messages.map((message) => (message === found ? { ...found, content } : message)),
    };
  }

  #set(state: ConversationState): void {
    this.#state = state;
    this.#deps.onChange();
  }
}
