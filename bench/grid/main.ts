// npm run bench:grid [-- --runs=10 --rows=100000]: how soon a result is seen, and how it scrolls, in a real browser.
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Frame, type Page } from 'playwright-core';
import { ensureBrowser, headlessFlags } from '../../scripts/lib/browser.mjs';
import { heldResult, headerOf } from '../../src/extension/results/heldResult';
import { pageOf } from '../../src/extension/results/resultPages';
import { columnsOf, type Cell, type ResultSet } from '../../src/store/resultSet';
import { RESULTS_PROTOCOL, type ToPage } from '../../src/webview/results/protocol';
import { RowCache } from '../../src/webview/results/rowCache';
import { WebviewServer } from '../../test/browser/support/webviewServer';
import { figureLine, median, type Figure } from '../figures';
import { answering, firstPaint, scrolling, type Scrolled } from './inPage';

const COLUMNS = ['id', 'day', 'user', 'model', 'turns', 'cost', 'note', 'token'] as const;
const PAINT_MS = 150;
/** As a panel has them. */
const SIZE = { width: 1200, height: 420 };
/** A frame's work must leave the browser room within its 16.7 ms. */
const FRAME_MS = 16.7;
const SCROLLS = [
  { name: 'slow, 3 rows a frame', px: 66, frames: 240 },
  { name: 'fast, 2 screens a frame', px: 800, frames: 240 },
  { name: 'jumps, 8,000 rows a frame', px: 176_000, frames: 12 },
] as const;

/** Users' turns; every value can be told from its row. */
function turns(rowCount: number): ResultSet {
  const rows = Array.from({ length: rowCount }, (_, row): Cell[] => [
    row,
    `2026-11-${String((row % 28) + 1).padStart(2, '0')}`,
    `User ${row % 1_500}`,
    row % 2 === 0 ? 'large' : 'small',
    (row * 7) % 50,
    (row % 90) / 10,
    row % 5 === 0 ? null : `Note of row ${row} `.repeat(4),
    `tok_${row.toString(36).padStart(16, '0')}`,
  ]);
  return { columns: columnsOf(COLUMNS, rows), rowCount, truncated: false, elapsedMs: 12 };
}

/** The message that shows the result, and an answer for each of its pages, both made by the product itself. */
function messages(result: ResultSet): { readonly state: string; readonly answers: string } {
  const held = heldResult({
    id: 'a',
    title: 'Turns',
    statement: { start: 0, end: 19, text: 'SELECT * FROM turns' },
    source: { sourceId: 'demo', queries: { run: () => Promise.resolve(result) } },
    limit: result.rowCount,
    original: result,
  });
  const state: ToPage = {
    type: 'state',
    version: RESULTS_PROTOCOL,
    state: { phase: 'done', message: '', offers: [], results: [headerOf(held)], frontId: held.id },
  };
  const { rowsPerPage } = new RowCache(result.columns.length, () => undefined);
  const answers: Record<number, Omit<Extract<ToPage, { type: 'rows' }>, 'resultId' | 'revision'>> = {};
  for (let offset = 0; offset < result.rowCount; offset += rowsPerPage) {
    answers[offset] = { type: 'rows', offset, columns: pageOf(result, offset, rowsPerPage) };
  }
  return { state: JSON.stringify(state), answers: JSON.stringify(answers) };
}

/** Opens the page anew, as a view that was not open yet. */
async function opened(browser: Browser, url: string, answers: string): Promise<{ page: Page; frame: Frame }> {
  const context = await browser.newContext({ viewport: SIZE });
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction(`told.posted.some(({ type }) => type === 'ready')`);
  await page.evaluate(answering(answers));
  const frame = page.frames().find((one) => one.url().endsWith('/page'));
  if (frame === undefined) {
    throw new Error('The page of results was not loaded.');
  }
  return { page, frame };
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? NaN;
}

async function measure(runs: number, rowCount: number): Promise<void> {
  const { state, answers } = messages(turns(rowCount));
  const data = `${rowCount.toLocaleString('en')} rows x ${COLUMNS.length} columns`;
  const server = await WebviewServer.start({
    scripts: ['results.js'],
    styles: ['results.css'],
    theme: 'dark',
  });
  const browser = await chromium.launch({ executablePath: await ensureBrowser(), args: headlessFlags });
  const paints: number[] = [];
  const scrolled = new Map<string, Scrolled[]>(SCROLLS.map(({ name }) => [name, []]));
  try {
    for (let run = 0; run < runs; run += 1) {
      const { page, frame } = await opened(browser, server.url, answers);
      paints.push(await frame.evaluate(firstPaint(state)));
      for (const { name, px, frames } of SCROLLS) {
        await frame.evaluate(`document.querySelector('.grid').scrollTop = 0`);
        scrolled.get(name)?.push(await frame.evaluate(scrolling(px, frames)));
      }
      await page.context().close();
    }
  } finally {
    await browser.close();
    await server.close();
  }
  const best = Math.min(...paints);
  const goal = { text: `< ${PAINT_MS} ms`, isMet: best < PAINT_MS };
  say({ name: `first paint, best of ${runs}`, value: best, unit: 'ms', goal, data });
  say({ name: `first paint, median of ${runs}`, value: median(paints), unit: 'ms', data });
  for (const [name, all] of scrolled) {
    sayScrolled(name, all, data);
  }
}

function sayScrolled(name: string, all: readonly Scrolled[], data: string): void {
  const p95 = (of: 'frames' | 'busy'): number => Math.min(...all.map((one) => percentile(one[of], 0.95)));
  const busy = p95('busy');
  const empty = all.reduce((sum, one) => sum + one.empty, 0);
  const waiting = all.reduce((sum, one) => sum + one.waiting, 0);
  const frames = all.reduce((sum, one) => sum + one.busy.length, 0);
  say({
    name: `scrolling ${name}: a frame's work, 95 of 100, best run`,
    value: busy,
    unit: 'ms',
    goal: { text: `< ${FRAME_MS} ms`, isMet: busy < FRAME_MS },
    data,
  });
  say({
    name: `scrolling ${name}: frame to frame, 95 of 100, best run`,
    value: p95('frames'),
    unit: 'ms',
    data,
  });
  const isMet = empty === 0;
  console.log(
    `scrolling ${name}: ${empty} of ${frames} frames with a place without a row  [goal 0: ${isMet ? 'met' : 'MISSED'}], ${waiting} with values on their way`,
  );
}

function say(figure: Figure): void {
  console.log(figureLine(figure));
}

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '10' }, rows: { type: 'string', default: '100000' } },
});
measure(Number(values.runs), Number(values.rows)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
