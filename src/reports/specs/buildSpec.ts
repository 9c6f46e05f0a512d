import type { TopLevelSpec } from 'vega-lite';
import type { ReportRow } from '../reportModel';
import { columnsSpec, scatterSpec } from './categorySpecs';
import type { ChartKind } from './chartKinds';
import { cohortSpec, matrixSpec, weekdayHourSpec } from './heatSpecs';
import { linesSpec, splitLinesSpec } from './linesSpecs';
import { lineTimeSpec } from './lineTimeSpec';
import { barsSpec, intervalSpec } from './rankSpecs';
import { hasNumbers, nothingSpec } from './nothing';
import { smallMultiplesSpec } from './smallMultiplesSpec';
import type { SpecContext } from './time';
import { splitTimeSpec, stackedTimeSpec } from './timeSpecs';

/** The Vega-Lite spec of a chart. It names its data source; its rows come in beside it. */
export function buildSpec(chart: ChartKind, context: SpecContext, rows: readonly ReportRow[]): TopLevelSpec {
  return hasNumbers(chart, rows) ? specOf(chart, context, rows) : nothingSpec(context);
}

function specOf(chart: ChartKind, context: SpecContext, rows: readonly ReportRow[]): TopLevelSpec {
  switch (chart.kind) {
    case 'stackedTime':
      return stackedTimeSpec(chart, context, rows);
    case 'splitTime':
      return splitTimeSpec(chart, context, rows);
    case 'lineTime':
      return lineTimeSpec(chart, context, rows);
    case 'lines':
      return linesSpec(chart, context);
    case 'splitLines':
      return splitLinesSpec(chart, context, rows);
    case 'smallMultiples':
      return smallMultiplesSpec(chart, context, rows);
    case 'bars':
      return barsSpec(chart, context, rows);
    case 'columns':
      return columnsSpec(chart, context, rows);
    case 'interval':
      return intervalSpec(chart, context, rows);
    case 'scatter':
      return scatterSpec(chart, context);
    case 'weekdayHour':
      return weekdayHourSpec(chart, context.dataset);
    case 'cohort':
      return cohortSpec(chart, context, rows);
    case 'matrix':
      return matrixSpec(chart, context, rows);
    case 'spec':
      return { width: 'container', ...chart.spec, data: { name: context.dataset } };
  }
}
