import { backUp } from './backup';
import { annotationOf, FeedbackBook } from './feedbackBook';
import { appendMessage, cloneBody, findMessage, lastShown, removeMessage } from './messageTree';
import type {
  Actor,
  MessageAnnotation,
  NewAnswer,
  NewChat,
  NewTurn,
  SampleChat,
  SampleFeedback,
  SampleMessage,
  SharedCopy,
} from './model';
import type { UserBook } from './userBook';
import { movesUpdatedAt, type ChatChange } from './versions';
import type { WorldContext } from './worldContext';

/** Chats with their messages, share links and ratings. Owners' actions mark the owner as active. */
export class ChatBook {
  readonly #world: WorldContext;
  readonly #users: UserBook;
  readonly #chats = new Map<string, SampleChat>();
  readonly #byUser = new Map<string, Set<string>>();
  readonly #shared = new Map<string, SharedCopy>();
  readonly #feedback: FeedbackBook;

  constructor(world: WorldContext, users: UserBook) {
    this.#world = world;
    this.#users = users;
    this.#feedback = new FeedbackBook(world);
  }

  /** Keeps a copy of everything, ratings too. @returns puts it back */
  backUp(): () => void {
    const restores = [backUp([this.#chats, this.#byUser, this.#shared]), this.#feedback.backUp()];
    return () => restores.forEach((restore) => restore());
  }

  clear(): void {
    [this.#chats, this.#byUser, this.#shared, this.#feedback].forEach((rows) => rows.clear());
  }

  /** All chats, oldest first. */
  all(): SampleChat[] {
    return [...this.#chats.values()];
  }

  find(chatId: string): SampleChat | undefined {
    return this.#chats.get(chatId);
  }

  /** @throws Error when there is no such chat. */
  get(chatId: string): SampleChat {
    const chat = this.#chats.get(chatId);
    if (chat === undefined) {
      throw new Error(`No chat ${chatId}`);
    }
    return chat;
  }

  /** The chats of one user, oldest first. */
  of(userId: string): SampleChat[] {
    return [...(this.#byUser.get(userId) ?? [])].map((id) => this.get(id));
  }

  sharedCopies(): SharedCopy[] {
    return [...this.#shared.values()];
  }

  findShared(shareId: string): SharedCopy | undefined {
    return this.#shared.get(shareId);
  }

  feedback(): SampleFeedback[] {
    return this.#feedback.all();
  }

  add(userId: string, details: NewChat = {}): SampleChat {
    const now = this.#world.now();
    const chat: SampleChat = {
      id: this.#world.newId(),
      userId,
      title: details.title ?? 'New Chat',
      createdAt: now,
      updatedAt: now,
      lastReadAt: null,
      archived: false,
      pinned: false,
      folderId: null,
      shareId: null,
      tags: [],
      models: details.models ?? ['gpt-4o'],
      params: {},
      internal: details.internal ?? false,
      unreadable: false,
      body: details.body ?? { kind: 'tree', messages: new Map(), currentId: null },
    };
    this.#chats.set(chat.id, chat);
    const ids = this.#byUser.get(userId) ?? new Set<string>();
    this.#byUser.set(userId, ids.add(chat.id));
    this.#users.markActive(userId);
    return chat;
  }

  /** Adds one message as it is, below `parentId` (default: the shown end of the chat). */
  addMessage(chatId: string, fields: Partial<SampleMessage> & Pick<SampleMessage, 'role'>): SampleMessage {
    const chat = this.get(chatId);
    const message: SampleMessage = {
      id: this.#world.newId(),
      parentId: fields.parentId === undefined ? (lastShown(chat.body)?.id ?? null) : fields.parentId,
      childrenIds: [],
      content: '',
      timestamp: this.#world.now(),
      ...fields,
    };
    appendMessage(chat.body, message);
    this.#changed(chat, 'message');
    return message;
  }

  /** A question and its answers, the last of them shown. */
  addTurn(chatId: string, turn: NewTurn = {}): { turn: SampleMessage; answers: SampleMessage[] } {
    const chat = this.get(chatId);
    const answers = turn.answers ?? [{}];
    const models = answers.map((answer) => answer.model ?? chat.models[0] ?? 'gpt-4o');
    const question = this.addMessage(chatId, { role: 'user', content: turn.prompt ?? 'Hello', models });
    return {
      turn: question,
      answers: answers.map((answer, index) =>
        this.#addAnswer(chat, question, { modelIdx: index, ...answer }),
      ),
    };
  }

  /** Another answer to the question that an answer belongs to. */
  regenerate(chatId: string, answerId: string, answer: NewAnswer = {}): SampleMessage {
    const chat = this.get(chatId);
    const first = this.message(chatId, answerId);
    const question = first.parentId === null ? undefined : findMessage(chat.body, first.parentId);
    if (question === undefined) {
      throw new Error(`Message ${answerId} answers nothing`);
    }
    return this.#addAnswer(chat, question, {
      ...(first.model === undefined ? {} : { model: first.model }),
      ...answer,
    });
  }

  /** @throws Error when the chat has no such message. */
  message(chatId: string, messageId: string): SampleMessage {
    const message = findMessage(this.get(chatId).body, messageId);
    if (message === undefined) {
      throw new Error(`No message ${messageId} in chat ${chatId}`);
    }
    return message;
  }

  editMessage(chatId: string, messageId: string, changes: Partial<SampleMessage>): SampleMessage {
    const message = Object.assign(this.message(chatId, messageId), changes);
    this.#changed(this.get(chatId), 'message');
    return message;
  }

  deleteMessage(chatId: string, messageId: string): void {
    const chat = this.get(chatId);
    removeMessage(chat.body, messageId);
    this.#changed(chat, 'message');
  }

  rename(chatId: string, title: string, change: 'title' | 'autoTitle' = 'title'): void {
    const chat = this.get(chatId);
    chat.title = title;
    this.#changed(chat, change);
  }

  setArchived(chatId: string, archived: boolean): void {
    const chat = this.get(chatId);
    chat.archived = archived;
    this.#changed(chat, 'archive');
  }

  setPinned(chatId: string, pinned: boolean): void {
    const chat = this.get(chatId);
    chat.pinned = pinned;
    this.#changed(chat, 'pin');
  }

  setTags(chatId: string, tags: readonly string[]): void {
    const chat = this.get(chatId);
    chat.tags = [...tags];
    this.#changed(chat, 'tags');
  }

  setParams(chatId: string, params: Readonly<Record<string, unknown>>): void {
    const chat = this.get(chatId);
    chat.params = params;
    this.#changed(chat, 'params');
  }

  moveToFolder(chatId: string, folderId: string | null): void {
    const chat = this.get(chatId);
    chat.folderId = folderId;
    this.#changed(chat, 'folder');
  }

  /** Makes a frozen copy under a link of its own. @returns the link's id */
  share(chatId: string): string {
    const chat = this.get(chatId);
    const shareId = this.#world.newId();
    this.#shared.set(shareId, {
      shareId,
      originId: chatId,
      chat: { ...chat, id: shareId, body: cloneBody(chat.body) },
    });
    chat.shareId = shareId;
    this.#changed(chat, 'share');
    return shareId;
  }

  unshare(chatId: string): void {
    const chat = this.get(chatId);
    if (chat.shareId !== null) {
      this.#shared.delete(chat.shareId);
    }
    chat.shareId = null;
    this.#changed(chat, 'share');
  }

  /** From now on the server fails with 500 on this chat. */
  damage(chatId: string): void {
    this.get(chatId).unreadable = true;
  }

  /** Rates an answer: a feedback row, and the same in the message. A second rating changes the first. */
  rate(
    chatId: string,
    messageId: string,
    rating: 1 | -1,
    details: Partial<MessageAnnotation> = {},
  ): SampleFeedback {
    const chat = this.get(chatId);
    const message = this.message(chatId, messageId);
    const annotation = annotationOf(rating, details);
    message.annotation = annotation;
    const feedback = this.#feedback.note(chat, message, annotation);
    message.feedbackId = feedback.id;
    this.#changed(chat, 'rating');
    return feedback;
  }

  /** Deletes a chat. Done by an administrator it leaves no sign of activity of the owner. */
  remove(chatId: string, by: Actor = 'owner'): void {
    const chat = this.get(chatId);
    this.#forget(chat);
    this.#users.markActive(by === 'owner' ? chat.userId : this.#users.admin().id);
  }

  removeOfUser(userId: string): void {
    for (const chat of this.of(userId)) {
      this.#forget(chat);
    }
    this.#byUser.delete(userId);
  }

  #forget(chat: SampleChat): void {
    this.#chats.delete(chat.id);
    this.#byUser.get(chat.userId)?.delete(chat.id);
    if (chat.shareId !== null) {
      this.#shared.delete(chat.shareId);
    }
  }

  #addAnswer(chat: SampleChat, question: SampleMessage, answer: NewAnswer): SampleMessage {
    const model = answer.model ?? chat.models[0] ?? 'gpt-4o';
    return this.addMessage(chat.id, {
      parentId: question.id,
      content: 'An answer.',
      model,
      modelName: model,
      modelIdx: 0,
      done: true,
      ...answer,
      role: 'assistant',
    });
  }

  #changed(chat: SampleChat, change: ChatChange): void {
    if (movesUpdatedAt(this.#world.version, change)) {
      chat.updatedAt = this.#world.now();
    }
    this.#users.markActive(chat.userId);
  }
}
