import assert from 'node:assert/strict';
import { eventually } from '../../e2e/support/eventually';
import { Bench } from '../support/bench';
import { EVERY_THEME } from '../report/reportBench';
import type { ToPage } from '../../../src/webview/results/protocol';
import { cellsOf, headerOf, openResults, showResult, type ResultsWebview } from './resultsBench';

/** The rows of the builder's result as its chart reads them. */
function chartData(resultId: string, count: number): ToPage {
  const rows = Array.from({ length: count }, (_, row) => {
    const [id, day, user, model, turns, cost, note, token] = cellsOf(row);
    return [Number(id), day!, user!, model!, Number(turns), Number(cost), note!, token!];
  });
  return { type: 'chartData', resultId, revision: 0, rows };
}

async function chart(page: ResultsWebview, rows = 200): Promise<void> {
  await showResult(page, headerOf('a', rows));
  await page.after('chartData', () => page.frame.getByRole('button', { name: 'Chart', exact: true }).click());
  await page.send(chartData('a', Math.min(rows, 5_000)));
  await drawn(page);
}

const drawn = (page: ResultsWebview): Promise<unknown> =>
  page.frame.locator('.picture .canvas:not(.pending) :is(svg, canvas)').waitFor({ state: 'attached' });

const scripts = (page: ResultsWebview): Promise<string[]> =>
  page.frame.evaluate(`[...document.scripts].map(({ src }) => src.split('/').at(-1))`);

describe('the chart of a result', () => {
  const bench = new Bench();

  it('loads what draws it when it is asked for, and picks lines over time', async () => {
    const page = await openResults(bench, { size: { width: 900, height: 700 } });
    await showResult(page, headerOf('a', 10));
    assert.ok(!(await scripts(page)).includes('resultsChart.js'));
    await chart(page);
    assert.ok((await scripts(page)).includes('resultsChart.js'));
    assert.equal(await page.frame.getByRole('combobox', { name: 'Kind' }).inputValue(), 'line');
    assert.equal(await page.frame.getByRole('combobox', { name: 'Along' }).inputValue(), 'day');
    assert.ok((await page.frame.locator('.picture svg [aria-roledescription="line mark"]').count()) > 0);
    assert.deepEqual(await page.errors(), []);
  });

  it('draws what its toolbar says', async () => {
    const page = await openResults(bench, { size: { width: 900, height: 900 } });
    await chart(page);
    await page.frame.getByRole('combobox', { name: 'Kind' }).selectOption('bar');
    await page.frame.getByRole('combobox', { name: 'Along' }).selectOption('model');
    await page.frame.getByRole('combobox', { name: 'Series' }).selectOption('');
    await eventually(
      async () => (await page.frame.locator('.picture svg [aria-roledescription="bar"]').count()) === 2,
      'two bars',
    );
    await page.frame.getByRole('combobox', { name: 'Series' }).selectOption('cost');
    await eventually(
      async () => (await page.frame.locator('.picture svg [aria-roledescription="bar"]').count()) === 4,
      'four bars',
    );
  });

  it('stands beside the table in a low panel, and both can be seen', async () => {
    const page = await openResults(bench, { size: { width: 840, height: 210 } });
    await chart(page);
    const picture = await page.frame.locator('.picture').boundingBox();
    const grid = await page.frame.getByRole('grid').boundingBox();
    assert.ok(picture !== null && grid !== null);
    assert.ok(picture.height > 90, `the picture is ${picture.height} px high`);
    await page.takePicture('results-low-panel');
    const svg = await page.frame.locator('.picture .canvas svg').boundingBox();
    assert.ok(svg !== null && svg.x + svg.width <= picture.x + picture.width, 'the chart is not cut');
    assert.ok(grid.width > 250 && grid.x >= picture.x + picture.width, JSON.stringify({ grid, picture }));
  });

  it('says when it is a part of the rows', async () => {
    const page = await openResults(bench);
    await chart(page, 12_000);
    await page.frame.getByText('Part of the rows: the first 5,000.').waitFor();
  });

  it('says that nothing can be drawn without numbers', async () => {
    const page = await openResults(bench);
    await showResult(page, headerOf('a', 1));
    await page.frame.getByRole('button', { name: 'Chart', exact: true }).click();
    await page.send({ type: 'chartData', resultId: 'a', revision: 0, rows: [['x', 'y']] });
    await page.frame.getByText('Nothing of this result can be drawn').waitFor();
  });

  it('follows a spec that is edited, says what is wrong with it, and loads nothing', async () => {
    const page = await openResults(bench, { size: { width: 900, height: 700 } });
    await chart(page);
    const { text } = await page.after('editSpec', () =>
      page.frame.getByRole('button', { name: 'Edit Spec' }).click(),
    );
    assert.doesNotMatch(text, /2026-11-01/);
    const spec = JSON.parse(text) as object;
    const use = (edited: object): Promise<void> =>
      page.send({ type: 'spec', resultId: 'a', text: JSON.stringify(edited) });
    await use({ ...spec, mark: 'area' });
    await page.frame
      .locator('.picture svg [aria-roledescription="area mark"]')
      .first()
      .waitFor({ state: 'attached' });
    await page.send({ type: 'spec', resultId: 'a', text: '{' });
    await page.frame.getByText('This is no JSON').waitFor();
    await use({ ...spec, data: { url: 'https://example.org/rows.json' } });
    await page.frame.getByText('Leave out "url"').waitFor();
    await use({ ...spec, mark: 'nothing' });
    await page.frame.getByText('This chart cannot be drawn').waitFor();
    await page.frame.getByRole('button', { name: 'Use Toolbar Again' }).click();
    await page.frame
      .locator('.picture svg [aria-roledescription="line mark"]')
      .first()
      .waitFor({ state: 'attached' });
  });

  it('is saved as SVG and PNG in the colours of print', async () => {
    const page = await openResults(bench, { theme: 'contrastDark', size: { width: 900, height: 700 } });
    await chart(page);
    const svg = await page.after('picture', () =>
      page.frame.getByRole('button', { name: 'Save as SVG' }).click(),
    );
    const text = Buffer.from(svg.base64, 'base64').toString('utf8');
    assert.match(text, /^<svg[^>]+xmlns/);
    assert.doesNotMatch(text, /var\(|NaN/);
    assert.match(text, />Result a</);
    const png = await page.after('picture', () =>
      page.frame.getByRole('button', { name: 'Save as PNG' }).click(),
    );
    assert.equal(Buffer.from(png.base64, 'base64').subarray(1, 4).toString(), 'PNG');
  });

  for (const theme of EVERY_THEME) {
    it(`keeps nobody out in the theme ${theme}`, async () => {
      const page = await openResults(bench, { theme, size: { width: 1200, height: 480 } });
      await chart(page);
      assert.deepEqual(await page.accessibilityFindings(), []);
      await page.takePicture(`results-chart-${theme}`);
      assert.deepEqual(await page.errors(), []);
    });
  }
});
