import assert from 'node:assert/strict';
import { warehouseSource } from '../../../src/reports/reportSource';
import type { DashboardFigures, DashboardState, ToPage } from '../../../src/webview/dashboard/protocol';
import { Bench } from '../support/bench';
import { drawn, messageOf, openDashboard, STATE, type DashboardWebview } from './dashboardBench';

const WAREHOUSES = ['lake', 'archive of the north'];
const LAKE = warehouseSource('lake');
const LOADING: DashboardFigures = { phase: 'loading' };
const OF_LAKE: DashboardFigures = {
  ...ready(),
  totals: [{ id: 'turns', title: 'Turns', value: '77', definition: 'Messages that users wrote.' }],
  origin: { name: 'lake', pushedAt: '2026-03-29 09:00:00', freshness: 'Data as of 2026-03-29 08:55:00' },
};

/** The numbers that {@link STATE} shows. */
function ready(): Extract<DashboardFigures, { phase: 'ready' }> {
  assert.ok(STATE.figures.phase === 'ready');
  return STATE.figures;
}

/** A state where warehouses are known; of an instance there are no numbers until all of them are there. */
function known(changes: Partial<DashboardState> = {}): ToPage {
  const state = { ...STATE, ...changes };
  const instances = state.instances.map((instance) =>
    state.figures.phase === 'ready' ? instance : { ...instance, figures: [] },
  );
  return messageOf({ warehouses: WAREHOUSES, ...changes, instances });
}

