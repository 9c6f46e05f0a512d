/**
 * What one sample Open WebUI server knows. Times are seconds since 1970, UTC, unless said otherwise.
 * A message keeps the names that clients send, because the real server stores it as it came.
 */

export type UserRole = 'admin' | 'user' | 'pending';

export interface SampleUser {
  readonly id: string;
  name: string;
  email: string;
  role: UserRole;
  readonly createdAt: number;
  updatedAt: number;
  lastActiveAt: number;
  password: string;
  apiKey: string | null;
}

export interface SampleGroup {
  readonly id: string;
  readonly ownerId: string;
  name: string;
  description: string;
  userIds: string[];
  readonly createdAt: number;
  updatedAt: number;
}

/** A message as a client sends it; any field but the first four may be absent, and more may come along. */
export interface SampleMessage {
  id: string;
  parentId: string | null;
  childrenIds: string[];
  role: 'user' | 'assistant';
  content?: string | readonly { readonly type: string; readonly [field: string]: unknown }[];
  /** Seconds; old clients sent milliseconds. */
  timestamp?: number;
  model?: string;
  models?: readonly string[];
  done?: boolean;
  usage?: Readonly<Record<string, unknown>>;
  error?: true | { readonly content: string };
  annotation?: MessageAnnotation;
  feedbackId?: string;
  [field: string]: unknown;
}

export interface MessageAnnotation {
  readonly rating: number;
  readonly reason: string;
  readonly comment: string;
  readonly tags: readonly string[];
  readonly details: { readonly rating: number };
}

/**
 * The three ways a chat's messages are stored: a tree (`history`), a list only (`chat.messages`, old imports), or JSON
 * that is served untouched (for tests of what no client should send).
 */
export type ChatBody =
  | { readonly kind: 'tree'; readonly messages: Map<string, SampleMessage>; currentId: string | null }
  | { readonly kind: 'flat'; readonly messages: SampleMessage[] }
  | { readonly kind: 'raw'; readonly chat: unknown };

export interface SampleChat {
  readonly id: string;
  userId: string;
  title: string;
  readonly createdAt: number;
  updatedAt: number;
  lastReadAt: number | null;
  archived: boolean;
  pinned: boolean;
  folderId: string | null;
  shareId: string | null;
  tags: string[];
  models: readonly string[];
  params: Readonly<Record<string, unknown>>;
  /** Sub-agents and the like: in no list since 0.11. */
  internal: boolean;
  /** The server fails with 500 on it for ever, as with a lone surrogate in a message. */
  unreadable: boolean;
  body: ChatBody;
}

/** The frozen copy that a share link shows. */
export interface SharedCopy {
  readonly shareId: string;
  readonly originId: string;
  readonly chat: SampleChat;
}

export interface SampleFolder {
  readonly id: string;
  readonly userId: string;
  name: string;
  readonly createdAt: number;
  updatedAt: number;
}

/** A workspace model, or an override of a provider model when `baseModelId` is null. */
export interface SampleModel {
  readonly id: string;
  readonly userId: string;
  readonly baseModelId: string | null;
  name: string;
  description: string;
  systemPrompt: string;
  tags: readonly string[];
  isActive: boolean;
  readonly createdAt: number;
  updatedAt: number;
}

/** A model that a provider offers. */
export interface ProviderModel {
  readonly id: string;
  readonly name: string;
  readonly ownedBy: 'openai' | 'ollama' | 'arena';
}

export interface SampleFile {
  readonly id: string;
  readonly userId: string;
  readonly filename: string;
  readonly contentType: string;
  readonly size: number;
  readonly hash: string;
  readonly text: string;
  readonly createdAt: number;
  updatedAt: number;
}

export interface SampleKnowledge {
  readonly id: string;
  readonly userId: string;
  name: string;
  description: string;
  fileIds: string[];
  readonly createdAt: number;
  updatedAt: number;
}

export interface SampleFeedback {
  readonly id: string;
  readonly userId: string;
  readonly chatId: string;
  readonly messageId: string;
  /** The model that answered. */
  readonly modelId: string;
  /** The model that was asked: of an arena its pool. */
  readonly askedModelId: string;
  /** The models of the other answers to the same question. */
  readonly siblingModelIds: readonly string[];
  readonly arena: boolean;
  annotation: MessageAnnotation;
  readonly createdAt: number;
  updatedAt: number;
}

export interface NewChat {
  readonly title?: string;
  readonly models?: readonly string[];
  readonly body?: ChatBody;
  readonly internal?: boolean;
}

/** One question and the answers to it; what is left out gets a plain value. */
export interface NewTurn {
  readonly prompt?: string;
  /** One answer for each; several are shown side by side. */
  readonly answers?: readonly NewAnswer[];
}

/** Fields of the answer as a client would send them; `model` falls back to the chat's first model. */
export type NewAnswer = Partial<SampleMessage>;

export type Actor = 'owner' | 'admin';
