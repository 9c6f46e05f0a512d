import type { StateBook } from '../stateBook';

/** Noted at a user whose chat list must be read to its end, be it in a later run. */
const AGAIN = '{"again":true}';

/** Notes users whose chats are not complete yet; the next walk looks at them whatever else it looks at. */
export function noteUnfinished(states: StateBook, userRemoteIds: readonly string[]): Promise<void> {
  return states.changeScopes('chats', userRemoteIds, { walkJson: AGAIN });
}

/** Their chats are complete. */
export function forgetUnfinished(states: StateBook, userRemoteIds: readonly string[]): Promise<void> {
  return states.changeScopes('chats', userRemoteIds, { walkJson: undefined });
}
