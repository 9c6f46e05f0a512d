import type { EpochSeconds } from '../records';

/** Results when nothing else is asked for. */
export const DEFAULT_SEARCH_LIMIT = 50;
/** More are never given. */
export const MAX_SEARCH_LIMIT = 500;

/** What to look for; see `parseQuery.ts` for the words. */
export interface SearchRequest {
  readonly text: string;
  /** Most results, 1 to {@link MAX_SEARCH_LIMIT}. Default {@link DEFAULT_SEARCH_LIMIT}. */
  readonly limit?: number | undefined;
  /** Default: all instances. */
  readonly instanceId?: number | undefined;
  /** Of messages; titles have none and are not found then. */
  readonly role?: string | undefined;
  /** `users.id` of the chat's owner. */
  readonly userId?: number | undefined;
  readonly since?: EpochSeconds | undefined;
  /** Not included. */
  readonly until?: EpochSeconds | undefined;
  /** The text is still being typed: its last word may go on. */
  readonly isTyping?: boolean | undefined;
}

/** Inclusive start and exclusive end in UTF-16 units. */
export type Mark = readonly [start: number, end: number];

/** A piece of text with the places that were found. It is data: a title or message may look like markup. */
export interface Snippet {
  readonly text: string;
  readonly marks: readonly Mark[];
}

/** A chat whose title was found, or a message whose text was. */
export interface SearchHit {
  readonly instanceId: number;
  readonly instance: string;
  readonly chatId: number;
  /** Undefined: the chat has none. */
  readonly title: string | undefined;
  /** `message.id`; undefined where the title was found. */
  readonly messageId: number | undefined;
  readonly role: string | undefined;
  readonly model: string | undefined;
  /** Name of the chat's owner. */
  readonly user: string | undefined;
  /** In the mirror's zone: when the message was written, or the chat was last changed. */
  readonly time: string | undefined;
  readonly snippet: Snippet;
  /** Not on the server any more. */
  readonly isDeleted: boolean;
}

export interface SearchResult {
  /** Titles first, then messages; in each the newest first. */
  readonly hits: readonly SearchHit[];
  /** All that was found, beyond the limit too. */
  readonly total: number;
  /** What was looked for, to mark it in a whole message. */
  readonly needles: readonly Needle[];
  /** Sentences on what could not be searched. */
  readonly warnings: readonly string[];
}

/** One thing to mark in a text: words one after the other, or characters anywhere. */
export type Needle =
  | { readonly kind: 'words'; readonly words: readonly string[]; readonly isPrefix: boolean }
  | { readonly kind: 'characters'; readonly text: string };
