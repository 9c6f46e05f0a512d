import assert from 'node:assert/strict';
import type { NotebookResult, WireCell } from '../../../src/webview/notebook/notebookResult';
import { eventually } from '../../e2e/support/eventually';
import { Bench } from '../support/bench';
import type { ThemeName } from '../support/themes';
import { drawn, openNotebookPage, show } from './notebookBench';

const EVERY_THEME: readonly ThemeName[] = ['light', 'dark', 'contrastDark', 'contrastLight'];

function resultOf(
  columns: readonly string[],
  rows: readonly (readonly WireCell[])[],
  more: Partial<NotebookResult> = {},
): NotebookResult {
  return { columns, rows, elapsedMs: 12, ...more };
}

const TYPES = resultOf(
  ['name', 'count', 'hash', 'note'],
  [
    ['Ada <b>bold</b>', { integer: '9007199254740993' }, { blob: '0aff', bytes: 2 }, null],
    ['Ben', 2.5, null, { text: 'cut text', characters: 90_000 }],
    ['two\nlines', { real: 'Infinity' }, null, 'NULL'],
  ],
);
const DAYS = resultOf(
  ['date', 'turns', 'users'],
  Array.from({ length: 30 }, (_, day) => [
    `2026-11-${String(30 - day).padStart(2, '0')}`,
    40 + ((day * 7) % 23),
    9 + (day % 5),
  ]),
);
const USERS = resultOf(
  ['name', 'turns'],
  Array.from({ length: 12 }, (_, index) => [`User ${index + 1}`, 300 - index * 21]),
  { limitedTo: 12, isDemo: true },
);
const LONG = resultOf(
  ['n'],
  Array.from({ length: 1245 }, (_, index) => [index + 1]),
);

