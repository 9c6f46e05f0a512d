import { eventually } from '../../e2e/support/eventually';
import { WHOLE_RESULT } from '../../../src/webview/results/narrowing';
import {
  RESULTS_PROTOCOL,
  type ResultHeader,
  type ResultsState,
  type ToExtension,
  type ToPage,
  type WireColumn,
} from '../../../src/webview/results/protocol';
import type { Bench, WebviewPage } from '../support/bench';
import type { PageAddress } from '../support/webviewServer';

export type ResultsWebview = WebviewPage<ToPage, ToExtension>;

interface Options extends Partial<PageAddress> {
  readonly size?: { readonly width: number; readonly height: number };
}

/** Opens the page of results; it has said `ready` and waits. */
export async function openResults(
  bench: Bench,
  { size = { width: 900, height: 420 }, ...address }: Options = {},
): Promise<ResultsWebview> {
  const page = await bench.open<ToPage, ToExtension>(
    { scripts: ['results.js'], styles: ['results.css'], theme: 'dark', ...address },
    size,
  );
  await eventually(
    async () => (await page.posted()).some(({ type }) => type === 'ready'),
    'the page to be ready',
  );
  return page;
}

export const COLUMNS = ['id', 'day', 'user', 'model', 'turns', 'cost', 'note', 'token'] as const;

/** A result of users' turns; every number of it can be told from its row. */
export function headerOf(id: string, rowCount: number, overrides: Partial<ResultHeader> = {}): ResultHeader {
  return {
    id,
    revision: 0,
    title: `Result ${id}`,
    statement: `SELECT * FROM turns_${id}`,
    isPinned: false,
    columns: COLUMNS.map((name) => ({
      name,
      isNumeric: ['id', 'turns', 'cost'].includes(name),
      isTime: name === 'day',
      width: 12,
    })),
    rowCount,
    summary: `${rowCount.toLocaleString('en')} rows · 12 ms`,
    narrowing: WHOLE_RESULT,
    canShowAll: false,
    ...overrides,
  };
}

/** The cells of a row as the extension would send them. */
export function cellsOf(row: number): readonly string[] {
  const day = `2026-11-${String((row % 28) + 1).padStart(2, '0')}`;
  const model = ['large', 'small'][row % 2] ?? '';
  return [
    String(row),
    day,
    `User ${row % 40}`,
    model,
    String((row * 7) % 50),
    ((row % 90) / 10).toFixed(2),
    row % 5 === 0 ? 'NULL' : `Note of row ${row}`,
    'x'.repeat(20),
  ];
}

export function stateOf(results: readonly ResultHeader[], overrides: Partial<ResultsState> = {}): ToPage {
  const state: ResultsState = {
    phase: 'done',
    message: '',
    offers: [],
    results,
    frontId: results[0]?.id,
    ...overrides,
  };
  return { type: 'state', version: RESULTS_PROTOCOL, state };
}

/** Answers a request for rows. */
export function rowsFor(
  { resultId, revision, offset, limit }: Extract<ToExtension, { type: 'rows' }>,
  rowCount: number,
): ToPage {
  const rows = Array.from({ length: Math.max(0, Math.min(limit, rowCount - offset)) }, (_, index) =>
    cellsOf(offset + index),
  );
  const columns = COLUMNS.map((name, column): WireColumn => {
    const texts = rows.map((cells) => cells[column] ?? '');
    const kind = ['id', 'turns', 'cost'].includes(name) ? 'i' : 't';
    return { texts, kinds: texts.map((text) => (text === 'NULL' ? 'n' : kind)).join('') };
  });
  return { type: 'rows', resultId, revision, offset, columns };
}

/** Shows a result and answers its requests as they come, until all that is in sight is there. */
export async function showResult(page: ResultsWebview, header: ResultHeader): Promise<void> {
  await page.send(stateOf([header]));
  await answerRows(page, header);
}

/** Answers every request for rows of the result that was not answered yet. */
export async function answerRows(page: ResultsWebview, header: ResultHeader): Promise<void> {
  const answered = new Set<string>();
  await eventually(async () => {
    const wanted = (await page.posted()).filter(
      (message): message is Extract<ToExtension, { type: 'rows' }> =>
        message.type === 'rows' && message.resultId === header.id && message.revision === header.revision,
    );
    const open = wanted.filter(({ offset }) => !answered.has(String(offset)));
    for (const request of open) {
      answered.add(String(request.offset));
      await page.send(rowsFor(request, header.rowCount));
    }
    const waiting = await page.frame.locator('.cell.waiting').count();
    const drawn = await page.frame.locator('[role="gridcell"]').count();
    return open.length === 0 && waiting === 0 && (drawn > 0 || header.rowCount === 0);
  }, 'the rows in sight');
}
