import type { Locator, Page } from 'playwright-core';
import { comesAbout, eventually, tryMs } from './eventually';

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

  /** Presses a button of a message. One that has gone by itself is still in the list behind the bell. */
  async choose(text: string | RegExp, button: string): Promise<void> {
    const pressed = this.withText(text).first().getByRole('button', { name: button });
    await eventually(
      async () =>
        (await comesAbout(pressed.click({ timeout: tryMs }))) ||
        (await this.page
          .locator('[id="status.notifications"]')
          .click()
          .then(() => false)),
      `the button ${button} of a message`,
    );
  }

  /** Closes each message that is shown. One that goes by itself, or is replaced, meanwhile is no failure. */
  async dismissAll(): Promise<void> {
    const items = this.page.locator('.notifications-toasts .notification-list-item');
    const close = async (item: Locator): Promise<void> => {
      await item.hover({ timeout: tryMs });
      await item.locator('.codicon-notifications-clear').click({ timeout: tryMs });
    };
    await eventually(async () => {
      if ((await items.count()) > 0) {
        await comesAbout(close(items.first()));
      }
      return (await items.count()) === 0;
    }, 'every message to be closed');
  }
}
