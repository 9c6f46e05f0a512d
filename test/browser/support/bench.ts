import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, type Frame, type Page, chromium } from 'playwright-core';
import type { AxeResults } from 'axe-core';
import { headlessFlags } from '../../../scripts/lib/browser.mjs';
import { eventually } from '../../e2e/support/eventually';
import { THEMES, type ThemeName } from './themes';
import { WebviewServer, type PageAddress } from './webviewServer';

const pictures = join(__dirname, '..', '..', '..', 'out', 'pictures');

/** Milliseconds until something that does not happen is a failure: a busy machine takes many times what an idle one does. */
export const waitMs = 60_000;

/** What came from the page, in the order of its coming. */
interface Told<Message> {
  readonly posted: readonly Message[];
  readonly violations: readonly string[];
  readonly saved: readonly unknown[];
}

/** A browser for one suite; made inside `describe`, it ends after the last test. */
export class Bench {
  #browser: Browser | undefined;
  readonly #open: { close(): Promise<unknown> }[] = [];

  constructor() {
    before(async () => {
      const executablePath = process.env['OPENWEBUI_SYNC_BROWSER'];
      assert.ok(executablePath, 'Run these tests with: npm test -- --suite=browser');
      this.#browser = await chromium.launch({ executablePath, args: headlessFlags });
    });
    afterEach(async () => {
      for (const one of this.#open.splice(0).reverse()) {
        await one.close();
      }
    });
    after(() => this.#browser?.close());
  }

  /** Opens a page of the extension as VS Code would: by its own policy, in a frame, driven by messages alone. */
  async open<ToPage, ToExtension extends { readonly type: string }>(
    address: PageAddress,
    size: { readonly width: number; readonly height: number } = { width: 1200, height: 900 },
  ): Promise<WebviewPage<ToPage, ToExtension>> {
    assert.ok(this.#browser !== undefined);
    const server = await WebviewServer.start(address);
    this.#open.push(server);
    const context = await this.#browser.newContext({ viewport: size });
    context.setDefaultTimeout(waitMs);
    this.#open.push(context);
    const page = await context.newPage();
    const opened = new WebviewPage<ToPage, ToExtension>(page);
    await page.goto(server.url);
    await opened.frame.locator('body').waitFor({ state: 'attached' });
    return opened;
  }
}

/** One page of the extension, seen from VS Code's side. */
export class WebviewPage<ToPage, ToExtension extends { readonly type: string }> {
  readonly #errors: string[] = [];

  constructor(readonly page: Page) {
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        this.#errors.push(message.text());
      }
    });
    page.on('pageerror', (error) => this.#errors.push(String(error)));
  }

  /** The page itself. */
  get frame(): Frame {
    const frame = this.page.frames().find((one) => one.url().endsWith('/page'));
    assert.ok(frame !== undefined, 'the page is loaded');
    return frame;
  }

  /** Sends messages one after the other and waits until the page has handled them and shows it. */
  send(...messages: readonly ToPage[]): Promise<void> {
    return this.page.evaluate(
      `for (const message of ${JSON.stringify(messages)}) { send(message); }\ndrawn();`,
    );
  }

  async useTheme(theme: ThemeName): Promise<void> {
    await this.page.evaluate(`send({ benchTheme: '${theme}' })`);
    const [kind = ''] = THEMES[theme].classes.split(' ').slice(-1);
    await this.frame.locator(`body.${kind}`).waitFor();
  }

  /** What the page has posted, up to now. */
  async posted(): Promise<readonly ToExtension[]> {
    return (await this.#told<ToExtension>()).posted;
  }

  async #ofType<T extends ToExtension['type']>(
    type: T,
  ): Promise<readonly Extract<ToExtension, { type: T }>[]> {
    const isWanted = (message: ToExtension): message is Extract<ToExtension, { type: T }> =>
      message.type === type;
    return (await this.posted()).filter(isWanted);
  }

  /** Does something and gives the message of a type that it leads to, once the page shows what it did itself. */
  async after<T extends ToExtension['type']>(
    type: T,
    act: () => Promise<unknown>,
  ): Promise<Extract<ToExtension, { type: T }>> {
    const already = (await this.#ofType(type)).length;
    await act();
    const message = await eventually(
      async () => (await this.#ofType(type))[already],
      `a message "${type}" of the page`,
    );
    await this.#told();
    return message;
  }

  /** What the page keeps for the next session. */
  async saved(): Promise<unknown> {
    return (await this.#told()).saved.at(-1);
  }

  /** Refused content, failed loads, exceptions, and whatever else the console says. */
  async errors(): Promise<readonly string[]> {
    return [...this.#errors, ...(await this.#told()).violations];
  }

  /** What was told until the page has answered: its messages keep their order, so nothing of before is on its way. */
  #told<Message = unknown>(): Promise<Told<Message>> {
    return this.page.evaluate('drawn().then(() => told)');
  }

  /** What axe finds that keeps people out, as `rule: element`. */
  async accessibilityFindings(): Promise<readonly string[]> {
    const source = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
    await this.frame.evaluate(source);
    const results: AxeResults = await this.frame.evaluate('axe.run()');
    return results.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  }

  /** Keeps what the page looks like: `out/pictures/<name>.png`. */
  async takePicture(name: string): Promise<void> {
    await mkdir(pictures, { recursive: true });
    const height: number = await this.frame.evaluate('document.documentElement.scrollHeight');
    const size = this.page.viewportSize();
    assert.ok(size !== null);
    await this.page.setViewportSize({ width: size.width, height: Math.min(height, 12_000) });
    await this.page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' });
    await this.page.setViewportSize(size);
  }
}
