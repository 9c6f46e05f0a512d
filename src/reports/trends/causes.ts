/** Something that a number is the sum of: a user, a model, an instance. */
export interface Part {
  readonly name: string;
  readonly now: number;
  /** The same number of the span that it is compared with. */
  readonly before: number;
}

/** What one part has to do with a change. */
export interface Cause {
  readonly name: string;
  readonly change: number;
  /** Part of the whole change; above 1 where others went the other way. */
  readonly share: number;
}

const MOST_CAUSES = 3;
/** A smaller part explains nothing. */
const SMALLEST_SHARE = 0.1;

/**
 * The two or three parts with the largest share of a change, the largest first. Parts that went the other way, and those
 * below a tenth of it, explain nothing; neither does anything where nothing changed.
 * @param change what is to be explained; absent: the sum of the parts' changes
 */
export function causesOf(parts: readonly Part[], change = sumOfChanges(parts)): Cause[] {
  if (change === 0) {
    return [];
  }
  return parts
    .map(({ name, now, before }) => ({ name, change: now - before, share: (now - before) / change }))
    .filter(({ share }) => share >= SMALLEST_SHARE)
    .sort((a, b) => b.share - a.share)
    .slice(0, MOST_CAUSES);
}

function sumOfChanges(parts: readonly Part[]): number {
  return parts.reduce((sum, { now, before }) => sum + now - before, 0);
}
