import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long a piece of work may keep the thread before others get their turn, in ms. */
const SLICE_MS = 3;

/** Does `work` for each item; other work of this thread runs in between. Each single `work` must be short. */
export async function eachInSlices<T>(items: Iterable<T>, work: (item: T) => void): Promise<void> {
  let startedAt = performance.now();
  for (const item of items) {
    work(item);
    if (performance.now() - startedAt >= SLICE_MS) {
      await nextTurn();
      startedAt = performance.now();
    }
  }
}

/** The same as {@link Array.map}. */
export async function mapInSlices<T, U>(items: Iterable<T>, map: (item: T) => U): Promise<U[]> {
  const mapped: U[] = [];
  await eachInSlices(items, (item) => mapped.push(map(item)));
  return mapped;
}
