import { StorageError } from '../../store/errors';
import type { MirrorWriter } from '../../store/mirrorWriter';
import { detailOf } from './problems';
import type { Clock, Logger } from './syncTypes';

/** Publishing may take about 4 % of the time, but happens at least once a minute and at most every 10 s. */
const COST_FACTOR = 25;
const SHORTEST_MS = 10_000;
const LONGEST_MS = 60_000;

/** Makes a run's work visible to readers. */
export interface Outlet {
  /** While it works: when enough time has gone by. A disk that does not take it now may do so later. */
  checkpoint(): Promise<void>;
  /** At its end. @throws StorageError when the disk does not take it */
  finish(): Promise<void>;
}

/** What is written stays invisible: for previews. */
export const NO_OUTLET: Outlet = {
  checkpoint: () => Promise.resolve(),
  finish: () => Promise.resolve(),
};

/** Publishes one writer's work on behalf of all runs that share it. */
export class Publisher implements Outlet {
  readonly #writer: MirrorWriter;
  readonly #clock: Clock;
  readonly #log: Logger;
  #lastAt: number;
  #lastCostMs = 0;
  #isBusy = false;
  #toldOf: string | undefined;

  constructor(writer: MirrorWriter, clock: Clock, log: Logger) {
    this.#writer = writer;
    this.#clock = clock;
    this.#log = log;
    this.#lastAt = clock.now();
  }

  /** Publishes when enough time has gone by since the last time, measured by what that cost. */
  async checkpoint(): Promise<void> {
    const interval = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, COST_FACTOR * this.#lastCostMs));
    const now = this.#clock.now();
    const isDue = now < this.#lastAt || now - this.#lastAt >= interval;
    if (isDue && !this.#isBusy) {
      await this.#tryToPublish();
    }
  }

  async finish(): Promise<void> {
    await this.#publish();
    try {
      await this.#writer.refreshCopies();
    } catch (error) {
      // The rows are published: neither is the run a failure, nor must it be done again.
      const reason = error instanceof StorageError ? `. ${error.message}` : detailOf(error);
      this.#log.warn(`openwebui_sync.db could not be brought up to date; the next sync tries again${reason}`);
    }
  }

  /** What was fetched stays in memory meanwhile: only the end of the run decides. */
  async #tryToPublish(): Promise<void> {
    try {
      await this.#publish();
      this.#toldOf = undefined;
    } catch (error) {
      if (!(error instanceof StorageError)) {
        throw error;
      }
      if (this.#toldOf !== error.problem) {
        this.#toldOf = error.problem;
        this.#log.warn(`${error.message} The sync goes on and tries again.`);
      }
    }
  }

  async #publish(): Promise<void> {
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
