import type { Locator, Page } from 'playwright-core';

/** The extension's tree in the side bar. */
export class SideBar {
  private readonly view: Locator;

  constructor(private readonly page: Page) {
    this.view = page.locator('.part.sidebar');
  }

  /** Shows the extension's views. */
  async open(): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: 'OpenWebUI Sync' });
    if ((await tab.getAttribute('aria-selected')) !== 'true') {
      await tab.click();
    }
    await this.view.filter({ hasText: 'OpenWebUI Sync' }).waitFor();
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

  /** The rows as they are read: label and description. */
  async rows(): Promise<readonly string[]> {
    const rows = await this.view.locator('.monaco-list-row').all();
    const parts = rows.map((row) => row.locator('.label-name, .label-description').allInnerTexts());
    return (await Promise.all(parts)).map((texts) => texts.join(' '));
  }

  /** Opens a row's children. */
  async expand(text: string | RegExp): Promise<void> {
    const row = this.row(text).first();
    if ((await row.getAttribute('aria-expanded')) !== 'true') {
      await row.locator('.monaco-tl-twistie').click();
    }
  }

  /** Presses a button that appears in a row. */
  async press(row: string | RegExp, button: string): Promise<void> {
    await this.row(row).first().hover();
    await this.row(row).first().getByRole('button', { name: button, exact: true }).click();
  }

  /** Chooses from a row's context menu. */
  async choose(row: string | RegExp, item: string): Promise<void> {
    await this.row(row).first().click({ button: 'right' });
    // A menu that has just opened takes no click; it does take the keyboard.
    await this.page.getByRole('menuitem', { name: item, exact: true }).hover();
    await this.page.keyboard.press('Enter');
  }

  /** A button of the text that an empty tree shows. */
  welcomeButton(name: string): Locator {
    return this.view.locator('.welcome-view-content').getByRole('button', { name });
  }
}
