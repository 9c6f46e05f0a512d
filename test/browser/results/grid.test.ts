import assert from 'node:assert/strict';
import { eventually } from '../../e2e/support/eventually';
import { Bench } from '../support/bench';
import { EVERY_THEME } from '../report/reportBench';
import { WHOLE_RESULT } from '../../../src/webview/results/narrowing';
import {
  answerRows,
  COLUMNS,
  headerOf,
  openResults,
  rowsFor,
  showResult,
  stateOf,
  type ResultsWebview,
} from './resultsBench';

const MANY = 100_000;

const focused = (page: ResultsWebview): Promise<string> =>
  page.frame.evaluate(`(() => {
    const { row, column } = document.activeElement.dataset;
    return row + ':' + column;
  })()`);

describe('the grid of a result', () => {
  const bench = new Bench();

  it('draws 100,000 rows as no more than a screen of them, with the frame after they came', async () => {
    const page = await openResults(bench);
    const header = headerOf('a', MANY);
    await page.send(stateOf([header]));
    const first = await eventually(
      async () => (await page.posted()).find((message) => message.type === 'rows'),
      'a request for rows',
    );
    const rows = JSON.stringify(rowsFor(first, MANY));
    const isThere: boolean = await page.frame.evaluate(`new Promise((resolve) => {
      // Hears the rows after the page, and looks after it in the same frame.
      window.addEventListener('message', () => requestAnimationFrame(
        () => resolve(document.querySelector('.cell.text') !== null),
      ), { once: true });
      window.postMessage(${rows}, '*');
    })`);
    assert.ok(isThere);
    const drawn = await page.frame.locator('.canvas > .row').count();
    assert.ok(drawn > 8 && drawn < 40, `${drawn} rows`);
    assert.equal(await page.frame.getByRole('grid').getAttribute('aria-rowcount'), String(MANY + 1));
    assert.equal(await page.frame.getByRole('grid').getAttribute('aria-colcount'), '9');
    assert.deepEqual(await page.errors(), []);
  });

  it('shows a row for every place of a frame, however far it was scrolled and however late its rows come', async () => {
    const page = await openResults(bench);
    const header = headerOf('a', MANY);
    await showResult(page, header);
    const blanks: number[] = await page.frame.evaluate(`(async () => {
      const grid = document.querySelector('.grid');
      const blanks = [];
      for (const top of [40, 400, 4000, 100000, 1000000, 1999999, 12, 900000]) {
        grid.scrollTop = top;
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        const { top: from, bottom } = grid.getBoundingClientRect();
        for (let y = from + 40; y < bottom - 20; y += 10) {
          const row = document.elementFromPoint(60, y)?.closest('.row');
          if (row === null || row === undefined || row.textContent === '') { blanks.push(y); }
        }
      }
      return blanks;
    })()`);
    assert.deepEqual(blanks, []);
    const number = await page.frame.locator('.canvas .row-number').first().innerText();
    assert.match(number, /^\d+$/);
    await answerRows(page, header);
    assert.equal(await page.frame.locator('.cell.waiting').count(), 0);
  });

  it('has the rows beside those in sight already, so that a page down shows values at once', async () => {
    const page = await openResults(bench);
    const header = headerOf('a', MANY);
    await showResult(page, header);
    await eventually(async () => {
      const offsets = (await page.posted()).flatMap((message) =>
        message.type === 'rows' ? [message.offset] : [],
      );
      return offsets.includes(0) && offsets.includes(500);
    }, 'the second page to be asked for');
    const waiting: number = await page.frame.evaluate(`(async () => {
      const grid = document.querySelector('.grid');
      grid.scrollTop += 10 * grid.clientHeight;
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      return document.querySelectorAll('.cell.waiting').length;
    })()`);
    assert.equal(waiting, 0);
  });

  it('is used by keys alone: one tab stop, arrows, edges, pages, values, rows and columns', async () => {
    const page = await openResults(bench);
    const header = headerOf('a', MANY);
    await showResult(page, header);
    assert.equal(await page.frame.locator('.grid-place [tabindex="0"]').count(), 1);
    await page.frame.locator('.grid-place [tabindex="0"]').focus();
    await page.page.keyboard.press('ArrowDown');
    await page.page.keyboard.press('ArrowRight');
    assert.equal(await focused(page), '1:1');
    await page.page.keyboard.press('Control+End');
    assert.equal(await focused(page), `${MANY - 1}:${COLUMNS.length - 1}`);
    await answerRows(page, header);
    await page.page.keyboard.press('Control+Home');
    assert.equal(await focused(page), '0:0');
    await page.page.keyboard.press('End');
    await page.page.keyboard.press('PageDown');
    assert.match(await focused(page), /^\d\d?:7$/);
    const opened = await page.after('openValue', () => page.page.keyboard.press('F2'));
    assert.equal(`${opened.row}:${opened.column}`, await focused(page));
    await page.page.keyboard.press('Control+Home');
    await page.page.keyboard.press('Shift+ArrowDown');
    await page.page.keyboard.press('Shift+Space');
    const { range, wish } = await page.after('copy', () => page.page.keyboard.press('Control+Shift+KeyC'));
    assert.deepEqual(range, { firstRow: 0, lastRow: 1, firstColumn: 0, lastColumn: 7 });
    assert.deepEqual(wish, { format: 'tsv', withHeaders: true });
    assert.equal(await page.frame.locator('[role="gridcell"][aria-selected="true"]').count(), 2 * 8);
  });

  it('sorts by click and by Enter on a header: up, down, and as it was', async () => {
    const page = await openResults(bench);
    const sorted = (isDescending: boolean) => ({
      ...WHOLE_RESULT,
      sort: { column: 4, isDescending },
    });
    const header = headerOf('a', 50);
    await showResult(page, header);
    const turns = page.frame.getByRole('columnheader', { name: 'turns' });
    const first = await page.after('narrow', () => turns.click());
    assert.deepEqual(first.narrowing, sorted(false));
    await showResult(page, { ...header, revision: 1, narrowing: sorted(false) });
    assert.equal(await turns.getAttribute('aria-sort'), 'ascending');
    assert.equal(await focused(page), '-1:4');
    const second = await page.after('narrow', () => page.page.keyboard.press('Enter'));
    assert.deepEqual(second.narrowing, sorted(true));
    await showResult(page, { ...header, revision: 2, narrowing: sorted(true) });
    const third = await page.after('narrow', () => page.page.keyboard.press('Enter'));
    assert.deepEqual(third.narrowing, WHOLE_RESULT);
  });

  it('filters by one column and by all, shows what it filters by, and takes it away again', async () => {
    const page = await openResults(bench);
    const header = headerOf('a', 50);
    await showResult(page, header);
    await page.frame.getByRole('columnheader', { name: 'user' }).click();
    await page.page.keyboard.press('Alt+ArrowDown');
    const dialog = page.frame.getByRole('dialog', { name: 'Filter user' });
    await dialog.getByLabel('How to compare').selectOption('equals');
    await dialog.getByLabel('Value').fill('User 3');
    const { narrowing } = await page.after('narrow', () => page.page.keyboard.press('Enter'));
    assert.deepEqual(narrowing.filters, [{ column: 2, kind: 'equals', value: 'User 3' }]);
    await showResult(page, {
      ...header,
      revision: 1,
      rowCount: 12,
      narrowing: { filters: narrowing.filters, search: '' },
      summary: 'filtered: 12 of 1,245 rows · 3 ms',
    });
    assert.match(await page.frame.getByRole('status').innerText(), /filtered: 12 of 1,245 rows/);
    const chip = page.frame.getByRole('button', { name: 'Remove: user = User 3' });
    const cleared = await page.after('narrow', () => chip.click());
    assert.deepEqual(cleared.narrowing, WHOLE_RESULT);
    const search = page.frame.getByRole('searchbox');
    const searched = await page.after('narrow', async () => {
      await search.fill('Note');
      await search.press('Enter');
    });
    assert.equal(searched.narrowing.search, 'Note');
  });

  it('says why rows that nothing can read stay as they are', async () => {
    const page = await openResults(bench);
    const fixedBecause =
      'Only rows of SELECT, WITH and VALUES can be sorted and filtered, not those of PRAGMA.';
    await showResult(page, headerOf('a', 5, { fixedBecause }));
    await page.frame.getByRole('columnheader', { name: 'turns' }).click();
    assert.match(await page.frame.getByRole('status').innerText(), /not those of PRAGMA/);
    assert.ok(!(await page.posted()).some(({ type }) => type === 'narrow'));
  });

  it('copies by its menu, which keys alone can use', async () => {
    const page = await openResults(bench);
    await showResult(page, headerOf('a', 50));
    await page.frame.locator('[data-row="1"][data-column="2"]').click({ button: 'right' });
    const menu = page.frame.getByRole('menu', { name: 'Cells' });
    assert.ok((await menu.getByRole('menuitem').count()) >= 15);
    assert.deepEqual(await page.accessibilityFindings(), []);
    await page.page.keyboard.press('ArrowDown');
    await page.page.keyboard.press('ArrowDown');
    const { range, wish } = await page.after('copy', () => page.page.keyboard.press('Enter'));
    assert.deepEqual(range, { firstRow: 1, lastRow: 1, firstColumn: 2, lastColumn: 2 });
    assert.deepEqual(wish, { format: 'csv', withHeaders: true });
    assert.equal(await menu.count(), 0);
    assert.equal(await focused(page), '1:2');
    await page.send({ type: 'said', message: 'Copied 1 cell.' });
    await page.frame.getByText('Copied 1 cell.').waitFor();
  });

  it('comes back to its place after the page was hidden', async () => {
    const page = await openResults(bench);
    const header = headerOf('a', MANY);
    await showResult(page, header);
    await page.frame.evaluate(`document.querySelector('.grid').scrollTop = 40000`);
    const saved = await eventually(async () => {
      const kept = await page.saved();
      return JSON.stringify(kept).includes('"scrollTop":40000') ? kept : undefined;
    }, 'the place to be kept');
    const again = await openResults(bench, { saved });
    await showResult(again, header);
    assert.equal(await again.frame.evaluate(`document.querySelector('.grid').scrollTop`), 40_000);
  });

  for (const theme of EVERY_THEME) {
    it(`keeps nobody out and stays quiet in the theme ${theme}`, async () => {
      const page = await openResults(bench, { theme });
      const narrowing = {
        sort: { column: 4, isDescending: true },
        filters: [{ column: 2, kind: 'contains', value: 'User' }],
        search: '',
      } as const;
      const header = headerOf('a', 1245, { narrowing, summary: 'filtered: 1,245 of 2,000 rows · 8 ms' });
      await showResult(page, header);
      await page.frame.locator('[data-row="2"][data-column="2"]').click();
      assert.deepEqual(await page.accessibilityFindings(), []);
      await page.takePicture(`results-grid-${theme}`);
      assert.deepEqual(await page.errors(), []);
    });

    it(`keeps nobody out of its menu, its filter and its pressed buttons in the theme ${theme}`, async () => {
      const page = await openResults(bench, { theme, size: { width: 900, height: 520 } });
      const header = headerOf('a', 1245, { isPinned: true });
      await showResult(page, header);
      assert.equal(
        await page.frame.getByRole('button', { name: 'Pin' }).getAttribute('aria-pressed'),
        'true',
      );
      await page.frame.locator('[data-row="1"][data-column="2"]').click();
      await page.page.keyboard.press('Shift+F10');
      await page.frame.getByRole('menu').waitFor();
      assert.deepEqual(await page.accessibilityFindings(), []);
      await page.takePicture(`results-menu-${theme}`);
      await page.page.keyboard.press('Escape');
      await page.page.keyboard.press('Alt+ArrowDown');
      await page.frame.getByRole('dialog', { name: 'Filter user' }).waitFor();
      await page.page.keyboard.type('User 1');
      assert.deepEqual(await page.accessibilityFindings(), []);
      await page.takePicture(`results-filter-${theme}`);
      assert.deepEqual(await page.errors(), []);
    });
  }
});
