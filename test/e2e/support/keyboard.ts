import type { Frame, Page } from 'playwright-core';
import { comesAbout, eventually, longMs, timeoutOf, tryMs } from './eventually';

/** What somebody without a mouse does: nothing here clicks, hovers or focuses by itself. */
export class Keyboard {
  constructor(private readonly page: Page) {}

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key);
    }
  }

  /** Runs a command from the palette, opened again where a page that takes the focus late has closed it. */
  async run(title: string): Promise<void> {
    const run = async (): Promise<void> => {
      await this.press('F1');
      await this.choose(title, title, tryMs);
    };
    await eventually(() => comesAbout(run()), title, longMs);
  }

  /**
   * Types into the list that is open and takes the entry once it is the marked one.
   * @param typed what finds it @param label whole label of the entry @param timeout in milliseconds; default: the page's
   */
  async choose(typed: string, label: string, timeout?: number): Promise<void> {
    await this.typeIntoBox(typed, timeout);
    // An icon before the label counts as a character.
    const whole = new RegExp(`${label.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')}\\s*$`);
    const marked = this.page
      .locator('.quick-input-widget:visible')
      .locator('.monaco-list-row.focused .label-name', { hasText: whole });
    await marked.first().waitFor(timeoutOf(timeout));
    await this.press('Enter');
  }

  /**
   * Types into the box at the top of the window; from a page the focus comes over a little later than the box.
   * @param timeout in milliseconds; default: the page's
   */
  async typeIntoBox(text: string, timeout?: number): Promise<void> {
    const box = this.page.locator('.quick-input-widget:visible input:focus').first();
    await box.waitFor(timeoutOf(timeout));
    await this.page.keyboard.type(text);
  }

  /** The line of a tree or list that has the focus, as a screen reader says it; '' before the first move. */
  async focusedLine(): Promise<string> {
    const lines = await this.page.locator('.monaco-list:focus-within .monaco-list-row.focused').all();
    return (await lines[0]?.getAttribute('aria-label')) ?? '';
  }

  /** Moves through the tree that has the focus until the focused line matches. @throws Error when the moves do not lead there */
  async moveTo(line: RegExp, key = 'ArrowDown', most = 40): Promise<void> {
    await this.page.locator('.monaco-list:focus-within').first().waitFor();
    for (let move = 0; move < most; move += 1) {
      if (line.test(await this.focusedLine())) {
        return;
      }
      await this.press(key);
    }
    throw new Error(
      `${most} times ${key} do not lead to ${line}; it stands at "${await this.focusedLine()}"`,
    );
  }

  /** Goes on with Tab inside a page until the element with the focus matches. @returns the names on the way */
  async tabTo(frame: Frame, name: RegExp, most = 80): Promise<readonly string[]> {
    await eventually(() => frame.evaluate<boolean>('document.hasFocus()'), 'the focus of the page');
    const passed: string[] = [];
    for (let move = 0; move < most; move += 1) {
      const focused = await nameOfFocused(frame);
      passed.push(focused);
      if (name.test(focused)) {
        return passed;
      }
      await this.press('Tab');
    }
    throw new Error(`Tab does not lead to ${name}, only to: ${passed.join(' | ')}`);
  }
}

/** In the page: role and name of what has the focus, also inside of an element of its own. */
const NAME_OF_FOCUSED = `(() => {
  const host = document.activeElement;
  let element = host;
  while (element?.shadowRoot?.activeElement) {
    element = element.shadowRoot.activeElement;
  }
  const role = element?.getAttribute('role') ?? element?.tagName.toLowerCase() ?? 'nothing';
  const name = element?.getAttribute('aria-label') || element?.textContent?.trim() || host?.textContent || '';
  return role + ' ' + name.trim().slice(0, 60);
})()`;

function nameOfFocused(frame: Frame): Promise<string> {
  return frame.evaluate<string>(NAME_OF_FOCUSED);
}
