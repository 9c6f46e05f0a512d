import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { headlessFlags } from '../../../scripts/lib/browser.mjs';
import { REPORTS } from '../../../src/reports/catalogue';
import { renderReportHtml } from '../../../src/reports/export/htmlExport';
import { renderIndex } from '../../../src/reports/export/indexPage';
import { exportModel, sentences, tiles, userChart, userTable } from '../../unit/reports/export/model';
import { secretMirror } from '../../unit/reports/export/secretMirror';
import { report } from '../../unit/reports/reading';
import { waitMs } from '../support/bench';

const repository = join(__dirname, '..', '..', '..');
const pictures = join(repository, 'out', 'pictures');

/** A page from the disk, and whatever it complains of. */
interface Opened {
  readonly page: Page;
  readonly complaints: readonly string[];
}

describe('an exported page in a browser without a network', () => {
  const folder = mkdtempSync(join(tmpdir(), 'openwebui-sync-'));
  const script = readFileSync(join(repository, 'dist', 'webview', 'exportRuntime.js'), 'utf8');
  const open: { close(): Promise<unknown> }[] = [];
  let browser: Browser;

  before(async () => {
    const executablePath = process.env['OPENWEBUI_SYNC_BROWSER'];
    assert.ok(executablePath, 'Run these tests with: npm test -- --suite=browser');
    browser = await chromium.launch({ executablePath, args: headlessFlags });
    mkdirSync(pictures, { recursive: true });
    const mirror = await secretMirror();
    for (const definition of REPORTS) {
      write(definition.id, await renderReportHtml(await report(mirror, { definition }), { script }));
    }
    mirror.dispose();
    const blocks = [tiles(), sentences(), userChart(), userTable()];
    write('plain', await renderReportHtml(exportModel(blocks), { script }));
    write('scriptless', await renderReportHtml(exportModel(blocks)));
  });
  afterEach(async () => {
    for (const one of open.splice(0)) {
      await one.close();
    }
  });
  after(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  function write(name: string, page: string): void {
    writeFileSync(join(folder, `${name}.html`), page);
  }

  async function opened(name: string, options: BrowserContextOptions = {}): Promise<Opened> {
    const context = await browser.newContext({
      viewport: { width: 1200, height: 900 },
      offline: true,
      ...options,
    });
    context.setDefaultTimeout(waitMs);
    open.push(context);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) {
        complaints.push(`asks for ${request.url()}`);
      }
    });
    await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
    return { page, complaints };
  }

  async function findings(page: Page): Promise<string[]> {
    await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
    const results: AxeResults = await page.evaluate('axe.run()');
    return results.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  }

  for (const { id, title } of REPORTS) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`shows ${title} in ${colorScheme} colours without a complaint or a serious finding of axe`, async () => {
        const { page, complaints } = await opened(id, { colorScheme });
        const charts = await page.locator('figure').count();
        assert.equal(await page.locator('figure svg').count(), charts);
        await page.screenshot({ path: join(pictures, `export-${id}-${colorScheme}.png`), fullPage: true });
        assert.deepEqual(await findings(page), []);
        assert.deepEqual(complaints, []);
      });
    }
  }

  it('shows the same without a script, by its own policy and where scripts are off', async () => {
    const whole = await (await opened('plain')).page.locator('main').innerText();
    for (const { page, complaints } of [
      await opened('scriptless'),
      await opened('plain', { javaScriptEnabled: false }),
    ]) {
      assert.equal(await page.locator('main').innerText(), whole);
      assert.equal(await page.locator('figure svg').count(), 1);
      assert.deepEqual(complaints, []);
    }
  });

  it('tells the values of a mark under the pointer', async () => {
    const { page } = await opened('overview');
    await page.locator('figure svg [aria-label*="Kind: "]').first().hover({ force: true });
    await page
      .locator('#tooltip')
      .getByText(/Kind: \w+\s+Count: \d+/u)
      .waitFor();
  });

  it('is printed in light colours, whole, with notes and filters', async () => {
    const { page } = await opened('plain', { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const ground: string = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    assert.equal(ground, 'rgb(255, 255, 255)');
    for (const words of ['Filter: Roles', 'Deleted chats stay in all numbers.', '118 more are left out']) {
      assert.ok(await page.getByText(words).first().isVisible(), words);
    }
    const pdf = await page.pdf({ format: 'A4', landscape: true });
    assert.ok(pdf.length > 10_000);
  });

  it('opens from the page that links to all', async () => {
    const groups = [
      { title: 'All instances', entries: [{ fileName: 'plain.html', title: 'Users', description: 'Who?' }] },
    ];
    write(
      'index',
      renderIndex({ title: 'Reports', facts: ['Times in UTC'], groups, failures: ['Cost: no table'] }),
    );
    const { page, complaints } = await opened('index');
    assert.deepEqual(await findings(page), []);
    await page.getByRole('link', { name: 'Users' }).click();
    await page.getByRole('heading', { name: 'All instances' }).waitFor();
    assert.deepEqual(complaints, []);
  });
});
