import type { ConsoleMessage, Page } from 'playwright-core';

/** The editor's own log, for example that it has no account to sign in with. */
const editorScript = /\/workbench\.js$/;

/** The editor's page around ours: it throws where a tab is closed while it loads. */
const editorFrame = /\/webview\/browser\/pre\//;

/** Collects what pages of the extension report as errors: refused content, failed loads, exceptions. */
export class PageErrors {
  readonly #found: string[] = [];

  constructor(page: Page) {
    page.on('console', (message) => this.#note(message));
    page.on('pageerror', (error) => this.#noteThrown(error));
  }

  /** Everything that was reported so far. */
  get all(): readonly string[] {
    return this.#found;
  }

  #noteThrown(error: Error): void {
    if (!editorFrame.test(error.stack ?? '')) {
      this.#found.push(error.stack ?? String(error));
    }
  }

  #note(message: ConsoleMessage): void {
    const { url } = message.location();
    if (message.type() === 'error' && !editorScript.test(url)) {
      this.#found.push(`${message.text()} (${url})`);
    }
  }
}
