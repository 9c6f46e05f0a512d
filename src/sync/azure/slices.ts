import { setImmediate } from 'node:timers/promises';

/** Rows at a time: a few milliseconds of the main thread. */
const SLICE = 250;

/** What `work` makes of each item. Others get their turn in between: a month may have many thousands of rows. */
export async function mapInSlices<T, R>(
  items: readonly T[],
  work: (item: T) => R,
  signal: AbortSignal,
): Promise<readonly R[]> {
  const made: R[] = [];
  for (let start = 0; start < items.length; start += SLICE) {
    signal.throwIfAborted();
    made.push(...items.slice(start, start + SLICE).map(work));
    await setImmediate();
  }
  return made;
}
