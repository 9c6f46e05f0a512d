import assert from 'node:assert/strict';
import { Bench } from '../support/bench';
import {
  CHARTS,
  FAILED,
  SENTENCES,
  TILES,
  USERS,
  pending,
  readyOf,
  SETTINGS,
  userBars,
} from './reportModels';
import { drawn, EVERY_THEME, openReport } from './reportBench';

const EVERYTHING = [TILES, SENTENCES, USERS, FAILED, pending({ ...USERS, id: 'later' }), ...CHARTS];
const FILTERED = {
  settings: { ...SETTINGS, filter: { users: [1, 2] } },
  changes: { filters: [{ kind: 'users', title: 'Users', words: 'Ann, Ben' }] },
} as const;
const everything = readyOf(EVERYTHING, FILTERED.changes, FILTERED.settings);

describe('the report page', () => {
  const bench = new Bench();

  it('runs under a policy that forbids code made from text', async () => {
    const page = await openReport(bench, { breaksRules: true });
    const refused = (await page.posted()) as readonly { type: string; name?: string }[];
    assert.deepEqual(refused[0], { type: 'refused', name: 'EvalError' });
    assert.equal((await page.errors()).length > 0, true);
  });

  it('draws every kind of chart and block without breaking a rule or a word on the console', async () => {
    const page = await openReport(bench);
    await page.send(everything);
    await drawn(page);
    assert.equal(await page.frame.locator('figure').count(), CHARTS.length);
    assert.deepEqual(await page.frame.locator('figure .failure').allInnerTexts(), []);
    assert.deepEqual(await page.errors(), []);
  });

  for (const theme of EVERY_THEME) {
    it(`keeps nobody out: axe finds nothing serious in the theme ${theme}`, async () => {
      const page = await openReport(bench, { theme });
      await page.send(everything);
      await drawn(page);
      await page.frame.locator('figure summary').first().click();
      await page.takePicture(`page-report-${theme}`);
      assert.deepEqual(await page.accessibilityFindings(), []);
    });
  }

  it('keeps nobody out where the system forces its colours', async () => {
    const page = await openReport(bench, { theme: 'contrastDark' });
    await page.page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    await page.send(everything);
    await drawn(page);
    await page.takePicture('page-report-forced');
    assert.deepEqual(await page.accessibilityFindings(), []);
    const label: string = await page.frame.evaluate(
      `getComputedStyle(document.querySelector('figure svg .role-axis-label text')).fill`,
    );
    const ground: string = await page.frame.evaluate('getComputedStyle(document.body).backgroundColor');
    assert.notEqual(label, ground, 'the words of axes are to be seen');
  });

  it('says of each picture what it shows, and hides its parts from readers', async () => {
    const page = await openReport(bench);
    await page.send(readyOf(CHARTS.slice(0, 2)));
    await drawn(page);
    const picture = page.frame.locator('figure .picture').first();
    assert.equal(await picture.getAttribute('role'), 'img');
    assert.equal(await picture.getAttribute('aria-label'), CHARTS[0]?.summary);
    assert.equal(await picture.locator('svg').first().getAttribute('aria-hidden'), 'true');
    await page.frame.getByText('Show data').first().click();
    // The table is filled when it opens, a moment after the click.
    const rows = page.frame.locator('figure').first().locator('tbody tr');
    await rows.nth(19).waitFor();
    assert.equal(await rows.count(), 20);
  });

  it('follows the theme without drawing anything anew', async () => {
    const page = await openReport(bench, { theme: 'dark' });
    await page.send(readyOf(CHARTS.filter(({ id }) => id === 'columns')));
    await drawn(page);
    await page.frame.evaluate(`document.querySelector('figure svg').dataset.same = 'yes'`);
    const fill = (): Promise<string> =>
      page.frame.evaluate(`getComputedStyle(document.querySelector('figure svg .mark-rect path')).fill`);
    const before = await fill();
    await page.useTheme('light');
    assert.notEqual(await fill(), before);
    assert.equal(await page.frame.locator('figure svg[data-same=yes]').count(), 1);
  });

  it('paints large pictures in the colours of the theme, and again when it changes', async () => {
    const scatter = CHARTS.find(({ id }) => id === 'scatter');
    assert.ok(scatter !== undefined);
    const rows = Array.from({ length: 2500 }, (_, index) => ({
      user: `User ${index}`,
      turns: index % 97,
      cost: index % 89,
    }));
    const page = await openReport(bench, { theme: 'contrastDark' });
    await page.send(readyOf([scatter], { datasets: { scatter: rows } }));
    await drawn(page);
    const hasColour = (red: number, green: number, blue: number): Promise<boolean> =>
      page.frame.evaluate(`(() => {
        const canvas = document.querySelector('figure canvas');
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        for (let at = 0; at < data.length; at += 4) {
          if (data[at + 3] > 250 && Math.abs(data[at] - ${red}) + Math.abs(data[at + 1] - ${green}) + Math.abs(data[at + 2] - ${blue}) < 12) { return true; }
        }
        return false;
      })()`);
    assert.equal(await hasColour(255, 255, 255), true, 'the words of a dark theme');
    await page.frame.evaluate(`document.querySelector('figure canvas').dataset.old = 'yes'`);
    await page.useTheme('light');
    await page.frame.locator('figure canvas:not([data-old])').waitFor({ state: 'attached' });
    await drawn(page);
    assert.equal(await hasColour(255, 255, 255), false);
  });

  it('fits into 300 pixels', async () => {
    const page = await openReport(bench, { size: { width: 300, height: 700 } });
    await page.send(everything);
    await drawn(page);
    await page.takePicture('page-report-narrow');
    const width = (): Promise<number> => page.frame.evaluate('document.documentElement.scrollWidth');
    assert.equal(await width(), 300);
    await page.frame.getByText('View', { exact: true }).click();
    await page.frame.getByLabel('Compare with', { exact: true }).waitFor();
    assert.equal(await width(), 300);
  });

  it('shows text of the data as text', async () => {
    const page = await openReport(bench);
    await page.send(readyOf([USERS]));
    await page.frame.getByText('<img src=x onerror=alert(1)>').waitFor();
    assert.equal(await page.frame.locator('img').count(), 0);
  });

  it('tells a long name whole by the pointer', async () => {
    const page = await openReport(bench);
    await page.send(readyOf([USERS]));
    const cell = page.frame.locator('td', { hasText: 'Hohenlohe' });
    assert.match((await cell.getAttribute('title')) ?? '', /Schillingsfürst$/);
  });

  it('shows the values of a mark beside the pointer, as long as the mark is there', async () => {
    const bars = userBars([9, 5]);
    const page = await openReport(bench);
    await page.send(readyOf([bars.block], { datasets: bars.datasets }));
    await drawn(page);
    await page.frame.locator('.mark-rect path').first().hover();
    const tooltip = page.frame.locator('.chart-tooltip');
    await tooltip.getByText('User 1').waitFor();
    const other = userBars([8, 6]);
    await page.send(readyOf([other.block], { datasets: other.datasets }));
    await tooltip.waitFor({ state: 'hidden' });
  });

  it('says so where a chart has nothing to show', async () => {
    const page = await openReport(bench);
    await page.send(readyOf(CHARTS.slice(0, 1), { datasets: {} }));
    await page.frame.getByText('Nothing in this period.').waitFor();
    assert.deepEqual(await page.errors(), []);
  });

  it('explains a number to the keyboard, and puts the words away by Escape', async () => {
    const page = await openReport(bench);
    await page.send(readyOf([TILES]));
    const info = page.frame.getByRole('button', { name: 'What is "Turns"?' });
    await info.focus();
    const hint = page.frame.locator('.hint');
    assert.equal(await hint.innerText(), 'Messages that users wrote.');
    await page.page.keyboard.press('Escape');
    assert.equal(await hint.isVisible(), false);
  });
});
