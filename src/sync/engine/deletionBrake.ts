/** So many rows of a stream may vanish in one run without a question. */
const ALWAYS_ALLOWED = 20;
const ALLOWED_SHARE = 0.1;

/** Whether so many deletions in one run look like a mistake of the server, or like an account that lost its rights. */
export function isMassDeletion(candidates: number, liveRows: number): boolean {
  return candidates > Math.max(ALWAYS_ALLOWED, liveRows * ALLOWED_SHARE);
}
