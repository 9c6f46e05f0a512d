import { WorkerGoneError } from '../../../../src/store/errors';
import type { MirrorWriter } from '../../../../src/store/mirrorWriter';

/** What happens to the writers of one run. */
export interface WriterPlan {
  /** Each of the first `writers` writers dies at its call number `call`: what it had not published is lost. */
  readonly death?: { readonly call: number; readonly writers: number } | undefined;
  /** Something that happens before call number `call` of the first writer. */
  readonly between?: { readonly call: number; readonly act: () => Promise<void> } | undefined;
}

/** Hands out writers of one run and does to them what is planned. */
export class WatchedWriters {
  readonly #plan: WriterPlan;
  /** How many were opened. */
  opened = 0;

  constructor(plan: WriterPlan) {
    this.#plan = plan;
  }

  watch(writer: MirrorWriter): MirrorWriter {
    this.opened += 1;
    const { death, between } = this.#plan;
    const number = this.opened;
    let calls = 0;
    const beforeCall = async (): Promise<void> => {
      calls += 1;
      if (death !== undefined && number <= death.writers && calls >= death.call) {
        throw new WorkerGoneError('The writer died');
      }
      if (number === 1 && calls === between?.call) {
        await between.act();
      }
    };
    return new Proxy(writer, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as unknown;
        return typeof method !== 'function'
          ? method
          : async (...args: unknown[]): Promise<unknown> => {
              await beforeCall();
              return method.apply(target, args) as unknown;
            };
      },
    });
  }
}
