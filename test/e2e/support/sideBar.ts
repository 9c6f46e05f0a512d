import type { Locator, Page } from 'playwright-core';
import { comesAbout, eventually, tryMs } from './eventually';

/** The extension's tree in the side bar. */
export class SideBar {
  private readonly view: Locator;

  constructor(private readonly page: Page) {
    this.view = page.locator('.part.sidebar');
  }

  /** Shows the extension's views. The extension may be about to do so itself: then a click hides them again. */
  async open(): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: 'OpenWebUI Sync' });
    const shown = this.view.filter({ hasText: 'OpenWebUI Sync' });
    await eventually(async () => {
      if ((await tab.getAttribute('aria-selected')) !== 'true') {
        await tab.click();
      }
      return comesAbout(shown.waitFor({ timeout: tryMs }));
    }, 'the views of the extension');
  }

  /** Opens or closes one of the extension's views by its title. */
  async toggle(view: string): Promise<void> {
    await this.view
      .locator('.pane-header')
      .filter({ hasText: new RegExp(`^${view}$`) })
      .click();
  }

  /** A row of the tree that shows the text. */
  row(text: string | RegExp): Locator {
    return this.view.locator('.monaco-list-row').filter({ hasText: text });
  }

  /** Opens a row's children. A tree that is drawn anew meanwhile may take the click with it. */
  async expand(text: string | RegExp): Promise<void> {
    const row = this.row(text).first();
    const expanded = row.and(this.page.locator('[aria-expanded="true"]'));
    await eventually(async () => {
      if ((await row.getAttribute('aria-expanded')) !== 'true') {
        await row.locator('.monaco-tl-twistie').click();
      }
      return comesAbout(expanded.waitFor({ timeout: tryMs }));
    }, `the children of ${text}`);
  }

  /** Presses a button that appears in a row. */
  async press(row: string | RegExp, button: string): Promise<void> {
    const pressed = this.row(row).first().getByRole('button', { name: button, exact: true });
    await eventually(async () => {
      await this.row(row).first().hover();
      return comesAbout(pressed.click({ timeout: tryMs }));
    }, `the button ${button} of ${row}`);
  }

  /** A button of the text that an empty tree shows. */
  welcomeButton(name: string): Locator {
    return this.view.locator('.welcome-view-content').getByRole('button', { name });
  }
}
