import type { GenerationStore } from '../files/generationStore';
import { PublishConflictError, StorageError } from '../errors';
import { writeMeta } from '../migrations';
import type { Session } from './session';

/** Makes the database visible as the next generation, and knows when another process was first. */
export class MirrorPublisher {
  readonly #session: Session;
  readonly #store: GenerationStore;
  #generation: number;
  #conflict: PublishConflictError | undefined;
  #failure: StorageError | undefined;
  #writtenBy = '';

  /** @param generation number of the newest one that the database follows */
  constructor(session: Session, store: GenerationStore, generation: number) {
    this.#session = session;
    this.#store = store;
    this.#generation = generation;
  }

  /** Number of the newest generation that the database follows. */
  get generation(): number {
    return this.#generation;
  }

  /** Why the disk did not take the last publish; undefined when it did. */
  get failure(): StorageError | undefined {
    return this.#failure;
  }

  /** Notes which version of the product writes what is published from now on. */
  noteClient(version: string): void {
    this.#writtenBy = version;
  }

  /** Refuses work once another process was first. @throws PublishConflictError */
  assertUsable(): void {
    if (this.#conflict !== undefined) {
      throw this.#conflict;
    }
  }

  /** Publishes the next generation. @throws PublishConflictError when another process was first; StorageError */
  publishNext(): void {
    const { database } = this.#session;
    const number = this.#generation + 1;
    const now = this.#session.now();
    database.transaction(() => {
      writeMeta(database, 'generation', String(number));
      writeMeta(database, 'written_by', this.#writtenBy);
      writeMeta(database, 'written_at', String(now));
    });
    try {
      this.#store.publish(database.export(), number, new Date(now * 1000).toISOString().slice(0, 10));
    } catch (error) {
      if (error instanceof PublishConflictError) {
        this.#conflict = error;
      } else if (error instanceof StorageError) {
        this.#failure = error;
      }
      throw error;
    }
    this.#failure = undefined;
    this.#generation = number;
  }
}
