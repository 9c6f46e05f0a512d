/** Least time between two notes of the place: each of them is stored. */
const NOTE_MS = 200;

/** Where the page is scrolled to, kept from one session to the next. */
export class KeptScroll {
  #wanted: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param wanted pixels that the page was scrolled down before
   * @param keep called when the reader has scrolled
   */
  constructor(wanted: number, keep: (top: number) => void) {
    this.#wanted = wanted;
    window.addEventListener(
      'scroll',
      () => {
        this.#timer ??= setTimeout(() => {
          this.#timer = undefined;
          keep(this.top);
        }, NOTE_MS);
      },
      { passive: true },
    );
  }

  /** The place that is to be kept: until the page is long enough, the one of before. */
  get top(): number {
    return this.#wanted > 0 ? this.#wanted : window.scrollY;
  }

  /** Goes to the place of before, once, unless the reader has scrolled by now. */
  restore(): void {
    if (this.#wanted > 0 && window.scrollY === 0) {
      window.scrollTo({ top: this.#wanted, behavior: 'instant' });
    }
    this.#wanted = 0;
  }
}
