import { errors, type Locator, type Page } from 'playwright-core';
import { Editor } from './editor';
import { Notifications } from './notifications';
import { QuickInput } from './quickInput';
import { SideBar } from './sideBar';
import { Webviews } from './webviews';

const startTimeoutMs = 60_000;

const paletteTimeoutMs = 5_000;
const paletteTries = 3;

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
    await this.page.locator('.monaco-workbench .statusbar-item').first().waitFor({ timeout: startTimeoutMs });
    await this.page.getByRole('tab', { name: 'OpenWebUI Sync' }).first().waitFor({ timeout: startTimeoutMs });
  }

  /**
   * Runs a command from the palette.
   * @param title as the palette shows it, with its category
   */
  async runCommand(title: string): Promise<void> {
    await this.#inPalette(title, () => this.quickInput.pick(title, paletteTimeoutMs));
  }

  /** Titles that the palette offers for a search. */
  async findCommands(search: string): Promise<readonly string[]> {
    const labels = await this.#inPalette(search, () => this.quickInput.labels(paletteTimeoutMs));
    await this.page.keyboard.press('Escape');
    return labels;
  }

  /** Opens the palette with a search, and again where a page that takes the focus late has closed it, as people do. */
  async #inPalette<T>(search: string, act: () => Promise<T>): Promise<T> {
    for (let time = 1; ; time += 1) {
      await this.page.keyboard.press('F1');
      try {
        await this.quickInput.fill(`>${search}`, paletteTimeoutMs);
        return await act();
      } catch (error) {
        if (!(error instanceof errors.TimeoutError) || time === paletteTries) {
          throw error;
        }
      }
    }
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
