import type { TopLevelSpec } from 'vega-lite';
import { metricOf } from '../metrics';
import type { ReportRow } from '../reportModel';
import type { Chart } from './chartKinds';
import { COLOURS, seriesColour } from './palette';
import type { SpecContext } from './time';
import { PALE_WHEN_PARTIAL, TIME_HEIGHT, countAxis, stepValue, timeAxis } from './time';
import { markValues } from './values';

/** A line with more points than this shows the partial ones alone. */
const MAX_POINTS = 45;

/** Several metrics of each step, stacked. */
export function stackedTimeSpec(chart: Chart<'stackedTime'>, context: SpecContext): TopLevelSpec {
  const titles = chart.series.map((id) => metricOf(id).title);
  const values = markValues([
    stepValue(context.unit),
    { field: 'series', title: 'Kind' },
    { field: 'count', title: 'Count', format: ',' },
  ]);
  return {
    data: { name: context.dataset },
    width: 'container',
    height: TIME_HEIGHT,
    transform: [
      { fold: [...chart.series], as: ['series_id', 'count'] },
      { calculate: `indexof(${JSON.stringify(chart.series)}, datum.series_id)`, as: 'series_order' },
      { calculate: `${JSON.stringify(titles)}[datum.series_order]`, as: 'series' },
      values.transform,
    ],
    mark: { type: 'bar' },
    encoding: {
      x: timeAxis(context),
      y: { field: 'count', type: 'quantitative', axis: countAxis('Messages') },
      color: {
        field: 'series',
        type: 'nominal',
        scale: { domain: titles, range: titles.map((_, index) => seriesColour(index)) },
      },
      order: { field: 'series_order' },
      opacity: PALE_WHEN_PARTIAL,
      ...values.encoding,
    },
  };
}

/** One metric of each step, split and stacked. The sixth rank of a ranked split is "all others". */
export function splitTimeSpec(
  chart: Chart<'splitTime'>,
  context: SpecContext,
  rows: readonly ReportRow[],
): TopLevelSpec {
  const { title } = metricOf(chart.value);
  const series = seriesOf(rows);
  const values = markValues([
    stepValue(context.unit),
    { field: 'series', title: 'Of' },
    { field: chart.value, title, format: ',' },
  ]);
  return {
    data: { name: context.dataset },
    width: 'container',
    height: TIME_HEIGHT,
    transform: [values.transform],
    mark: { type: 'bar' },
    encoding: {
      x: timeAxis(context),
      y: { field: chart.value, type: 'quantitative', axis: countAxis(title) },
      color: {
        field: 'series',
        type: 'nominal',
        scale: {
          domain: series,
          range: series.map((name, index) => (name === OTHER_SERIES ? COLOURS.others : seriesColour(index))),
        },
      },
      order: { field: 'series_rank' },
      opacity: PALE_WHEN_PARTIAL,
      ...values.encoding,
    },
  };
}

/** Name that datasets give to what is beyond their ranks. */
const OTHER_SERIES = 'Other models';

/** Names of the series by rank. */
function seriesOf(rows: readonly ReportRow[]): string[] {
  const ranks = new Map(rows.map(({ series, series_rank }) => [String(series), Number(series_rank)]));
  return [...ranks].sort(([, a], [, b]) => a - b).map(([name]) => name);
}

/** One metric as a line over a pale area; the partial last step hangs on a dashed line. */
export function lineTimeSpec(chart: Chart<'lineTime'>, context: SpecContext): TopLevelSpec {
  const { title } = metricOf(chart.value);
  const x = timeAxis(context);
  const y = { field: chart.value, type: 'quantitative' as const, axis: countAxis(title) };
  const values = markValues([stepValue(context.unit), { field: chart.value, title, format: ',' }]);
  const line = { type: 'line' as const, color: seriesColour(0), strokeWidth: 2, aria: false };
  return {
    data: { name: context.dataset },
    width: 'container',
    height: TIME_HEIGHT,
    transform: [values.transform],
    encoding: { x, y },
    layer: [
      {
        transform: [{ filter: 'datum.tail < 2' }],
        mark: { type: 'area', color: seriesColour(0), opacity: 0.12, aria: false },
      },
      { transform: [{ filter: 'datum.tail < 2' }], mark: line },
      { transform: [{ filter: 'datum.tail > 0' }], mark: { ...line, strokeDash: [4, 3] } },
      {
        mark: {
          type: 'point',
          size: 36,
          filled: true,
          stroke: seriesColour(0),
          strokeWidth: 1.5,
        },
        encoding: {
          // Unseen points still answer to the pointer.
          opacity: {
            condition: { test: 'datum.is_partial === 1', value: 1 },
            value: context.buckets.length > MAX_POINTS ? 0 : 1,
          },
          fill: {
            condition: { test: 'datum.is_partial === 1', value: COLOURS.background },
            value: seriesColour(0),
          },
          ...values.encoding,
        },
      },
    ],
  };
}
