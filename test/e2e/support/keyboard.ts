import type { Frame, Page } from 'playwright-core';
import { eventually } from './eventually';

/** What somebody without a mouse does: nothing here clicks, hovers or focuses by itself. */
export class Keyboard {
  constructor(private readonly page: Page) {}

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key);
    }
  }

  /** Runs a command from the palette. @param title as the palette shows it, with its category */
  async run(title: string): Promise<void> {
    await this.press('F1');
    await this.choose(title, title);
  }

  /**
   * Types into the list that is open and takes the entry once it is the marked one.
   * @param typed what finds it @param label whole label of the entry
   */
  async choose(typed: string, label: string): Promise<void> {
    await this.typeIntoBox(typed);
    const marked = this.page
      .locator('.quick-input-widget:visible')
      .locator('.monaco-list-row.focused .label-name');
    await eventually(
      // An icon before the label counts as a character.
      async () => (await marked.first().innerText({ timeout: 1_000 })).trim().endsWith(label),
      `"${label}" to be the marked entry`,
    );
    await this.press('Enter');
  }

  /** Types into the box at the top of the window; from a page the focus comes over a little later than the box. */
  async typeIntoBox(text: string): Promise<void> {
    await this.page.locator('.quick-input-widget:visible input:focus').first().waitFor();
    await this.page.keyboard.type(text);
  }

  /** The line of a tree or list that has the focus, as a screen reader says it; '' before the first move. */
  async focusedLine(): Promise<string> {
    const lines = await this.page.locator('.monaco-list:focus-within .monaco-list-row.focused').all();
    return (await lines[0]?.getAttribute('aria-label')) ?? '';
  }

  /** Moves through a tree until the focused line matches. @throws Error when the moves do not lead there */
  async moveTo(line: RegExp, key = 'ArrowDown', most = 40): Promise<void> {
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
