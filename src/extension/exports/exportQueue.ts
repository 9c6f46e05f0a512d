/** Lets exports of many reports run one after the other: they use the same thread, files and reader. */
export class ExportQueue {
  #last: Promise<unknown> = Promise.resolve();
  #isWaiting = false;

  /** Runs when whatever was asked for before has ended, well or not. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** The same, unless such work waits for its turn already: it will see what is new. */
  async runOnce(work: () => Promise<void>): Promise<void> {
    if (this.#isWaiting) {
      return;
    }
    this.#isWaiting = true;
    await this.run(() => {
      this.#isWaiting = false;
      return work();
    });
  }
}
