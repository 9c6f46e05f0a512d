import * as l10n from '@vscode/l10n';
import type { ChartMark } from '../shared/charts/chooseChart';
import type { NotebookResult } from './notebookResult';

const counts = new Intl.NumberFormat('en');

export function countWords(count: number): string {
  return counts.format(count);
}

/** `1,245 rows · 12 ms` */
export function summaryWords({ columns, rows, elapsedMs }: NotebookResult): string {
  const time =
    elapsedMs < 1000 ? l10n.t('{0} ms', elapsedMs) : l10n.t('{0} s', (elapsedMs / 1000).toFixed(1));
  if (columns.length === 0) {
    return l10n.t('The statement returns no rows · {0}', time);
  }
  return rows.length === 1
    ? l10n.t('1 row · {0}', time)
    : l10n.t('{0} rows · {1}', countWords(rows.length), time);
}

/** What is missing of the rows; undefined where nothing is. */
export function limitWords({ limitedTo }: NotebookResult, isChart: boolean): string | undefined {
  if (limitedTo === undefined) {
    return undefined;
  }
  const rows = countWords(limitedTo);
  return isChart
    ? l10n.t('There are more rows: the chart draws the first {0} alone.', rows)
    : l10n.t('Limited to {0} rows: there are more. Run the statement as a query to see them.', rows);
}

export function markWords(mark: ChartMark): string {
  const words: Readonly<Record<ChartMark, string>> = {
    bar: l10n.t('Bars'),
    column: l10n.t('Columns'),
    line: l10n.t('Lines'),
    point: l10n.t('Points'),
  };
  return words[mark];
}
