import { sizeOf, type HeldResult } from './heldResult';

/** What a shelf holds at most. A pinned result and the newest one stay, whatever they take. */
export interface ShelfLimits {
  readonly results: number;
  /** Characters and bytes of all. */
  readonly size: number;
}

/** The results of a page, pinned ones first. */
export class ResultShelf {
  readonly #limits: ShelfLimits;
  #held: readonly HeldResult[] = [];

  constructor(limits: ShelfLimits) {
    this.#limits = limits;
  }

  get all(): readonly HeldResult[] {
    return [
      ...this.#held.filter(({ isPinned }) => isPinned),
      ...this.#held.filter(({ isPinned }) => !isPinned),
    ];
  }

  find(id: string): HeldResult | undefined {
    return this.#held.find((held) => held.id === id);
  }

  /** Adds a result or takes it for the one of its id. @returns how many others were let go for it */
  put(result: HeldResult): number {
    const isKnown = this.find(result.id) !== undefined;
    this.#held = isKnown
      ? this.#held.map((held) => (held.id === result.id ? result : held))
      : [...this.#held, result];
    return this.#letGo(result.id);
  }

  close(id: string): void {
    this.#held = this.#held.filter((held) => held.id !== id);
  }

  /** Lets everything go that is not pinned. */
  clear(): void {
    this.#held = this.#held.filter(({ isPinned }) => isPinned);
  }

  #letGo(newestId: string): number {
    let count = 0;
    while (this.#isOver()) {
      const oldest = this.#held.find(({ id, isPinned }) => !isPinned && id !== newestId);
      if (oldest === undefined) {
        break;
      }
      this.close(oldest.id);
      count += 1;
    }
    return count;
  }

  #isOver(): boolean {
    const size = this.#held.reduce((sum, held) => sum + sizeOf(held), 0);
    return this.#held.length > this.#limits.results || size > this.#limits.size;
  }
}
