import type { TopLevelSpec } from 'vega-lite';
import type { ReportRow } from '../reportModel';
import type { ChartKind, ChartValue } from './chartKinds';
import { COLOURS } from './palette';
import type { SpecContext } from './time';
import { drawnValue } from './values';

/** Whether the rows know a number that the chart draws. A spec that somebody wrote draws what it will. */
export function hasNumbers(chart: ChartKind, rows: readonly ReportRow[]): boolean {
  if (chart.kind === 'spec') {
    return true;
  }
  if (chart.kind === 'interval') {
    return rows.some((row) => Number(row[chart.trials] ?? 0) > 0);
  }
  const fields = fieldsOf(chart);
  return rows.some((row) => fields.some((field) => typeof row[field] === 'number'));
}

/** Columns that a chart draws. */
function fieldsOf(chart: Exclude<ChartKind, { kind: 'spec' | 'interval' }>): string[] {
  switch (chart.kind) {
    case 'stackedTime':
      return chart.series.map(fieldOf);
    case 'lines':
      return chart.values.map(fieldOf);
    case 'scatter':
      return [fieldOf(chart.x), fieldOf(chart.y)];
    case 'bars':
    case 'weekdayHour':
      return [chart.value];
    case 'splitTime':
    case 'lineTime':
    case 'splitLines':
    case 'smallMultiples':
    case 'columns':
    case 'cohort':
    case 'matrix':
      return [fieldOf(chart.value)];
  }
}

function fieldOf(value: ChartValue): string {
  return drawnValue(value).field;
}

/** Words in place of a picture: an empty one would look like zeros. */
export function nothingSpec({ dataset }: Pick<SpecContext, 'dataset'>): TopLevelSpec {
  return {
    data: { name: dataset },
    width: 'container',
    height: 60,
    layer: [
      {
        data: { values: [{}] },
        mark: { type: 'text', text: 'No known values in this period', color: COLOURS.muted, aria: false },
      },
    ],
  };
}
