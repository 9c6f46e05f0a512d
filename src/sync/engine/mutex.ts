/** Lets one piece of work run at a time, in the order of asking. */
export class Mutex {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    // Who asked learns of a failure; the next one starts all the same.
    this.#last = result.catch(() => undefined);
    return result;
  }
}
