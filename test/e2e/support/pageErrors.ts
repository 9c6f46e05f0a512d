import type { ConsoleMessage, Page } from 'playwright-core';

/** Collects what pages of the extension report as errors: refused content, failed loads, exceptions. */
export class PageErrors {
  readonly #found: string[] = [];

  constructor(page: Page) {
    page.on('console', (message) => this.#note(message));
    page.on('pageerror', (error) => this.#found.push(String(error)));
  }

  /** Everything that was reported so far. */
  get all(): readonly string[] {
    return this.#found;
  }

  #note(message: ConsoleMessage): void {
    if (message.type() === 'error') {
      this.#found.push(`${message.text()} (${message.location().url})`);
    }
  }
}
