import { setImmediate as nextTurn } from 'node:timers/promises';

/** Texts that are put together in one go: to put together all at the end would take as long as all of them. */
const TEXTS_AT_ONCE = 500;

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

/** All texts as one. */
export async function joinedInSlices(texts: Iterable<string>): Promise<string> {
  const parts: string[] = [];
  let open: string[] = [];
  await eachInSlices(texts, (text) => {
    open.push(text);
    if (open.length === TEXTS_AT_ONCE) {
      parts.push(open.join(''));
      open = [];
    }
  });
  return [...parts, ...open].join('');
}
