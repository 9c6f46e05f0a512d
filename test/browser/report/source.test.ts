import assert from 'node:assert/strict';
import type { ReportSettings } from '../../../src/reports/reportSettings';
import { warehouseSource } from '../../../src/reports/reportSource';
import type { ToPage } from '../../../src/webview/report/protocol';
import { Bench } from '../support/bench';
import { endOf, frameOf, part, readyOf, SETTINGS, stateOf, TILES, USERS } from './reportModels';
import { EVERY_THEME, openReport, type ReportWebview } from './reportBench';

const LAKE: ReportSettings = { ...SETTINGS, source: warehouseSource('lake') };
const LAKE_FACTS = {
  settings: LAKE,
  warehouse: { name: 'lake', pushedAt: '2026-01-30 09:00:00' },
} as const;

/** The same message where these warehouses are known. */
function knowing(message: ToPage, warehouses: readonly string[] = ['lake', 'archive of the north']): ToPage {
  return message.type === 'state' ? { ...message, choices: { ...message.choices, warehouses } } : message;
}

describe('the source of a report', () => {
  const bench = new Bench();

  async function openWith(...messages: readonly ToPage[]): Promise<ReportWebview> {
    const page = await openReport(bench);
    await page.send(...messages);
    await page.frame.getByLabel('Report', { exact: true }).waitFor();
    return page;
  }

  const list = ({ frame }: ReportWebview) => frame.getByLabel('Source', { exact: true });
  /** Waits until the list says it: the toolkit's lists follow a little later than what they are told. */
  const says = (page: ReportWebview, source: string): Promise<void> =>
    list(page).locator('.selected-value', { hasText: source }).waitFor();
  const numbers = ({ frame }: ReportWebview): Promise<number> => frame.getByText('1,204').count();

  it('is not asked for where there is no warehouse', async () => {
    const page = await openWith(knowing(readyOf([TILES]), []));
    assert.equal(await list(page).isVisible(), false);
  });

  it('is picked from the toolbar, by keys alone too, and said by name', async () => {
    const page = await openWith(knowing(readyOf([TILES])));
    await says(page, 'Mirror');
    await list(page).focus();
    const { settings } = await page.after('change', () => page.page.keyboard.press('ArrowDown'));
    assert.deepEqual(settings, LAKE);
    await says(page, 'Warehouse lake');
    assert.equal(await list(page).getAttribute('role'), 'combobox');
    const back = await page.after('change', () => page.page.keyboard.press('ArrowUp'));
    assert.equal(back.settings.source, undefined);
  });

  it('takes its numbers with it when another one is picked, and what comes of it later', async () => {
    const page = await openWith(knowing(readyOf([TILES, USERS])));
    await list(page).focus();
    await page.after('change', () => page.page.keyboard.press('ArrowDown'));
    assert.equal(await numbers(page), 0);
    await page.send(frameOf([TILES]), part(TILES), endOf());
    assert.equal(await page.frame.locator('h1').count(), 0);
    // It is said for a few seconds only.
    await Promise.all([
      page.frame.getByRole('status').getByText('updated.').waitFor(),
      page.send(
        knowing(stateOf({ phase: 'loading' }, LAKE)),
        frameOf([TILES], LAKE_FACTS),
        part(TILES),
        endOf(LAKE_FACTS),
      ),
    ]);
    await page.frame.getByText('From warehouse lake, pushed 2026-01-30 09:00:00').waitFor();
    assert.equal(await numbers(page), 1);
  });

  it('also where the extension changed it, such as by a command', async () => {
    const page = await openWith(knowing(readyOf([TILES])));
    await page.send(knowing(stateOf({ phase: 'loading' }, LAKE)));
    await says(page, 'Warehouse lake');
    assert.equal(await numbers(page), 0);
  });

  it('that cannot be reached says why, with the mirror as the next step', async () => {
    const message = 'The warehouse lake is not reachable at db.example.org, port 5432.';
    const page = await openWith(knowing(stateOf({ phase: 'failed', message, isOfWarehouse: true }, LAKE)));
    await page.frame.getByRole('alert').getByText(message).waitFor();
    const read = page.frame.getByRole('button', { name: 'Read the Mirror' });
    const { settings } = await page.after('change', () => read.click());
    assert.deepEqual(settings, SETTINGS);
    await says(page, 'Mirror');
    assert.equal(await page.frame.getByText(message).count(), 0);
  });

  it('stays in the list while a report asks for it, though the warehouse was removed', async () => {
    const message = 'There is no warehouse "lake" any more.';
    const page = await openWith(
      knowing(stateOf({ phase: 'failed', message, isOfWarehouse: true }, LAKE), []),
    );
    await says(page, 'Warehouse lake');
  });

  it('is found whatever the case of its name in a link', async () => {
    const settings = { ...SETTINGS, source: warehouseSource('LAKE') };
    const page = await openWith(knowing(stateOf({ phase: 'loading' }, settings)));
    await says(page, 'Warehouse lake');
    await list(page).click();
    assert.deepEqual(await page.frame.getByRole('option', { name: /^Warehouse/ }).allInnerTexts(), [
      'Warehouse lake',
      'Warehouse archive of the north',
    ]);
  });

  for (const theme of EVERY_THEME) {
    it(`has its place in the theme ${theme}, in narrow tabs too`, async () => {
      const page = await openReport(bench, { theme, size: { width: 340, height: 700 } });
      await page.send(knowing(readyOf([TILES], LAKE_FACTS, LAKE)));
      await page.frame.getByText('From warehouse lake').waitFor();
      await page.takePicture(`source-narrow-${theme}`);
      assert.ok(await page.frame.evaluate('document.documentElement.scrollWidth <= innerWidth'));
      await page.page.setViewportSize({ width: 1200, height: 700 });
      await page.takePicture(`source-${theme}`);
      assert.deepEqual(await page.accessibilityFindings(), []);
    });
  }
});
