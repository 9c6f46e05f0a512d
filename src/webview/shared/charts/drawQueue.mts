/** Something that waits to be drawn. */
export interface Drawing {
  readonly element: HTMLElement;
  draw(): Promise<void>;
}

/** Draws one thing at a time, what is in view first, and lets the page breathe in between. */
export class DrawQueue {
  readonly #waiting = new Set<Drawing>();
  readonly #onDrawn: (isLast: boolean) => void;
  #isRunning = false;

  /** @param onDrawn called after each drawing; `isLast`: none waits */
  constructor(onDrawn: (isLast: boolean) => void = () => undefined) {
    this.#onDrawn = onDrawn;
  }

  /** Draws soon; a drawing that waits already is not queued twice. */
  add(drawing: Drawing): void {
    this.#waiting.add(drawing);
    if (!this.#isRunning) {
      this.#isRunning = true;
      void this.#run();
    }
  }

  remove(drawing: Drawing): void {
    this.#waiting.delete(drawing);
  }

  async #run(): Promise<void> {
    for (let next = await this.#next(); next !== undefined; next = await this.#next()) {
      this.#waiting.delete(next);
      await next.draw();
      this.#onDrawn(this.#waiting.size === 0);
    }
    this.#isRunning = false;
  }

  async #next(): Promise<Drawing | undefined> {
    // A time-out, no animation frame: a page in the background gets no frames and would wait for ever.
    await new Promise((resolve) => setTimeout(resolve));
    const waiting = [...this.#waiting].filter(({ element }) => element.isConnected);
    return waiting.find(({ element }) => isInView(element)) ?? waiting[0];
  }
}

function isInView(element: HTMLElement): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight;
}
