import * as v from 'valibot';
import type { StateBook } from './stateBook';

/**
 * Tags, share links and parameters move no time of a chat. So each run that looks at everybody fetches one share of
 * the chats again that look unchanged; after as many runs every chat had its turn.
 */
export const SHARES = 28;

/** Kept at the stream of messages: a day without a run loses nothing. */
const kept = v.object({
  nextShare: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** It had its turn already, but not all lists could be read then. */
  isRepeated: v.optional(v.boolean(), false),
});
type Turn = v.InferOutput<typeof kept>;

/** The share whose turn it is. */
export function shareInTurn(states: StateBook): number {
  return turnOf(states).nextShare;
}

/**
 * Notes that a share had its turn; it gets another one when not every user's list could be read. Only one, since a list
 * that fails for good must not keep all the others waiting.
 */
export async function endTurn(states: StateBook, isWhole: boolean): Promise<void> {
  const { nextShare, isRepeated } = turnOf(states);
  const turn: Turn =
    isWhole || isRepeated
      ? { nextShare: (nextShare + 1) % SHARES, isRepeated: false }
      : { nextShare, isRepeated: true };
  await states.change('messages', { walkJson: JSON.stringify(turn) });
}

function turnOf(states: StateBook): Turn {
  const saved = v.safeParse(kept, states.walk('messages'));
  const { nextShare, isRepeated } = saved.success ? saved.output : { nextShare: 0, isRepeated: false };
  return { nextShare: nextShare % SHARES, isRepeated };
}

/** The share to which a chat always belongs: FNV-1a of its id. */
export function shareOf(chatId: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < chatId.length; index += 1) {
    hash = Math.imul(hash ^ chatId.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash % SHARES;
}
