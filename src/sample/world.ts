import { ChatBook } from './chatBook';
import { Library } from './library';
import { SeededRandom } from './random';
import { UserBook } from './userBook';
import type { SampleVersion } from './versions';
import type { WorldContext } from './worldContext';

/** The time of a sample server, in whole seconds since 1970, UTC. */
export type SampleClock = () => number;

export interface WorldOptions {
  /** Where the ids come from. */
  readonly seed?: number | string;
  /** Decides what moves `updated_at` and how the server answers. */
  readonly version?: SampleVersion;
  readonly clock?: SampleClock;
}

/** A Tuesday morning, used where a test does not care about the time. */
export const DEFAULT_NOW = Date.UTC(2026, 5, 16, 9) / 1000;

/**
 * Everything one sample server knows, in memory and changeable while it is being served.
 * `users`, `chats` and `library` hold the data and the actions on it.
 */
export class SampleWorld implements WorldContext {
  /** May be changed while the server runs, like an upgrade. */
  version: SampleVersion;
  readonly users: UserBook;
  readonly chats: ChatBook;
  readonly library: Library;
  readonly #random: SeededRandom;
  readonly #clock: SampleClock;
  #fixedNow: number | null = null;

  constructor(options: WorldOptions = {}) {
    this.version = options.version ?? '0.12.4';
    this.#random = new SeededRandom(options.seed ?? 1);
    this.#clock = options.clock ?? ((): number => DEFAULT_NOW);
    this.users = new UserBook(this);
    this.chats = new ChatBook(this, this.users);
    this.library = new Library(this, this.users);
  }

  /** Seconds since 1970, UTC. */
  now(): number {
    return this.#fixedNow ?? Math.floor(this.#clock());
  }

  /** Does something as if it were another time. */
  runAt<T>(seconds: number, action: () => T): T {
    const before = this.#fixedNow;
    this.#fixedNow = seconds;
    try {
      return action();
    } finally {
      this.#fixedNow = before;
    }
  }

  /** The next id; the order of calls decides which. */
  newId(): string {
    return this.#random.uuid();
  }

  /** Deletes an account with its chats, as the server does: no trace stays but feedback rows. */
  deleteUser(userId: string): void {
    this.users.remove(userId);
    this.chats.removeOfUser(userId);
  }
}
