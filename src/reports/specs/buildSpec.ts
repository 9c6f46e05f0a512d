import type { TopLevelSpec } from 'vega-lite';
import type { ReportRow } from '../reportModel';
import type { ChartKind } from './chartKinds';
import { barsSpec, weekdayHourSpec } from './rankSpecs';
import type { SpecContext } from './time';
import { lineTimeSpec, splitTimeSpec, stackedTimeSpec } from './timeSpecs';

/** The Vega-Lite spec of a chart. It names its data source; its rows come in beside it. */
export function buildSpec(chart: ChartKind, context: SpecContext, rows: readonly ReportRow[]): TopLevelSpec {
  switch (chart.kind) {
    case 'stackedTime':
      return stackedTimeSpec(chart, context);
    case 'splitTime':
      return splitTimeSpec(chart, context, rows);
    case 'lineTime':
      return lineTimeSpec(chart, context);
    case 'bars':
      return barsSpec(chart, context.dataset, rows);
    case 'weekdayHour':
      return weekdayHourSpec(chart, context.dataset);
  }
}
