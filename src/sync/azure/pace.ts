import { Mutex } from '../engine/mutex';

/**
 * How fast one tenant is asked. Its clients share it: Azure counts what a tenant asks, so a throttled scope holds back the
 * others too, and there is one request at a time.
 */
export class Pace {
  readonly turns = new Mutex();
  readonly #starts = new Map<string, number>();
  #throttledUntil = 0;

  /** When the next request to `place` may start, in ms since 1970. */
  readyAt(place: string, spacingMs: number): number {
    const last = this.#starts.get(place);
    return Math.max(this.#throttledUntil, last === undefined ? 0 : last + spacingMs);
  }

  started(place: string, at: number): void {
    this.#starts.set(place, at);
  }

  /** @param until ms since 1970 */
  throttle(until: number): void {
    this.#throttledUntil = Math.max(this.#throttledUntil, until);
  }
}

/** The pace of each tenant, by service: Cost Management and Resource Manager count apart. */
export class Paces {
  readonly #all = new Map<string, Pace>();

  of(...key: readonly string[]): Pace {
    const name = JSON.stringify(key);
    const pace = this.#all.get(name) ?? new Pace();
    this.#all.set(name, pace);
    return pace;
  }
}
