/** Anything with an end. VS Code's own type is a class, which objects of ours are not made by. */
export interface Ownable {
  dispose(): unknown;
}

/** Owns disposables: last in, first out; what comes after the end is disposed at once. */
export class Disposables implements Ownable {
  readonly #items: Ownable[] = [];
  #isDisposed = false;

  /** Takes ownership and hands the item back. */
  add<T extends Ownable>(item: T): T {
    if (this.#isDisposed) {
      item.dispose();
    } else {
      this.#items.push(item);
    }
    return item;
  }

  dispose(): void {
    this.#isDisposed = true;
    for (let item = this.#items.pop(); item !== undefined; item = this.#items.pop()) {
      item.dispose();
    }
  }
}
