import * as l10n from '@vscode/l10n';
import type { DeletableStream, HoldReason } from '../../store/mirrorFacts';
import { countOf, formatCount, ROW_NOUNS } from '../words';

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

/** What is said of rows that were held back. */
const SENTENCES: Readonly<Record<HoldReason, (held: string, living: string) => string>> = {
  many: (held, living) => l10n.t('{0} of {1} are gone from the server at once.', held, living),
  emptied: (_, living) => l10n.t('All {0} are gone from the server at once.', living),
  serverReplaced: (held, living) =>
    l10n.t('The server knows nobody of before, and {0} of {1} are gone from it.', held, living),
  serverRestored: (held, living) =>
    l10n.t('The server is an older copy of itself, and {0} of {1} are gone from it.', held, living),
};

/** What to tell of deletions that were held back. */
export function heldMessage(
  reason: HoldReason,
  stream: DeletableStream,
  held: number,
  living: number,
): string {
  const sentence = SENTENCES[reason](formatCount(held), countOf(living, ROW_NOUNS[stream]));
  const nextStep = l10n.t('They were kept. Review them: “OpenWebUI Sync: Review Deletions...”.');
  return `${sentence} ${nextStep}`;
}
