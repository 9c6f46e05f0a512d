import { errors, type Locator, type Page } from 'playwright-core';
import { eventually } from './eventually';

const stepTimeoutMs = 2_000;

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

  /** Closes each message that is shown. One that goes by itself, or is replaced, meanwhile is no failure. */
  async dismissAll(): Promise<void> {
    const items = this.page.locator('.notifications-toasts .notification-list-item');
    await eventually(async () => {
      const first = items.first();
      try {
        if ((await items.count()) > 0) {
          await first.hover({ timeout: stepTimeoutMs });
          await first.locator('.codicon-notifications-clear').click({ timeout: stepTimeoutMs });
        }
      } catch (error) {
        if (!(error instanceof errors.TimeoutError)) {
          throw error;
        }
      }
      return (await items.count()) === 0;
    }, 'every message to be closed');
  }
}