describe('the source of the dashboard', () => {
  const bench = new Bench();

  async function openWith(...messages: readonly ToPage[]): Promise<DashboardWebview> {
    const page = await openDashboard(bench);
    await page.send(...messages);
    await page.frame.getByRole('heading', { name: 'Dashboard' }).waitFor();
    return page;
  }

  const list = ({ frame }: DashboardWebview) => frame.getByLabel('Source', { exact: true });
  const shown = (page: DashboardWebview): Promise<string> =>
    list(page).locator('.selected-value').innerText();
  const pickNext = async (page: DashboardWebview) => {
    await list(page).focus();
    return page.after('source', () => page.page.keyboard.press('ArrowDown'));
  };
  /** Tiles and pictures, of all and of each. */
  const numbers = ({ frame }: DashboardWebview): Promise<number> => frame.locator('.tile, figure').count();
  const focused = ({ frame }: DashboardWebview): Promise<string> =>
    frame.evaluate('document.activeElement.textContent');

  it('is not asked for where there is no warehouse', async () => {
    const page = await openWith(messageOf());
    assert.equal(await list(page).isVisible(), false);
  });

  it('is picked by keys alone too, said by name, and kept for the next session', async () => {
    const page = await openWith(known());
    assert.equal(await shown(page), 'Mirror');
    assert.equal(await list(page).getAttribute('role'), 'combobox');
    assert.deepEqual(await pickNext(page), { type: 'source', source: LAKE });
    assert.equal(await shown(page), 'Warehouse lake');
    assert.deepEqual(await page.saved(), { source: LAKE });
    const back = await page.after('source', () => page.page.keyboard.press('ArrowUp'));
    assert.deepEqual([back.source, await page.saved()], [undefined, {}]);
  });

  it('takes its numbers with it when another one is picked, and what comes of it later', async () => {
    const page = await openWith(known());
    await drawn(page);
    await pickNext(page);
    assert.equal(await numbers(page), 0);
    await page.send(known());
    assert.deepEqual([await numbers(page), await shown(page)], [0, 'Warehouse lake']);
    await page.send(known({ source: LAKE, figures: LOADING }));
    assert.equal(await numbers(page), 0);
    await page.send(known({ source: LAKE, figures: OF_LAKE }));
    const from = 'From warehouse lake, pushed 2026-03-29 09:00:00 · Data as of 2026-03-29 08:55:00';
    await page.frame.getByText(from).waitFor();
    await page.frame.getByText('77', { exact: true }).waitFor();
    await page.frame.getByRole('status').getByText('Dashboard: Warehouse lake, updated.').waitFor();
    await drawn(page);
    await page.send(known({ figures: LOADING }));
    assert.equal(await page.frame.getByText('From warehouse').isVisible(), false);
  });

  it('that cannot be reached says why once, with the mirror as the next step', async () => {
    const message = 'The warehouse lake is not reachable at db.example.org, port 5432.';
    const failed = known({ source: LAKE, figures: { phase: 'failed', message, isOfWarehouse: true } });
    const page = await openWith(failed);
    await page.frame.getByRole('alert').getByText(message).waitFor();
    assert.equal(await numbers(page), 0);
    await page.frame.evaluate(`document.querySelector('[role=alert]').dataset.same = 'yes'`);
    await page.send(failed);
    assert.equal(await page.frame.locator('[data-same=yes]').count(), 1);
    await page.after('refresh', () => page.frame.getByRole('button', { name: 'Try Again' }).click());
    await page.after('showLog', () => page.frame.getByRole('button', { name: 'Show Log' }).click());
    const read = page.frame.getByRole('button', { name: 'Read the Mirror' });
    const { source } = await page.after('source', () => read.click());
    assert.deepEqual([source, await shown(page)], [undefined, 'Mirror']);
    assert.equal(await page.frame.getByText(message).count(), 0);
    assert.equal(await focused(page), 'Today, all instances');
  });

  it('is no step of the mirror’s failures', async () => {
    const page = await openWith(known({ figures: { phase: 'failed', message: 'Cannot be read.' } }));
    await page.frame.getByRole('alert').getByText('Cannot be read.').waitFor();
    assert.equal(await page.frame.getByRole('button', { name: 'Read the Mirror' }).count(), 0);
  });

  it('stays in the list while it is asked for, though the warehouse was removed', async () => {
    const message = 'There is no warehouse "lake" any more.';
    const figures = { phase: 'failed', message, isOfWarehouse: true } as const;
    const page = await openWith(known({ source: LAKE, warehouses: [], figures }));
    assert.equal(await shown(page), 'Warehouse lake');
  });

  it('is read also where this machine syncs nothing', async () => {
    const page = await openWith(known({ instances: [] }));
    assert.equal(await page.frame.getByRole('button', { name: 'Add Instance' }).isVisible(), true);
    await pickNext(page);
    await page.send(known({ source: LAKE, figures: OF_LAKE, instances: [] }));
    await page.frame.getByText('77', { exact: true }).waitFor();
    assert.deepEqual(
      await page.frame.getByRole('button', { name: /^(Add Instance|Sync All|Open Report)$/ }).allInnerTexts(),
      ['Open Report'],
    );
    assert.equal(await page.frame.getByRole('heading', { name: 'Instances', exact: true }).count(), 0);
  });

  for (const theme of ['light', 'dark', 'contrastDark', 'contrastLight'] as const) {
    it(`has its place in the theme ${theme}, in narrow tabs too`, async () => {
      const page = await openDashboard(bench, { theme, width: 320 });
      await page.send(known({ source: LAKE, figures: OF_LAKE }));
      await drawn(page);
      await page.takePicture(`dashboard-source-narrow-${theme}`);
      assert.ok(await page.frame.evaluate('document.documentElement.scrollWidth <= innerWidth'));
      await page.page.setViewportSize({ width: 1200, height: 700 });
      await drawn(page);
      await page.takePicture(`dashboard-source-${theme}`);
      assert.deepEqual(await page.accessibilityFindings(), []);
      const message = 'Nothing was pushed to the warehouse lake yet. Push to it first.';
      await page.send(known({ source: LAKE, figures: { phase: 'failed', message, isOfWarehouse: true } }));
      await page.frame.getByRole('alert').getByText(message).waitFor();
      await page.takePicture(`dashboard-source-failed-${theme}`);
      assert.deepEqual(await page.accessibilityFindings(), []);
      assert.deepEqual(await page.errors(), []);
    });
  }
});
