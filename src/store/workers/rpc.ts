import type { Transferable } from 'node:worker_threads';
import { fromWire, toError, toWire, WorkerGoneError, type WireError } from '../errors';
import { takeWords } from '../../language/workerWords';

/** The methods that one thread offers to another; all values must survive structured cloning. */
export type Methods<M> = { readonly [K in keyof M]: (...args: never[]) => unknown };

/** Either end of a worker: a `Worker` or a `MessagePort`. */
export interface Port {
  postMessage(message: unknown, transfer?: readonly Transferable[]): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
}

interface Request {
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
  /** Travels with each request, such as the caller's time. */
  readonly context: unknown;
}

type Response =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly error: WireError };

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

export interface RpcClientOptions {
  /** Evaluated at each call and handed to the other side before the method runs. */
  readonly context?: (() => unknown) | undefined;
  /** Told when the first request starts to wait (true) and when none waits any more (false). */
  readonly onBusy?: ((isBusy: boolean) => void) | undefined;
}

/** Calls methods of another thread. Each call settles: by its reply, or when {@link RpcClient.fail} is called. */
export class RpcClient<M extends Methods<M>> {
  readonly #port: Port;
  readonly #options: RpcClientOptions;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #failure: Error | undefined;

  constructor(port: Port, options: RpcClientOptions = {}) {
    this.#port = port;
    this.#options = options;
    port.on('message', (message) => {
      this.#settle(message as Response);
    });
  }

  /** @param transfer buffers whose ownership moves to the other thread. */
  call<K extends keyof M & string>(
    method: K,
    args: Parameters<M[K]>,
    transfer: readonly Transferable[] = [],
  ): Promise<Awaited<ReturnType<M[K]>>> {
    if (this.#failure !== undefined) {
      return Promise.reject(this.#failure);
    }
    const id = ++this.#lastId;
    return new Promise<unknown>((resolve, reject) => {
      const request: Request = { id, method, args, context: this.#options.context?.() };
      this.#port.postMessage(request, transfer);
      this.#pending.set(id, { resolve, reject });
      if (this.#pending.size === 1) {
        this.#options.onBusy?.(true);
      }
    }) as Promise<Awaited<ReturnType<M[K]>>>;
  }

  /** Rejects what waits and all later calls: the other side is gone. */
  fail(reason: Error = new WorkerGoneError('The worker has ended')): void {
    this.#failure ??= reason;
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of waiting) {
      reject(reason);
    }
  }

  #settle(response: Response): void {
    const pending = this.#pending.get(response.id);
    if (pending === undefined) {
      return;
    }
    this.#pending.delete(response.id);
    if (this.#pending.size === 0) {
      this.#options.onBusy?.(false);
    }
    if (response.ok) {
      pending.resolve(response.value);
    } else {
      pending.reject(fromWire(response.error));
    }
  }
}

/** What a served method returns when buffers are to change their owner with the answer. */
export class Transfer<T = unknown> {
  constructor(
    readonly value: T,
    readonly buffers: readonly Transferable[],
  ) {}
}

export interface RpcServerOptions {
  /** Gets the caller's context right before the method runs. */
  readonly onContext?: (context: unknown) => void;
}

/** Answers the calls of an {@link RpcClient} one after the other: each gets a reply, be it an error. */
export function serveRpc<M extends Methods<M>>(port: Port, methods: M, options: RpcServerOptions = {}): void {
  takeWords();
  const table = new Map(Object.entries(methods) as [string, (...args: readonly unknown[]) => unknown][]);
  const answer = async ({ id, method, args, context }: Request): Promise<void> => {
    try {
      options.onContext?.(context);
      const run = table.get(method);
      if (run === undefined) {
        throw new Error(`No method ${method}`);
      }
      const result = await run(...args);
      const reply: Transfer = result instanceof Transfer ? result : new Transfer(result, []);
      port.postMessage({ id, ok: true, value: reply.value } satisfies Response, reply.buffers);
    } catch (error) {
      port.postMessage({ id, ok: false, error: toWire(toError(error)) } satisfies Response);
    }
  };
  let last = Promise.resolve();
  port.on('message', (message) => {
    last = last.then(() => answer(message as Request));
  });
}

/** A view of the bytes that may be transferred without taking foreign bytes along. */
export function transferable(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = bytes;
  const isWhole = buffer instanceof ArrayBuffer && byteOffset === 0 && byteLength === buffer.byteLength;
  return isWhole ? new Uint8Array(buffer) : new Uint8Array(bytes);
}
