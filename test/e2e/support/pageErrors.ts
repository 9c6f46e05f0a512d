import type { ConsoleMessage, Page } from 'playwright-core';

/** The editor's own log, for example that it has no account to sign in with. */
const editorScript = /\/workbench\.js$/;

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
    const { url } = message.location();
    if (message.type() === 'error' && !editorScript.test(url)) {
      this.#found.push(`${message.text()} (${url})`);
    }
  }
}
