import assert from 'node:assert/strict';
import { eventually } from '../../e2e/support/eventually';
import { Bench } from '../support/bench';
import {
  CHARTS,
  endOf,
  FAILED,
  frameOf,
  modelOf,
  part,
  readyOf,
  SENTENCES,
  SETTINGS,
  stateOf,
  TILES,
  userBars,
  USERS,
} from './reportModels';
import { drawn, openReport } from './reportBench';

const FIRST = [TILES, userBars([9, 5]).block, USERS];

describe('a report that is being built', () => {
  const bench = new Bench();

  it('shows its title, its period and the places of its blocks at once', async () => {
    const page = await openReport(bench);
    await page.send(stateOf({ phase: 'loading' }), frameOf(FIRST));
    await page.frame.getByRole('heading', { name: 'Overview' }).waitFor();
    assert.match(await page.frame.locator('header').innerText(), /Last 30 days: 2026-03-01 to 2026-03-30/);
    assert.equal(await page.frame.locator('.waiting').count(), 3);
    assert.match(await page.frame.getByRole('status').innerText(), /Reading/);
  });

  it('fills each place when its part comes, the others stay', async () => {
    const page = await openReport(bench);
    await page.send(stateOf({ phase: 'loading' }), frameOf(FIRST), part(TILES));
    await page.frame.locator('.tile').first().waitFor();
    assert.equal(await page.frame.locator('.waiting').count(), 2);
    const bars = userBars([9, 5]);
    await page.send(part(bars.block, bars.datasets), part(USERS), endOf());
    await drawn(page);
    assert.equal(await page.frame.locator('.waiting').count(), 0);
    assert.equal(await page.frame.locator('figure svg').count(), 1);
    assert.equal(await page.frame.locator('.progress .activity').isVisible(), false);
  });

  it('keeps what a block showed, marked as old, until its part comes', async () => {
    const page = await openReport(bench);
    const before = userBars([9, 5]);
    await page.send(readyOf([before.block, USERS], { datasets: before.datasets }));
    await drawn(page);
    await page.send(frameOf([before.block, USERS]));
    await page.frame.locator('.slot.stale figure svg').waitFor();
    assert.equal(await page.frame.locator('.slot.stale tbody tr').count(), 3);

    const after = userBars([7, 6, 5]);
    await page.send(part(after.block, after.datasets));
    await page.frame.locator('.slot:not(.stale) figure .picture[aria-label*="7 turns"]').waitFor();
    assert.equal(await page.frame.locator('.slot.stale').count(), 1);
    await page.send(part(USERS), endOf());
    await drawn(page);
    await page.frame.locator('.slot.stale').waitFor({ state: 'detached' });
  });

  it('does not move what stands below a block that is renewed', async () => {
    const page = await openReport(bench);
    const bars = userBars([9, 5, 3]);
    await page.send(readyOf([bars.block, USERS], { datasets: bars.datasets }));
    await drawn(page);
    const table = page.frame.locator('.table');
    const top = (await table.boundingBox())?.y;
    const renewed = userBars([8, 6, 2]);
    await page.send(frameOf([bars.block, USERS]));
    await page.frame.locator('.slot.stale').first().waitFor();
    assert.equal((await table.boundingBox())?.y, top);
    await page.send(part(renewed.block, renewed.datasets), part(USERS), endOf());
    await drawn(page);
    assert.equal((await table.boundingBox())?.y, top);
  });

  it('shows none of the blocks of the report before when another one is picked', async () => {
    const page = await openReport(bench);
    await page.send(readyOf([TILES, USERS]));
    await page.frame.locator('.tile').first().waitFor();
    await page.send(frameOf([TILES], { reportId: 'cost', title: 'Cost' }));
    await page.frame.getByRole('heading', { name: 'Cost', exact: true }).waitFor();
    assert.equal(await page.frame.locator('.tile').count(), 0);
    assert.equal(await page.frame.locator('tbody tr').count(), 0);
  });

  it('lets a block fail alone, and offers to try again', async () => {
    const page = await openReport(bench);
    await page.send(readyOf([TILES, FAILED]));
    await page.frame.getByText('no such column').waitFor();
    assert.equal(await page.frame.locator('.tile').count(), 2);
    await page.after('refresh', () => page.frame.getByRole('button', { name: 'Try Again' }).click());
    await page.after('showLog', () => page.frame.getByRole('button', { name: 'Show Log' }).click());
  });

  it('keeps the focus where it was', async () => {
    const page = await openReport(bench);
    await page.send(readyOf([TILES, USERS]));
    const focused = (): Promise<string> => page.frame.evaluate('document.activeElement.textContent');
    await page.frame.locator('tbody').getByRole('button', { name: 'Ben' }).focus();
    const rows = [...USERS.table.rows].reverse();
    await page.send(
      frameOf([TILES, USERS]),
      part(TILES),
      part({ ...USERS, table: { ...USERS.table, rows } }),
      endOf(),
    );
    await page.frame.locator('tbody tr:first-child', { hasText: 'Hohenlohe' }).waitFor();
    assert.equal(await focused(), 'Ben');

    await page.send(part({ ...USERS, table: { ...USERS.table, rows: rows.slice(0, 1) } }), endOf());
    await page.frame.locator('tbody tr:nth-child(2)').waitFor({ state: 'detached' });
    assert.equal(await page.frame.evaluate(`document.activeElement.className`), 'scroll');
  });

  it('shows numbers before the first chart and the first chart before the last', async () => {
    const page = await openReport(bench);
    const blocks = [TILES, ...CHARTS];
    await page.send(readyOf(blocks));
    await drawn(page);
    await page.after('refresh', () => page.frame.getByRole('button', { name: 'Refresh' }).click());
    const renewed = CHARTS.map((chart) => ({ ...chart, summary: `${chart.summary} Again.` }));
    const { datasets } = modelOf(blocks);
    await page.send(frameOf(blocks), part(TILES));
    await page.send(
      ...renewed.map((chart) => part(chart, { [chart.dataset]: datasets[chart.dataset] ?? [] })),
      endOf(),
    );
    await drawn(page);
    const measure = (name: string): Promise<number> =>
      eventually(
        () => page.frame.evaluate(`performance.getEntriesByName('${name}')[0]?.duration`),
        `the measure ${name}`,
      );
    const [figures, first, last] = [
      await measure('report-figures'),
      await measure('report-first-chart'),
      await measure('report-charts'),
    ];
    assert.ok(figures <= first && first < last, `${figures}, ${first}, ${last}`);
  });

  it('says that it was updated to the one who asked for it', async () => {
    const page = await openReport(bench);
    await page.send(readyOf([TILES]));
    await page.after('refresh', () => page.frame.getByRole('button', { name: 'Refresh' }).click());
    // It is said for a few seconds only.
    await Promise.all([
      page.frame.getByRole('status').getByText('Overview: Last 30 days, updated.').waitFor(),
      page.send(frameOf([TILES]), part(TILES), endOf()),
    ]);
  });

  it('says what it has when the period is empty, and offers the way out', async () => {
    const page = await openReport(bench);
    const filter = { users: [1] };
    await page.send(
      readyOf(
        [],
        { isEmpty: true, filters: [{ kind: 'users', title: 'Users', words: 'Ann' }] },
        { ...SETTINGS, filter },
      ),
    );
    await page.frame.getByText('There are messages of 2025-03-01 to 2026-03-28').waitFor();
    const all = await page.after('change', () =>
      page.frame.getByRole('button', { name: 'Show All Time' }).click(),
    );
    assert.deepEqual(all.settings.period, { kind: 'preset', preset: 'all' });
    const bare = await page.after('change', () =>
      page.frame.getByRole('button', { name: 'Remove Filters' }).click(),
    );
    assert.deepEqual(bare.settings.filter, {});
    await page.send(frameOf([TILES]), part(TILES), endOf());
    await page.frame.locator('.tile').first().waitFor();
    assert.equal(await page.frame.evaluate('document.activeElement.className'), 'content');
  });

  it('says why there is no report', async () => {
    const page = await openReport(bench);
    await page.send(stateOf({ phase: 'empty', message: 'Sync an instance first.' }));
    await page.frame.getByRole('alert').getByText('Sync an instance first.').waitFor();
    await page.after('sync', () => page.frame.getByRole('button', { name: 'Sync' }).click());
    await page.send(stateOf({ phase: 'failed', message: 'The database cannot be read.' }));
    await page.frame.getByRole('alert').getByText('cannot be read').waitFor();
  });

  it('understands nothing of another version', async () => {
    const page = await openReport(bench);
    await page.send(
      stateOf({ phase: 'ready', model: modelOf([TILES]), isStale: false }, SETTINGS, 1),
      frameOf([TILES]),
      part(SENTENCES),
    );
    await page.send(stateOf({ phase: 'empty', message: 'Understood.' }));
    await page.frame.getByText('Understood.').waitFor();
    assert.equal(await page.frame.locator('.tile').count(), 0);
    assert.deepEqual(await page.errors(), []);
  });
});
