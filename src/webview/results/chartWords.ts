import * as l10n from '@vscode/l10n';
import type { ChartPoints } from '../shared/charts/chartPoints';
import type { ChartMark } from '../shared/charts/chooseChart';
import { MOST_CHART_ROWS, type ResultHeader } from './protocol';

/** Why there is no picture. */
export function failureInWords(error: unknown): string {
  return l10n.t('This chart cannot be drawn: {0}', error instanceof Error ? error.message : String(error));
}

export function markInWords(mark: ChartMark): string {
  const all: Readonly<Record<ChartMark, string>> = {
    bar: l10n.t('Bars'),
    column: l10n.t('Columns'),
    line: l10n.t('Lines'),
    point: l10n.t('Points'),
  };
  return all[mark];
}

/** What those hear who cannot see the picture. */
export function summaryOf(title: string, { labels, series }: ChartPoints): string {
  return l10n.t(
    'Chart of {0}: {1} values of {2}. The table has its numbers.',
    title,
    labels.length,
    series.join(', '),
  );
}

/** What is not in the picture, and what was added up. */
export function partInWords(
  { rowCount, canShowAll }: ResultHeader,
  points: ChartPoints,
  isOwnSpec: boolean,
): string {
  const parts = [
    rowCount > MOST_CHART_ROWS || canShowAll
      ? l10n.t('Part of the rows: the first {0}.', Math.min(rowCount, MOST_CHART_ROWS).toLocaleString('en'))
      : undefined,
    points.labels.length < points.totalLabels
      ? l10n.t('{0} of {1} names are shown.', points.labels.length, points.totalLabels)
      : undefined,
    points.series.length < points.totalSeries
      ? l10n.t('{0} of {1} series are shown.', points.series.length, points.totalSeries)
      : undefined,
    points.isSum ? l10n.t('Rows of one name are added up.') : undefined,
    isOwnSpec ? l10n.t('Drawn by your own spec.') : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(' ');
}
