import type { Locator, Page } from 'playwright-core';

/** The messages at the lower right. */
export class Notifications {
  constructor(private readonly page: Page) {}

  /** A message that is shown. */
  withText(text: string | RegExp): Locator {
    return this.page.locator('.notification-list-item').filter({ hasText: text });
  }

  /** Waits for a message and gives its whole text. */
  async waitFor(text: string | RegExp, timeoutMs?: number): Promise<string> {
    const found = this.withText(text).first();
    await found.waitFor(timeoutMs === undefined ? {} : { timeout: timeoutMs });
    return found.innerText();
  }

  /** Presses a button of a message. */
  async choose(text: string | RegExp, button: string): Promise<void> {
    await this.withText(text).first().getByRole('button', { name: button }).click();
  }

  async dismissAll(): Promise<void> {
    const items = this.page.locator('.notifications-toasts .notification-list-item');
    for (let left = await items.count(); left > 0; left -= 1) {
      await items.first().hover();
      await items.first().locator('.codicon-notifications-clear').click();
    }
  }
}
