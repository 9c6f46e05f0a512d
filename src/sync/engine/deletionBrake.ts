import type { DeletableStream, HoldReason } from '../../store/mirrorFacts';
import { formatCount, ROW_WORDS } from '../words';

/** So many rows of a stream may vanish in one run without a question. */
const ALWAYS_ALLOWED = 20;
const ALLOWED_SHARE = 0.1;

/** What one run finds gone of a stream. */
export interface Vanished {
  readonly gone: number;
  /** Rows of the stream that were not marked deleted before. */
  readonly living: number;
}

interface BrakeRule {
  readonly reason: HoldReason;
  readonly holds: (vanished: Vanished) => boolean;
}

/** What no server does in a normal day: the first rule that holds names the reason. */
const RULES: readonly BrakeRule[] = [
  { reason: 'emptied', holds: ({ gone, living }) => gone === living && living > 1 },
  { reason: 'many', holds: isMany },
];

/** Whether so many deletions are held back whatever the server says about each of them. */
export function isMany({ gone, living }: Vanished): boolean {
  return gone > Math.max(ALWAYS_ALLOWED, living * ALLOWED_SHARE);
}

/** Why these deletions look like a mistake of the server; undefined: they do not. */
export function brakeReason(vanished: Vanished): HoldReason | undefined {
  return RULES.find(({ holds }) => holds(vanished))?.reason;
}

/** What is said of rows that were held back; `{held}`, `{living}` and `{stream}` are filled in. */
const SENTENCES: Readonly<Record<HoldReason, string>> = {
  many: '{held} of {living} {stream} are gone from the server at once',
  emptied: 'All {held} {stream} are gone from the server at once',
  serverReplaced: 'The server knows nobody of before, and {held} of {living} {stream} are gone from it',
  serverRestored: 'The server is an older copy of itself, and {held} of {living} {stream} are gone from it',
};

const NEXT_STEP = 'They were kept. Review them: “OpenWebUI Sync: Review Deletions…”.';

/** What to tell of deletions that were held back. */
export function heldMessage(
  reason: HoldReason,
  stream: DeletableStream,
  held: number,
  living: number,
): string {
  const values: Readonly<Record<string, string>> = {
    held: formatCount(held),
    living: formatCount(living),
    stream: ROW_WORDS[stream][1],
  };
  const sentence = SENTENCES[reason].replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
  return `${sentence}. ${NEXT_STEP}`;
}
