const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 60_000;

/** The longest wait that a server may ask for without the run being put off. */
export const LONGEST_WAIT_MS = 2 * 60_000;

/** Full jitter: anything between nothing and a bound that doubles from 1 s to 60 s. `attempt` counts from 0. */
export function backoffMs(attempt: number, random: () => number): number {
  const bound = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** attempt);
  return Math.round(random() * bound);
}

/**
 * How long a server asks to wait, in ms: `Retry-After` as seconds, or as a date measured against the
 * answer's own `Date`. Undefined when it says nothing usable.
 */
export function retryAfterMs(
  retryAfter: string | null,
  date: string | null,
  localNow: number,
): number | undefined {
  if (retryAfter === null) {
    return undefined;
  }
  if (/^\s*\d+(\.\d+)?\s*$/.test(retryAfter)) {
    return Math.round(Number(retryAfter) * 1_000);
  }
  const until = Date.parse(retryAfter);
  if (Number.isNaN(until)) {
    return undefined;
  }
  const now = date === null ? Number.NaN : Date.parse(date);
  return Math.max(0, until - (Number.isNaN(now) ? localNow : now));
}
