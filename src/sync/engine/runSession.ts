import type { MirrorWriter } from '../../store/mirrorWriter';
import type { HeldLock } from './coordinatorTypes';
import { Publisher } from './publisher';
import type { Clock, Logger } from './syncTypes';

/** A writer and what publishes it. */
export interface OpenMirror {
  readonly writer: MirrorWriter;
  readonly publisher: Publisher;
}

export interface RunSessionParts {
  readonly lock: HeldLock;
  readonly openWriter: () => Promise<MirrorWriter>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What all runs of this process share while any of them is active: the lock and the one writer. */
export class RunSession {
  readonly #parts: RunSessionParts;
  #mirror: OpenMirror;
  #renewal: Promise<OpenMirror> | undefined;

  private constructor(parts: RunSessionParts, mirror: OpenMirror) {
    this.#parts = parts;
    this.#mirror = mirror;
  }

  /** Takes over the lock: it is released when opening fails, else by `close`. */
  static async open(parts: RunSessionParts): Promise<RunSession> {
    try {
      return new RunSession(parts, await openMirror(parts));
    } catch (error) {
      await parts.lock.release();
      throw error;
    }
  }

  /** The current writer; waits while it is being replaced. */
  mirror(): Promise<OpenMirror> {
    return this.#renewal ?? Promise.resolve(this.#mirror);
  }

  /** Replaces a writer that is lost; of several runs that found it so, one does. */
  async renew(lost: OpenMirror): Promise<void> {
    if (this.#mirror === lost) {
      this.#renewal ??= this.#replace(lost).finally(() => {
        this.#renewal = undefined;
      });
    }
    await this.#renewal;
  }

  async close(): Promise<void> {
    try {
      await this.#closeWriter(this.#mirror);
    } finally {
      await this.#parts.lock.release();
    }
  }

  async #replace(lost: OpenMirror): Promise<OpenMirror> {
    await this.#closeWriter(lost);
    this.#mirror = await openMirror(this.#parts);
    return this.#mirror;
  }

  /** A writer that cannot be closed is gone anyway; what it had not published is fetched again. */
  async #closeWriter({ writer }: OpenMirror): Promise<void> {
    try {
      await writer.close();
    } catch (error) {
      const name = error instanceof Error ? error.name : 'Error';
      this.#parts.log.warn(
        `The database's writer ended early (${name}). The next sync goes on from the last save.`,
      );
    }
  }
}

async function openMirror({ openWriter, clock, log }: RunSessionParts): Promise<OpenMirror> {
  const writer = await openWriter();
  return { writer, publisher: new Publisher(writer, clock, log) };
}
