import type { Locator, Page } from 'playwright-core';

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

  /** The text that is visible. */
  async text(): Promise<string> {
    const text = await this.active.locator('.view-lines').innerText();
    return text.replaceAll('\u00a0', ' ');
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
