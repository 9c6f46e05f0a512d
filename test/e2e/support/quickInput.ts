import type { Locator, Page } from 'playwright-core';
import { timeoutOf } from './eventually';

/** The box at the top of the window: command palette, input steps, pick lists. */
export class QuickInput {
  private readonly widget: Locator;
  private readonly input: Locator;

  constructor(private readonly page: Page) {
    this.widget = page.locator('.quick-input-widget:visible');
    this.input = this.widget.locator('.quick-input-box input').first();
  }

  /**
   * Waits for a step by a part of its title, prompt or placeholder.
   * @param timeout in milliseconds; default: the page's
   */
  async waitForStep(text: string | RegExp, timeout?: number): Promise<void> {
    const withPlaceholder = this.page.getByPlaceholder(text);
    const step = this.widget.filter({ hasText: text }).or(this.widget.filter({ has: withPlaceholder }));
    await step.first().waitFor(timeoutOf(timeout));
  }

  /** @param timeout in milliseconds; default: the page's */
  async fill(text: string, timeout?: number): Promise<void> {
    await this.input.fill(text, timeoutOf(timeout));
  }

  async accept(): Promise<void> {
    await this.input.press('Enter');
  }

  async cancel(): Promise<void> {
    await this.input.press('Escape');
    await this.widget.waitFor({ state: 'hidden' });
  }

  /** Fills one step and goes on. */
  async answer(step: string | RegExp, text: string): Promise<void> {
    await this.waitForStep(step);
    await this.fill(text);
    await this.accept();
  }

  /**
   * Chooses an entry by its whole label, or by a part that matches.
   * @param timeout in milliseconds; default: the page's
   */
  async pick(label: string | RegExp, timeout?: number): Promise<void> {
    await this.entry(label).first().click(timeoutOf(timeout));
  }

  entry(label: string | RegExp): Locator {
    const rows = this.widget.locator('.quick-input-list .monaco-list-row');
    return typeof label === 'string'
      ? rows.filter({ has: this.page.locator('.label-name').getByText(label, { exact: true }) })
      : rows.filter({ hasText: label });
  }

  /** What stands below the input: the prompt, or what is wrong with the text. */
  message(text: string | RegExp): Locator {
    return this.widget.locator('.quick-input-message').filter({ hasText: text });
  }
}
