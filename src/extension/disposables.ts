import type * as vscode from 'vscode';

/** Owns disposables: last in, first out; what comes after the end is disposed at once. */
export class Disposables implements vscode.Disposable {
  readonly #items: vscode.Disposable[] = [];
  #isDisposed = false;

  /** Takes ownership and hands the item back. */
  add<T extends vscode.Disposable>(item: T): T {
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
