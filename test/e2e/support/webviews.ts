import type { Frame, Page } from 'playwright-core';
import { eventually, longMs } from './eventually';

/** The pages that the extension shows; each lies in a frame inside a frame. */
export class Webviews {
  constructor(private readonly page: Page) {}

  /**
   * Waits for the visible page that holds an element.
   * @param selector Playwright's: CSS, or `text=…`
   */
  async containing(selector: string, timeoutMs = longMs): Promise<Frame> {
    return eventually(async () => this.find(selector), `a page with ${selector}`, timeoutMs);
  }

  private async find(selector: string): Promise<Frame | undefined> {
    for (const frame of this.page.frames()) {
      // A frame may vanish while it is asked; then it is not the one.
      const isThere = await frame
        .locator(selector)
        .first()
        .isVisible()
        .catch(() => false);
      if (frame !== this.page.mainFrame() && isThere) {
        return frame;
      }
    }
    return undefined;
  }
}
