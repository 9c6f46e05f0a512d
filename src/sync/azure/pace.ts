import { Mutex } from '../engine/mutex';

/**
 * How fast one tenant is asked. Its clients share it: Azure counts what a tenant asks, so a throttled scope holds back the
 * others too, and there is one request at a time.
 */
export class Pace {
  readonly turns = new Mutex();
  readonly #starts = new Map<string, number>();
  /** Since when and for how long, in ms. */
  #throttling: Span = { from: 0, ms: 0 };

  /** When the next request to `place` may start, in ms since 1970; a clock that was set back makes no wait longer. */
  readyAt(place: string, spacingMs: number, now: number): number {
    const last = this.#starts.get(place);
    const spacing = last === undefined ? 0 : endOf({ from: last, ms: spacingMs }, now);
    return Math.max(endOf(this.#throttling, now), spacing);
  }

  started(place: string, at: number): void {
    this.#starts.set(place, at);
  }

  /** @param ms from `now` on, which is ms since 1970 */
  throttle(ms: number, now: number): void {
    if (now + ms > endOf(this.#throttling, now)) {
      this.#throttling = { from: now, ms };
    }
  }
}

interface Span {
  readonly from: number;
  readonly ms: number;
}

function endOf({ from, ms }: Span, now: number): number {
  return Math.min(from, now) + ms;
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
