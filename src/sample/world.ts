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
  /** Seconds by which the server's clock is ahead of the true time; may be changed while the server runs. */
  skew = 0;
  readonly users: UserBook;
  readonly chats: ChatBook;
  readonly library: Library;
  readonly #random: SeededRandom;
  readonly #clock: SampleClock;
  #fixedNow: number | null = null;
  #backup: (() => void) | null = null;

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
    return this.#fixedNow ?? Math.floor(this.#clock()) + this.skew;
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

  /** Makes a backup of everything; the one before is thrown away. */
  backUp(): void {
    const { version } = this;
    const books = [this.users.backUp(), this.chats.backUp(), this.library.backUp()];
    this.#backup = (): void => {
      this.version = version;
      books.forEach((restore) => restore());
    };
  }

  /** Brings the last backup back. @throws Error when there is none. */
  restore(): void {
    if (this.#backup === null) {
      throw new Error('The sample server has no backup');
    }
    this.#backup();
  }

  /** Starts over with nothing but a new administrator, who gets the first one's address, password and key. */
  reinstall(): void {
    const { name, email, password, apiKey } = this.users.admin();
    [this.users, this.chats, this.library].forEach((book) => book.clear());
    this.users.add({ name, email, password, role: 'admin', ...(apiKey === null ? {} : { apiKey }) });
  }

  /** Deletes an account with its chats, as the server does: no trace stays but feedback rows. */
  deleteUser(userId: string): void {
    this.users.remove(userId);
    this.chats.removeOfUser(userId);
  }
}