describe('the results of a notebook', () => {
  const bench = new Bench();

  it('show each type of value as it is, and text never as markup', async () => {
    const page = await openNotebookPage(bench);
    await show(page, { id: 'types', result: TYPES });
    const rows = await page.frame.locator('tbody tr').all();
    const texts = await Promise.all(rows.map((row) => row.locator('td').allTextContents()));
    assert.deepEqual(texts, [
      ['Ada <b>bold</b>', '9007199254740993', `x'0aff'`, 'NULL'],
      ['Ben', '2.5', 'NULL', 'cut text…'],
      ['two⏎lines', 'Infinity', 'NULL', 'NULL'],
    ]);
    const last = await page.frame.locator('tbody td:last-child').all();
    const kinds = await Promise.all(last.map((cell) => cell.getAttribute('class')));
    assert.deepEqual(
      kinds,
      ['start null', 'start text', 'start text'],
      'a missing value is not the text NULL',
    );
    assert.equal(await page.frame.locator('tbody td.end').count(), 3, 'numbers stand at the right edge');
    assert.equal(await page.frame.locator('.summary').innerText(), '3 rows · 12 ms');
    assert.deepEqual(await page.errors(), []);
  });

  it('lay out a hundred rows at a time, and tell which', async () => {
    const page = await openNotebookPage(bench);
    await show(page, { id: 'long', result: LONG });
    const { frame } = page;
    assert.equal(await frame.locator('tbody tr').count(), 100);
    assert.equal(await frame.locator('table').getAttribute('aria-rowcount'), '1246');
    const next = frame.getByRole('button', { name: 'Next Rows' });
    await next.focus();
    for (let page = 0; page < 20; page += 1) {
      await next.press('Enter');
    }
    assert.equal(await frame.locator('.pages span').innerText(), 'Rows 1,201 to 1,245 of 1,245');
    assert.equal(await frame.locator('tbody td').last().innerText(), '1245');
    assert.equal(await frame.locator('tbody tr').last().getAttribute('aria-rowindex'), '1246');
    assert.equal(await next.getAttribute('aria-disabled'), 'true');
    await frame.getByRole('button', { name: 'Previous Rows' }).click();
    assert.equal(await frame.locator('.pages span').innerText(), 'Rows 1,101 to 1,200 of 1,245');
  });

  it('say that rows were limited, in the table and in the chart', async () => {
    const page = await openNotebookPage(bench);
    await show(page, { id: 'users', result: USERS });
    const note = page.frame.locator('.note').first();
    assert.match(await note.innerText(), /^Limited to 12 rows: there are more\./);
    await page.frame.getByRole('button', { name: 'Chart' }).click();
    assert.match(await note.innerText(), /the chart draws the first 12 alone/);
    assert.equal(await page.frame.locator('.badge').innerText(), 'Demo');
  });

  it('turn into a chart and back by keyboard, and the choice is told to be kept', async () => {
    const page = await openNotebookPage(bench);
    await show(page, { id: 'days', result: DAYS });
    const { frame } = page;
    const toChart = frame.getByRole('button', { name: 'Chart' });
    await toChart.focus();
    const chosen = await page.after('chart', () => toChart.press('Enter'));
    assert.deepEqual(chosen, {
      type: 'chart',
      outputId: 'of-days',
      chart: { statement: 1, mark: 'line', x: 'date', y: ['turns', 'users'] },
    });
    await drawn(page);
    assert.equal(await toChart.getAttribute('aria-pressed'), 'true');
    const label = await frame.locator('.picture').getAttribute('aria-label');
    assert.equal(label, 'Lines: turns, users by date. 30 of them; the largest is 62, 2026-11-17.');
    const hidden = await page.after('chart', () => frame.getByRole('button', { name: 'Table' }).click());
    assert.equal(hidden.chart.isHidden, true);
    assert.equal(await frame.locator('tbody tr').count(), 30);
    assert.deepEqual(await page.errors(), []);
  });

  it('draw what a person chooses: kind, columns and series', async () => {
    const page = await openNotebookPage(bench);
    await show(page, {
      id: 'days',
      result: DAYS,
      chart: { statement: 1, mark: 'line', x: 'date', y: ['turns', 'users'] },
    });
    const { frame } = page;
    await drawn(page);
    const changed = await page.after('chart', () => frame.getByLabel('Kind').selectOption('column'));
    assert.equal(changed.chart.mark, 'column');
    const one = await page.after('chart', () => frame.getByRole('checkbox', { name: 'users' }).uncheck());
    assert.deepEqual(one.chart.y, ['turns']);
    await eventually(
      async () =>
        /^Columns: turns by date/.test((await frame.locator('.picture').getAttribute('aria-label')) ?? ''),
      'the chart of one number',
    );
    await frame.getByRole('checkbox', { name: 'turns' }).click();
    assert.ok(
      await frame.getByRole('checkbox', { name: 'turns' }).isChecked(),
      'a chart has at least one number',
    );
    assert.deepEqual(await page.errors(), []);
  });

  it('keep the chart that was chosen when they are shown again', async () => {
    const page = await openNotebookPage(bench);
    await show(page, { id: 'users', result: USERS });
    await page.after('chart', () => page.frame.getByRole('button', { name: 'Chart' }).click());
    await drawn(page);
    await page.send({ type: 'dispose', id: 'users' });
    await eventually(
      async () => (await page.frame.locator('.ow-result').count()) === 0,
      'the output to be gone',
    );
    await show(page, { id: 'users', result: USERS });
    await drawn(page);
    const again = await openNotebookPage(bench, { saved: await page.saved() });
    await show(again, { id: 'users', result: USERS });
    await drawn(again);
  });

  it('say that a kept chart draws columns that are no longer there', async () => {
    const page = await openNotebookPage(bench);
    const chart = { statement: 1, mark: 'bar', x: 'name', y: ['messages'] } as const;
    await show(page, { id: 'users', result: USERS, chart });
    const said = page.frame.locator('.failure');
    await said.waitFor();
    assert.match(await said.innerText(), /columns that the result no longer has/);
  });

  it('are copied with all rows and exact values, safe for spreadsheets', async () => {
    const page = await openNotebookPage(bench);
    await show(page, {
      id: 'types',
      result: resultOf(
        ['name', 'n'],
        [
          ['=1+1', { integer: '9007199254740993' }],
          [null, 1],
        ],
      ),
    });
    const tsv = await page.after('copy', () =>
      page.frame.getByRole('button', { name: 'Copy as TSV' }).click(),
    );
    assert.equal(tsv.text, `name\tn\n'=1+1\t9007199254740993\n\t1\n`);
    assert.equal(await page.frame.locator('.said').innerText(), 'Copied 2 rows.');
    const markdown = await page.after('copy', () =>
      page.frame.getByRole('button', { name: 'Copy as Markdown' }).click(),
    );
    assert.match(markdown.text, /^\| name \| n \|\n\| --- \| --- \|\n\| =1\+1 \| 9007199254740993 \|\n/);
  });

  it('of a statement without rows say so', async () => {
    const page = await openNotebookPage(bench);
    await show(page, { id: 'none', result: resultOf([], []) });
    assert.equal(await page.frame.locator('.ow-result').innerText(), 'The statement returns no rows · 12 ms');
    await show(page, { id: 'empty', result: resultOf(['name'], []) });
    assert.equal(await page.frame.locator('.summary').last().innerText(), '0 rows · 12 ms');
  });

  it("speak the editor's language", async () => {
    const page = await openNotebookPage(bench, {
      words: { Table: 'Tabelle', '{0} rows · {1}': '{0} Zeilen · {1}' },
    });
    await show(page, { id: 'users', result: USERS });
    assert.equal(await page.frame.locator('.summary').innerText(), '12 Zeilen · 12 ms');
    assert.equal(await page.frame.getByRole('button', { name: 'Tabelle' }).count(), 1);
  });

  for (const theme of EVERY_THEME) {
    it(`keep nobody out: axe finds nothing serious in the theme ${theme}`, async () => {
      const page = await openNotebookPage(bench, { theme });
      await show(
        page,
        { id: 'types', result: TYPES },
        { id: 'days', result: DAYS, chart: { statement: 1, mark: 'line', x: 'date', y: ['turns', 'users'] } },
        { id: 'users', result: USERS, chart: { statement: 1, mark: 'bar', x: 'name', y: ['turns'] } },
        { id: 'long', result: LONG },
      );
      await drawn(page, 2);
      await page.takePicture(`notebook-${theme}`);
      assert.deepEqual(await page.accessibilityFindings(), []);
      assert.deepEqual(await page.errors(), []);
    });
  }

  it('follow a change of the theme', async () => {
    const page = await openNotebookPage(bench);
    await show(page, {
      id: 'users',
      result: USERS,
      chart: { statement: 1, mark: 'bar', x: 'name', y: ['turns'] },
    });
    await drawn(page);
    const fill = (): Promise<string> =>
      page.frame.evaluate(
        `getComputedStyle(document.querySelector('.picture [aria-roledescription="bar"]')).fill`,
      );
    const dark = await fill();
    await page.useTheme('contrastLight');
    await eventually(async () => (await fill()) !== dark, 'the bars to have the colour of the theme');
  });
});
