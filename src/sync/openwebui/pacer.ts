import type { Clock, RequestPolicy } from '../engine/syncTypes';

/** Successful requests after which one of the places taken away is given back. */
const RECOVERY_AFTER = 20;

/** Spaces the requests of one instance: a least gap between two starts, and so many under way at once. */
export class Pacer {
  readonly #clock: Clock;
  readonly #gapMs: number;
  readonly #fullWidth: number;
  #width: number;
  #active = 0;
  #nextStart = 0;
  #successes = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(policy: Pick<RequestPolicy, 'delayMs' | 'concurrency'>, clock: Clock) {
    this.#clock = clock;
    this.#gapMs = Math.max(0, policy.delayMs);
    this.#fullWidth = Math.max(1, Math.floor(policy.concurrency));
    this.#width = this.#fullWidth;
  }

  /** Requests that may be under way at once right now. */
  get width(): number {
    return this.#width;
  }

  /** Waits for a place and for the gap; the caller gives the place back with the returned function. */
  async enter(signal: AbortSignal): Promise<() => void> {
    await this.#place(signal);
    try {
      await this.#gap(signal);
    } catch (error) {
      this.#leave();
      throw error;
    }
    let isDone = false;
    return () => {
      if (isDone) {
        return;
      }
      isDone = true;
      this.#leave();
    };
  }

  /** The server is overloaded: half as many at once from now on. */
  slowDown(): void {
    this.#width = Math.max(1, Math.floor(this.#width / 2));
    this.#successes = 0;
  }

  /** A request went well; after a row of them one place comes back. */
  noteSuccess(): void {
    this.#successes += 1;
    if (this.#width < this.#fullWidth && this.#successes % RECOVERY_AFTER === 0) {
      this.#width += 1;
      this.#wake();
    }
  }

  /** Nobody starts a request before `ms` have gone by. */
  pause(ms: number): void {
    this.#nextStart = Math.max(this.#nextStart, this.#clock.now() + ms);
  }

  async #place(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#active < this.#width && this.#waiting.length === 0) {
      this.#active += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const enter = (): void => {
        signal.removeEventListener('abort', give);
        this.#active += 1;
        resolve();
      };
      const give = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1);
        reject(signal.reason as Error);
      };
      this.#waiting.push(enter);
      signal.addEventListener('abort', give, { once: true });
    });
  }

  async #gap(signal: AbortSignal): Promise<void> {
    const start = Math.max(this.#clock.now(), this.#nextStart);
    this.#nextStart = start + this.#gapMs;
    const wait = start - this.#clock.now();
    if (wait > 0) {
      await this.#clock.sleep(wait, signal);
    }
  }

  #leave(): void {
    this.#active -= 1;
    this.#wake();
  }

  #wake(): void {
    while (this.#active < this.#width) {
      const next = this.#waiting.shift();
      if (next === undefined) {
        return;
      }
      next();
    }
  }
}
