import type { Locator, Page } from 'playwright-core';
import { Editor } from './editor';
import { comesAbout, eventually, longMs, tryMs } from './eventually';
import { Notifications } from './notifications';
import { QuickInput } from './quickInput';
import { SideBar } from './sideBar';
import { Webviews } from './webviews';

/** One VS Code window; its parts are found by the words that people see. */
export class Workbench {
  readonly quickInput: QuickInput;
  readonly notifications: Notifications;
  readonly sideBar: SideBar;
  readonly editor: Editor;
  readonly webviews: Webviews;

  constructor(private readonly page: Page) {
    this.quickInput = new QuickInput(page);
    this.notifications = new Notifications(page);
    this.sideBar = new SideBar(page);
    this.editor = new Editor(page);
    this.webviews = new Webviews(page);
  }

  async waitUntilReady(): Promise<void> {
    await this.page.locator('.monaco-workbench .statusbar-item').first().waitFor({ timeout: longMs });
    await this.page.getByRole('tab', { name: 'OpenWebUI Sync' }).first().waitFor({ timeout: longMs });
  }

  /**
   * Runs a command from the palette.
   * @param title as the palette shows it, with its category
   */
  async runCommand(title: string): Promise<void> {
    await this.#trying(title, async () => {
      await this.page.keyboard.press('F1');
      await this.quickInput.fill(`>${title}`, tryMs);
      await this.quickInput.pick(title, tryMs);
    });
  }

  /** Runs a command that offers a list, and picks from it. */
  async runAndPick(title: string, step: string, label: string): Promise<void> {
    await this.#trying(title, async () => {
      await this.runCommand(title);
      await this.quickInput.waitForStep(step, tryMs);
      await this.quickInput.fill(label, tryMs);
      await this.quickInput.pick(label, tryMs);
    });
  }

  /** Does what begins with a list or box, and again where a page that takes the focus late has closed it, as people do. */
  async #trying(what: string, act: () => Promise<void>): Promise<void> {
    await eventually(() => comesAbout(act()), what, longMs);
  }

  /** An item of the status bar that shows the text. */
  statusBarItem(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item').filter({ hasText: text });
  }

  /** A question in the middle of the window. */
  dialog(text: string | RegExp): Locator {
    return this.page.locator('.monaco-dialog-box').filter({ hasText: text });
  }

  /** Answers a question in the middle of the window. */
  async answerDialog(text: string | RegExp, button: string): Promise<void> {
    await this.dialog(text).getByRole('button', { name: button, exact: true }).click();
  }

  /** A tab of the editor area. */
  tab(name: string | RegExp): Locator {
    return this.page.locator('.tabs-container .tab').filter({ hasText: name });
  }
}
