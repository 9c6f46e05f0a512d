import * as v from 'valibot';
import type { StateBook } from './stateBook';

/**
 * Tags, share links and parameters move no time of a chat. So each run that looks at everybody fetches one share of
 * the chats again that look unchanged; after as many runs every chat had its turn.
 */
export const SHARES = 28;

/** Kept at the stream of messages: a day without a run loses nothing. */
const kept = v.object({ nextShare: v.pipe(v.number(), v.integer(), v.minValue(0)) });

/** The share whose turn it is. */
export function shareInTurn(states: StateBook): number {
  const saved = v.safeParse(kept, states.walk('messages'));
  return saved.success ? saved.output.nextShare % SHARES : 0;
}

/** Notes that a share had its turn. */
export async function endTurn(states: StateBook, share: number): Promise<void> {
  await states.change('messages', { walkJson: JSON.stringify({ nextShare: (share + 1) % SHARES }) });
}

/** The share to which a chat always belongs: FNV-1a of its id. */
export function shareOf(chatId: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < chatId.length; index += 1) {
    hash = Math.imul(hash ^ chatId.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash % SHARES;
}
