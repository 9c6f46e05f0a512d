import { isStricter, type PrivacyMode } from './privacy';

/**
 * What chats with a language model may read of an instance, from little to much. `numbers`: everything but what people
 * wrote and how they named it; `text`: all that the mirror holds. An instance without either is closed to them.
 */
export const AI_ACCESS = ['numbers', 'text'] as const;
export type AiAccess = (typeof AI_ACCESS)[number];

/** The part of an instance's record that decides. */
interface Agreement {
  readonly url: string;
  readonly privacy?: PrivacyMode | undefined;
  readonly ai?: AiAccess | undefined;
}

/** What each privacy mode allows at most: where people are not named, nothing is handed to others. */
const MOST: Readonly<Record<PrivacyMode, AiAccess | undefined>> = {
  full: 'text',
  names: 'numbers',
  pseudonyms: undefined,
  counts: undefined,
};

/** The most that can be agreed to for an instance; undefined: it is never open to models. */
export function mostAiAccess(mode: PrivacyMode = 'full'): AiAccess | undefined {
  return MOST[mode];
}

/** What models may read of an instance now, whatever its record says beyond its privacy mode; undefined: nothing. */
export function aiAccessOf({ ai, privacy }: Omit<Agreement, 'url'>): AiAccess | undefined {
  const most = mostAiAccess(privacy);
  return ai === undefined || most === undefined ? undefined : most === 'numbers' ? most : ai;
}

/**
 * Whether what was agreed to holds after a change of an instance: not at another server, and not once its mirror is to
 * hold less.
 */
export function keepsAiAccess(before: Agreement, after: Agreement): boolean {
  const isSameServer = before.url === after.url || originOf(before.url) === originOf(after.url);
  return isSameServer && !isStricter(after.privacy ?? 'full', before.privacy ?? 'full');
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}
