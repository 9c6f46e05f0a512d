import type { MirrorWriter } from '../../store/mirrorWriter';
import type { Clock } from './syncTypes';

/** Publishing may take about 4 % of the time, but happens at least once a minute and at most every 10 s. */
const COST_FACTOR = 25;
const SHORTEST_MS = 10_000;
const LONGEST_MS = 60_000;

/** Publishes one writer's work on behalf of all runs that share it. */
export class Publisher {
  readonly #writer: MirrorWriter;
  readonly #clock: Clock;
  #lastAt: number;
  #lastCostMs = 0;
  #isBusy = false;

  constructor(writer: MirrorWriter, clock: Clock) {
    this.#writer = writer;
    this.#clock = clock;
    this.#lastAt = clock.now();
  }

  /** Publishes when enough time has gone by since the last time, measured by what that cost. */
  async checkpoint(): Promise<void> {
    const interval = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, COST_FACTOR * this.#lastCostMs));
    const now = this.#clock.now();
    const isDue = now < this.#lastAt || now - this.#lastAt >= interval;
    if (isDue && !this.#isBusy) {
      await this.publish();
    }
  }

  async publish(): Promise<void> {
    const startedAt = this.#clock.now();
    this.#isBusy = true;
    try {
      await this.#writer.publish();
    } finally {
      this.#isBusy = false;
      this.#lastAt = this.#clock.now();
      this.#lastCostMs = this.#lastAt - startedAt;
    }
  }
}
