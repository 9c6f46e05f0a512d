import assert from 'node:assert/strict';
import { Bench } from '../support/bench';
import { EVERY_THEME } from '../report/reportBench';
import { answerRows, headerOf, openResults, showResult, stateOf } from './resultsBench';

describe('the page of results', () => {
  const bench = new Bench();

  it('is cancelled by its button and by Escape while something runs', async () => {
    const page = await openResults(bench);
    await page.send(stateOf([], { phase: 'running', message: 'Running…' }));
    await page.after('cancel', () => page.frame.getByRole('button', { name: 'Cancel' }).click());
    await page.after('cancel', () => page.page.keyboard.press('Escape'));
    await page.send(stateOf([], { phase: 'cancelled', message: 'Cancelled.', offers: ['runAgain'] }));
    assert.equal(await page.frame.getByRole('button', { name: 'Cancel' }).isVisible(), false);
    const { offer } = await page.after('offer', () =>
      page.frame.getByRole('button', { name: 'Run Again' }).click(),
    );
    assert.equal(offer, 'runAgain');
  });

  it('offers to run without the limit of time, and to show all rows', async () => {
    const page = await openResults(bench);
    const message = 'Stopped after 60 s, the limit of openwebuiSync.query.timeoutSeconds.';
    await page.send(stateOf([], { phase: 'failed', message, offers: ['runWithoutTimeLimit'] }));
    assert.equal(await page.frame.getByRole('alert').innerText(), message);
    await page.after('offer', () =>
      page.frame.getByRole('button', { name: 'Run Without Time Limit' }).click(),
    );
    await showResult(page, headerOf('a', 50, { canShowAll: true, summary: 'Limited to 50 rows · 2 ms' }));
    const { resultId } = await page.after('showAll', () =>
      page.frame.getByRole('button', { name: 'Show All' }).click(),
    );
    assert.equal(resultId, 'a');
  });

  it('shows a tab for each result, moved between by arrows, pinned, opened and closed', async () => {
    const page = await openResults(bench);
    const results = [headerOf('a', 10, { isPinned: true }), headerOf('b', 20), headerOf('c', 30)];
    await page.send(stateOf(results, { frontId: 'b' }));
    const tabs = page.frame.getByRole('tab');
    assert.equal(await tabs.count(), 3);
    assert.equal(await page.frame.getByRole('tab', { selected: true }).innerText(), 'Result b\n×');
    assert.match((await tabs.nth(1).getAttribute('title')) ?? '', /20 rows.*\nSELECT \* FROM turns_b/s);
    await page.frame.getByRole('tab', { selected: true }).focus();
    const shown = await page.after('shown', () => page.page.keyboard.press('ArrowRight'));
    assert.equal(shown.resultId, 'c');
    assert.equal(await page.frame.evaluate('document.activeElement.id'), 'tab-c');
    const closed = await page.after('close', () => page.page.keyboard.press('Delete'));
    assert.equal(closed.resultId, 'c');
    const pinned = await page.after('pin', () => page.frame.getByRole('button', { name: 'Pin' }).click());
    assert.deepEqual([pinned.resultId, pinned.isPinned], ['c', true]);
    await page.after('openTab', () => page.frame.getByRole('button', { name: 'Open in Tab' }).click());
    await page.after('save', () => page.frame.getByRole('button', { name: 'Save...' }).click());
    await page.after('showStatement', () =>
      page.frame.getByRole('button', { name: 'Show Statement' }).click(),
    );
  });

  it('shows the first result of a new run, whatever was looked at before', async () => {
    const page = await openResults(bench);
    await page.send(stateOf([headerOf('a', 10), headerOf('b', 10)]));
    await page.frame.getByRole('tab', { name: 'Result b' }).click();
    await page.send(stateOf([headerOf('a', 10, { isPinned: true }), headerOf('d', 10)], { frontId: 'd' }));
    assert.equal(await page.frame.getByRole('tab', { selected: true }).getAttribute('id'), 'tab-d');
  });

  it('keeps what a later session needs, and no row', async () => {
    const page = await openResults(bench);
    const restorable = { id: 'a', statement: 'SELECT 1' };
    await page.send(stateOf([headerOf('a', 10)], { restorable }));
    await answerRows(page, headerOf('a', 10));
    const saved = JSON.stringify(await page.saved());
    assert.match(saved, /"restorable":\{"id":"a","statement":"SELECT 1"\}/);
    assert.doesNotMatch(saved, /Note of row/);
  });

  it('says how a result of an earlier session comes back', async () => {
    const page = await openResults(bench);
    await page.send(
      stateOf([], { phase: 'restored', message: 'Its rows are not kept.', offers: ['runAgain'] }),
    );
    await page.frame.getByText('Its rows are not kept.').waitFor();
    await page.after('offer', () => page.frame.getByRole('button', { name: 'Run Again' }).click());
  });

  for (const theme of EVERY_THEME) {
    it(`keeps nobody out while it runs, after an error and with tabs in the theme ${theme}`, async () => {
      const page = await openResults(bench, { theme, size: { width: 760, height: 260 } });
      await page.send(stateOf([], { phase: 'running', message: 'Running statement 2 of 3…' }));
      await page.frame.getByText('Running statement 2 of 3…').waitFor();
      assert.deepEqual(await page.accessibilityFindings(), []);
      await page.takePicture(`results-running-${theme}`);
      await page.send(stateOf([], { phase: 'failed', message: 'Line 3: no such column: usr_name' }));
      await page.frame.getByRole('alert').waitFor();
      assert.deepEqual(await page.accessibilityFindings(), []);
      await page.takePicture(`results-error-${theme}`);
      const results = [
        headerOf('a', 10, { isPinned: true }),
        headerOf('b', 20, { canShowAll: true, summary: 'Limited to 20 rows · 8 ms' }),
        headerOf('c', 30),
      ];
      await page.send(stateOf(results, { frontId: 'b', message: '3 older results were closed.' }));
      await answerRows(page, headerOf('b', 20));
      assert.deepEqual(await page.accessibilityFindings(), []);
      await page.takePicture(`results-tabs-${theme}`);
      assert.deepEqual(await page.errors(), []);
    });
  }
});
