import * as l10n from '@vscode/l10n';
import { partOf, type ResultSet } from '../../store/resultSet';
import { markdownLines } from '../../reports/export/resultMarkdown';
import {
  resultSetOf,
  toWire,
  type NotebookResult,
  type WireCell,
} from '../../webview/notebook/notebookResult';

/** Most rows of a result in a notebook, whatever queries may show: each notebook holds all of its results at once. */
export const MOST_ROWS = 10_000;
/** Characters of a result in a notebook, about. */
const MOST_SIZE = 8 * 1024 * 1024;
/** Rows for those who know nothing of our results. */
const FALLBACK_ROWS = 20;

/** A result as its output holds it: the first rows, and how many those are where there are more. */
export function notebookResult(
  result: ResultSet,
  { isDemo = false, mostSize = MOST_SIZE }: { readonly isDemo?: boolean; readonly mostSize?: number } = {},
): NotebookResult {
  const rows: (readonly WireCell[])[] = [];
  let size = 0;
  for (let row = 0; row < result.rowCount && size <= mostSize; row += 1) {
    const cells = result.columns.map((column) => toWire(column.at(row)));
    size += JSON.stringify(cells).length;
    rows.push(cells);
  }
  return {
    columns: result.columns.map(({ name }) => name),
    rows,
    elapsedMs: Math.round(result.elapsedMs),
    ...(result.truncated || rows.length < result.rowCount ? { limitedTo: rows.length } : {}),
    ...(isDemo ? { isDemo } : {}),
  };
}

/** The first rows as Markdown, for whatever does not know our results. */
export function fallbackMarkdown(result: NotebookResult): string {
  if (result.columns.length === 0) {
    return l10n.t('The statement returns no rows');
  }
  const whole = resultSetOf(result);
  const shown = Math.min(whole.rowCount, FALLBACK_ROWS);
  const first = {
    ...whole,
    columns: whole.columns.map((column) => partOf(column, 0, shown)),
    rowCount: shown,
  };
  const table = [...markdownLines(first, true)].join('');
  const isWhole = shown === whole.rowCount && result.limitedTo === undefined;
  return isWhole ? table : `${table}\n${l10n.t('The first {0} rows.', shown)}\n`;
}
