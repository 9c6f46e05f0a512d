import { Worker } from 'node:worker_threads';
import type { Transferable } from 'node:worker_threads';
import { WorkerGoneError } from '../errors';
import { RpcClient, type Methods } from './rpc';

export interface WorkerClientOptions {
  /** Bundle of the worker's entry. */
  readonly workerPath: string;
  /** Read there as `workerData`. */
  readonly data: unknown;
  readonly context?: (() => unknown) | undefined;
}

/** One worker thread and the calls to it. An idle worker does not keep the process alive. */
export class WorkerClient<M extends Methods<M>> {
  readonly #worker: Worker;
  readonly #rpc: RpcClient<M>;
  #isGone = false;

  constructor({ workerPath, data, context }: WorkerClientOptions) {
    const worker = new Worker(workerPath, { workerData: data });
    this.#worker = worker;
    this.#rpc = new RpcClient<M>(worker, {
      context,
      onBusy: (isBusy) => {
        if (isBusy) {
          worker.ref();
        } else {
          worker.unref();
        }
      },
    });
    worker.unref();
    worker.on('error', (error) => {
      this.#end(new WorkerGoneError(`The worker failed: ${error.message}`, { cause: error }));
    });
    worker.on('exit', (code) => {
      this.#end(new WorkerGoneError(`The worker ended with code ${code}`));
    });
  }

  /** False once the worker has ended. */
  get isAlive(): boolean {
    return !this.#isGone;
  }

  call<K extends keyof M & string>(
    method: K,
    args: Parameters<M[K]>,
    transfer: readonly Transferable[] = [],
  ): Promise<Awaited<ReturnType<M[K]>>> {
    return this.#rpc.call(method, args, transfer);
  }

  /** Stops the thread at once; calls that wait are rejected with `reason`. */
  async terminate(reason: Error = new WorkerGoneError('The worker was stopped')): Promise<void> {
    this.#end(reason);
    await this.#worker.terminate();
  }

  #end(reason: Error): void {
    this.#isGone = true;
    this.#rpc.fail(reason);
  }
}
