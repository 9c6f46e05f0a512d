/** What this window has under way, to be ended with it. */
export class ActiveWork {
  readonly #active = new Set<Promise<unknown>>();
  readonly #end = new AbortController();

  /** Fires at the window's end. */
  get end(): AbortSignal {
    return this.#end.signal;
  }

  /** Counts as under way until it has settled. */
  async follow<T>(work: Promise<T>): Promise<T> {
    this.#active.add(work);
    try {
      return await work;
    } finally {
      this.#active.delete(work);
    }
  }

  /**
   * Fires {@link end} and waits until all has settled, at most `timeoutMs`. With nothing under way it returns at once.
   * @param cancel asks what is under way to stop
   */
  async shutDown(cancel: () => Promise<void>, timeoutMs: number): Promise<void> {
    this.#end.abort();
    if (this.#active.size === 0) {
      return;
    }
    const late = new Promise<void>((resolve) => {
      setTimeout(resolve, timeoutMs).unref();
    });
    await Promise.race([late, Promise.allSettled([cancel(), ...this.#active])]);
  }
}
