import { STREAMS, type StreamName } from '../../store/records';
import type { VerifyDifference } from './verifyTypes';

/** Differences that a report lists. */
const MOST_LISTED = 100;

/** Collects what is not the same on both sides. */
export class Differences {
  readonly #found = new Map<StreamName, VerifyDifference[]>();

  add(difference: VerifyDifference): void {
    const found = this.#found.get(difference.stream) ?? [];
    found.push(difference);
    this.#found.set(difference.stream, found);
  }

  get count(): number {
    return [...this.#found.values()].reduce((sum, found) => sum + found.length, 0);
  }

  /** At most 100: the first of each stream, then the second of each, and so on. */
  get listed(): readonly VerifyDifference[] {
    const lists = STREAMS.map((stream) => this.#found.get(stream) ?? []);
    const longest = Math.max(...lists.map((list) => list.length));
    const listed: VerifyDifference[] = [];
    for (let index = 0; index < longest && listed.length < MOST_LISTED; index += 1) {
      listed.push(...lists.flatMap((list) => list[index] ?? []));
    }
    return listed.slice(0, MOST_LISTED);
  }
}
