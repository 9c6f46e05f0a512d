/** Where an update's time is counted from. */
const START = 'report-asked';

/**
 * How long an update took from the wish to the screen, as measures in the browser's performance timeline:
 * `report-figures` (first numbers), `report-first-chart`, `report-charts` (the last one).
 */
export class UpdateTiming {
  readonly #measured = new Set<string>();
  /** Between the wish or the first part and the last chart. */
  #isOpen = false;
  #hasAllParts = false;

  /** Somebody on this page asked for other numbers. */
  ask(): void {
    performance.mark(START);
    this.#measured.clear();
    this.#isOpen = true;
    this.#hasAllParts = false;
  }

  /** Parts are about to come, whoever asked for them. */
  begin(): void {
    if (!this.#isOpen) {
      this.ask();
    }
  }

  figuresShown(): void {
    this.#measureOnce('report-figures');
  }

  allPartsThere(): void {
    this.#hasAllParts = true;
  }

  /** @param isLast no other chart waits to be drawn */
  chartDrawn(isLast: boolean): void {
    this.#measureOnce('report-first-chart');
    if (isLast && this.#hasAllParts) {
      this.#measureOnce('report-charts');
      this.#isOpen = false;
    }
  }

  #measureOnce(name: string): void {
    if (this.#isOpen && !this.#measured.has(name)) {
      this.#measured.add(name);
      performance.measure(name, START);
    }
  }
}
