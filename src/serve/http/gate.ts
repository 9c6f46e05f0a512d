import { ProblemError } from './problem';

/** Seconds after which somebody who was turned away may ask again. */
const RETRY_S = 2;

/** Lets a few in at once, lets some wait, and turns all others away: each question takes memory and a processor. */
export class Gate {
  readonly #mostInside: number;
  readonly #mostWaiting: number;
  #inside = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(mostInside: number, mostWaiting: number) {
    this.#mostInside = mostInside;
    this.#mostWaiting = mostWaiting;
  }

  /** @throws ProblemError where too many wait already */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    await this.#enter();
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) {
        this.#inside -= 1;
      } else {
        next();
      }
    }
  }

  #enter(): Promise<void> {
    if (this.#inside < this.#mostInside) {
      this.#inside += 1;
      return Promise.resolve();
    }
    if (this.#waiting.length >= this.#mostWaiting) {
      return Promise.reject(new ProblemError('too_many', {}, { 'Retry-After': String(RETRY_S) }));
    }
    // Whoever leaves hands the place over.
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
