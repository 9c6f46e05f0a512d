import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
  chromium,
} from 'playwright-core';
import { headlessFlags } from '../../../scripts/lib/browser.mjs';
import { installExtension, startCodeServer } from '../../../scripts/lib/codeServer.mjs';
import { findPort } from '../../../scripts/lib/ports.mjs';
import { onShutdown, stop, stopEverythingOnSignals } from '../../../scripts/lib/processes.mjs';
import { prepareProfile } from '../../../scripts/lib/profile.mjs';
import { longMs } from './eventually';
import { readTools } from './tools';
import { Workbench } from './workbench';

const extensionId = 'openwebui-sync.openwebui-sync';
const actionTimeoutMs = 60_000;
/** Signals are ours: see `stopEverythingOnSignals`. */
const ourSignals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
const windowSize = { width: 1200, height: 760 };
/** What a process that is just being ended still writes is removed by the next try. */
const removed = { recursive: true, force: true, maxRetries: 10 };

/** The theme follows the page, as the pictures need it; a query is shown whole. */
const settings = {
  'editor.minimap.enabled': false,
  'editor.wordWrap': 'on',
  'window.autoDetectColorScheme': true,
};

/** A real VS Code with the packaged extension, a profile of its own and one window. */
export class VsCode {
  private constructor(
    private readonly profileDir: string,
    private readonly server: Awaited<ReturnType<typeof startCodeServer>>,
    private readonly browser: Browser,
    readonly page: Page,
    /** The folder that the window has open. */
    readonly workspace: string,
  ) {}

  /**
   * @param env reaches the extension host
   * @param userSettings are in force from the start
   */
  static async open(
    env: Record<string, string> = {},
    userSettings: Readonly<Record<string, unknown>> = {},
  ): Promise<VsCode> {
    const { codeServer, browser: executablePath, vsix } = readTools();
    stopEverythingOnSignals();
    const profileDir = await mkdtemp(join(tmpdir(), 'openwebui-sync-e2e-'));
    onShutdown(() => rm(profileDir, removed));
    const folder = await prepareProfile(profileDir, { ...settings, ...userSettings });
    await installExtension(codeServer, { profileDir, vsix });
    const port = await findPort();
    const server = await startCodeServer(codeServer, { profileDir, port, folder, env });
    const browser = await chromium.launch({ executablePath, args: headlessFlags, ...ourSignals });
    onShutdown(() => browser.close());
    const context = await browser.newContext({ viewport: windowSize, acceptDownloads: true });
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url });
    context.setDefaultTimeout(actionTimeoutMs);
    context.setDefaultNavigationTimeout(longMs);
    const page = await context.newPage();
    const vsCode = new VsCode(profileDir, server, browser, page, folder);
    await vsCode.reload();
    return vsCode;
  }

  /** The window's parts. */
  get workbench(): Workbench {
    return new Workbench(this.page);
  }

  /** Where the extension keeps its data. */
  get dataFolder(): string {
    return join(this.profileDir, 'user-data', 'User', 'globalStorage', extensionId);
  }

  /** Loads the window anew: the extension host ends and another one starts. */
  async reload(): Promise<void> {
    await this.page.goto(this.server.url);
    await this.workbench.waitUntilReady();
  }

  /** A browser of its own for pages that are not VS Code's; the caller closes it. */
  newContext(options: BrowserContextOptions): Promise<BrowserContext> {
    return this.browser.newContext({ viewport: windowSize, ...options });
  }

  /** Stops everything and removes the profile. */
  async close(): Promise<void> {
    await this.browser.close();
    await stop(this.server.child);
    await rm(this.profileDir, removed);
  }
}
