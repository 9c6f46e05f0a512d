import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually';

/** The text editor in front. */
export class Editor {
  private readonly active: Locator;

  constructor(private readonly page: Page) {
    this.active = page.locator('.editor-group-container.active .monaco-editor').first();
  }

  /** Replaces the whole text. */
  async replaceText(text: string): Promise<void> {
    await this.active.locator('.view-lines').click();
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.insertText(text);
  }

  /** Waits until the text that is visible matches: a tab is there before its text. */
  async waitForText(wanted: RegExp): Promise<void> {
    await eventually(async () => {
      const text = await this.active.locator('.view-lines').innerText();
      return wanted.test(text.replaceAll('\u00a0', ' '));
    }, `a text like ${wanted}`);
  }

  /** Waits until what is typed goes to it: a tab is there before the focus. */
  async waitForFocus(): Promise<void> {
    await this.page.locator('.editor-group-container.active .monaco-editor.focused').first().waitFor();
  }

  /** Presses a key or a combination in the editor, for example `ControlOrMeta+Enter`. */
  async press(keys: string): Promise<void> {
    await this.active.locator('.view-lines').click();
    await this.page.keyboard.press(keys);
  }

  /** Places that are marked as wrong. */
  get squiggles(): Locator {
    return this.active.locator('.squiggly-error');
  }
}
