import { DatabaseBrokenError } from '../errors';
import type { Methods } from './rpc';
import { WorkerClient } from './workerClient';

const IDLE_MS = 10 * 60_000;

/** A worker that starts with the first question and is dropped when nothing was asked for a while. */
export class IdleWorker<M extends Methods<M>> {
  readonly #workerPath: string;
  readonly #data: unknown;
  readonly #idleMs: number;
  #worker: WorkerClient<M> | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  #waiting = 0;
  #isDisposed = false;

  constructor(workerPath: string, data: unknown, idleMs = IDLE_MS) {
    this.#workerPath = workerPath;
    this.#data = data;
    this.#idleMs = idleMs;
  }

  /** Asks the worker something. @throws WorkerGoneError when it ends before it has answered. */
  async ask<T>(question: (worker: WorkerClient<M>) => Promise<T>): Promise<T> {
    clearTimeout(this.#idleTimer);
    this.#waiting++;
    try {
      return await question(this.#running());
    } catch (error) {
      if (error instanceof DatabaseBrokenError) {
        // The whole module may be damaged: the next question gets a new one.
        this.drop();
      }
      throw error;
    } finally {
      this.#waiting--;
      this.#dropWhenIdle();
    }
  }

  /** Stops the worker now; what waits is rejected with `reason`, the next question starts another worker. */
  drop(reason?: Error): void {
    void this.#stop(reason);
  }

  /** Takes no more questions. Settles once the thread has ended: nothing of it writes any more. */
  dispose(): Promise<void> {
    this.#isDisposed = true;
    return this.#stop();
  }

  async #stop(reason?: Error): Promise<void> {
    clearTimeout(this.#idleTimer);
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate(reason);
  }

  #running(): WorkerClient<M> {
    if (this.#isDisposed) {
      throw new Error('The database was closed here already');
    }
    if (this.#worker?.isAlive !== true) {
      this.#worker = new WorkerClient<M>({ workerPath: this.#workerPath, data: this.#data });
    }
    return this.#worker;
  }

  #dropWhenIdle(): void {
    if (this.#waiting === 0 && !this.#isDisposed) {
      this.#idleTimer = setTimeout(() => this.drop(), this.#idleMs).unref();
    }
  }
}
