import type { Clock } from '../engine/syncTypes';

/** One for all: to make an error for each wait that ends in time takes longer than the wait's own work. */
const DISARMED = new DOMException('Came in time', 'AbortError');

/** Ends a request that nothing comes from, or that the run's signal ends. One per attempt. */
export class Watchdog {
  readonly #clock: Clock;
  readonly #outer: AbortSignal;
  readonly #controller = new AbortController();
  #armed = new AbortController();
  #isTimedOut = false;
  /** Rejected when the signal fires. */
  readonly #ended: Promise<never>;

  constructor(clock: Clock, outer: AbortSignal) {
    this.#clock = clock;
    this.#outer = outer;
    this.#ended = new Promise((_resolve, reject) => {
      this.#controller.signal.addEventListener('abort', () =>
        reject(this.#controller.signal.reason as Error),
      );
    });
    // It may fire while nobody waits.
    this.#ended.catch(() => undefined);
    if (outer.aborted) {
      this.#controller.abort(outer.reason);
    } else {
      outer.addEventListener('abort', this.#end, { once: true });
    }
  }

  /** Fires on a time-out and when the run is cancelled. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get isTimedOut(): boolean {
    return this.#isTimedOut;
  }

  /** Waits for `work`, but no longer than `ms` and not beyond the signal, even if `work` ignores it. */
  async within<T>(ms: number, work: Promise<T>): Promise<T> {
    this.#arm(ms);
    try {
      return await Promise.race([work, this.#ended]);
    } finally {
      this.#armed.abort(DISARMED);
    }
  }

  /** Ends everything now: the time is up. */
  expire(): void {
    this.#isTimedOut = true;
    this.#controller.abort(new DOMException('Timed out', 'TimeoutError'));
  }

  dispose(): void {
    this.#armed.abort(DISARMED);
    this.#outer.removeEventListener('abort', this.#end);
  }

  readonly #end = (): void => {
    this.#controller.abort(this.#outer.reason);
  };

  #arm(ms: number): void {
    const armed = new AbortController();
    this.#armed = armed;
    void this.#clock.sleep(ms, armed.signal).then(
      () => {
        if (!armed.signal.aborted) {
          this.expire();
        }
      },
      () => {
        // Disarmed in time: what it guarded has come.
      },
    );
  }
}
