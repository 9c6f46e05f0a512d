/** A fixed number of places; who finds none waits in line. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Waits for a place, but no longer than `signal` allows; then goes on without one. @returns gives it back */
  async take(signal: AbortSignal): Promise<() => void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return this.#giver();
    }
    return new Promise((resolve) => {
      const enter = (): void => {
        signal.removeEventListener('abort', give);
        resolve(this.#giver());
      };
      const give = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1);
        resolve(() => undefined);
      };
      if (signal.aborted) {
        resolve(() => undefined);
        return;
      }
      this.#waiting.push(enter);
      signal.addEventListener('abort', give, { once: true });
    });
  }

  #giver(): () => void {
    return () => {
      const next = this.#waiting.shift();
      if (next === undefined) {
        this.#free += 1;
      } else {
        next();
      }
    };
  }
}
