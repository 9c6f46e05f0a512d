import type { TopLevelSpec } from 'vega-lite';
import type { ReportRow } from '../reportModel';
import type { Chart } from './chartKinds';
import { cursorOf } from './click';
import { COLOURS } from './palette';
import { numbersLayer, partNumbers, type StackCell } from './partNumbers';
import { areaEncoding, foldedSeries, KEY_TRANSFORM, keyOf, PART_KEY, type Series, seriesOf } from './series';
import type { Layer, Transform } from './specTypes';
import type { SpecContext } from './time';
import {
  isCrowded,
  PALE_WHEN_PARTIAL,
  PLOT_WIDTHS,
  stepTransforms,
  stepValue,
  TIME_HEIGHT,
  timeAxis,
} from './time';
import { timeChart } from './timeChart';
import type { DrawnValue } from './values';
import { datumOf, drawnValue, markValues, numberAxis } from './values';

/** Several numbers of each step, stacked. */
export function stackedTimeSpec(
  chart: Chart<'stackedTime'>,
  context: SpecContext,
  rows: readonly ReportRow[],
): TopLevelSpec {
  const drawn = chart.series.map(drawnValue);
  const { series, transforms } = foldedSeries(drawn);
  const value: DrawnValue = {
    field: 'count',
    title: chart.axisTitle ?? 'Messages',
    format: drawn[0]?.format ?? 'integer',
  };
  const cells = rows.flatMap((row) =>
    drawn.map(({ field }, part) => ({ stack: String(row['bucket']), part, value: Number(row[field] ?? 0) })),
  );
  const values = markValues([
    stepValue(context.unit),
    { field: 'series', title: 'Kind' },
    { ...value, title: 'Count' },
  ]);
  return timeChart(context, chart.marks, (scale) => ({
    transforms: [...transforms, ...values.transforms],
    layers: stackLayers(chart, value, { series, cells, isShare: false }, context, scale, values.encoding),
  }));
}

/** One number of each step, split and stacked; as shares of 100 % where the chart says so. */
export function splitTimeSpec(
  chart: Chart<'splitTime'>,
  context: SpecContext,
  rows: readonly ReportRow[],
): TopLevelSpec {
  const value = drawnValue(chart.value);
  const { isShare = false } = chart;
  const series = seriesOf(rows);
  const places = new Map(series.map(({ key }, place) => [key, place]));
  const cells = rows.map((row) => ({
    stack: String(row['bucket']),
    part: places.get(keyOf(row)) ?? 0,
    value: Number(row[value.field] ?? 0),
  }));
  const values = markValues([
    stepValue(context.unit),
    { field: 'series', title: 'Of' },
    value,
    ...(isShare ? [{ field: 'step_share', title: 'Share', format: 'percent' as const }] : []),
  ]);
  return timeChart(context, chart.marks, (scale) => ({
    transforms: [
      KEY_TRANSFORM,
      { calculate: 'datum.series_rank', as: 'series_order' },
      ...(isShare ? shareTransforms(value.field) : []),
      ...values.transforms,
    ],
    layers: stackLayers(chart, value, { series, cells, isShare }, context, scale, values.encoding),
  }));
}

/** Share of its step. */
function shareTransforms(field: string): Transform[] {
  return [
    { joinaggregate: [{ op: 'sum', field, as: 'step_total' }], groupby: ['bucket'] },
    {
      calculate: `datum.step_total > 0 ? ${datumOf(field)} / datum.step_total : null`,
      as: 'step_share',
    },
  ];
}

interface Stacks {
  readonly series: readonly Series[];
  readonly cells: readonly StackCell[];
  readonly isShare: boolean;
}

/** Bars whose parts are told apart by colour, a gap, and a number that the legend explains. */
function stackLayers(
  chart: Chart<'stackedTime' | 'splitTime'>,
  { field, title, format }: DrawnValue,
  { series, cells, isShare }: Stacks,
  context: SpecContext,
  scale: { readonly range: number[] },
  encoding: ReturnType<typeof markValues>['encoding'],
): Layer[] {
  const x = timeAxis(context);
  const y = {
    type: 'quantitative' as const,
    axis: isShare ? numberAxis(`Share of ${title.toLowerCase()}`, 'percent') : numberAxis(title, format),
    scale,
  };
  const partial = new Set(
    context.buckets.filter(({ is_partial }) => is_partial === 1).map(({ bucket }) => bucket),
  );
  const numbers = partNumbers(
    cells.filter(({ stack }) => !partial.has(stack)),
    {
      along: TIME_HEIGHT,
      across: PLOT_WIDTHS[context.isWide ? 'wide' : 'narrow'] / Math.max(1, context.buckets.length),
      isShare,
    },
  );
  const stack = {
    x,
    y: { field, ...y, stack: isShare ? ('normalize' as const) : ('zero' as const) },
    color: areaEncoding(series, context.isWide),
    order: { field: 'series_order', type: 'quantitative' as const },
  };
  const bars: Layer = {
    mark: { type: 'bar', stroke: COLOURS.background, strokeWidth: 1, ...cursorOf(chart) },
    encoding: { ...stack, opacity: PALE_WHEN_PARTIAL, ...encoding },
  };
  // As tall as the bars would be, but one element for each part.
  const areas: Layer = {
    transform: [
      { impute: field, key: 'bucket', groupby: [PART_KEY, 'series_order'], value: 0 },
      ...stepTransforms(context.buckets),
    ],
    mark: { type: 'area', interpolate: 'step', line: false, aria: false },
    encoding: stack,
  };
  return [
    isCrowded(context, series.length) ? areas : bars,
    ...numbersLayer(numbers, { x: { ...x, field: 'stack' }, y: { field: 'middle', ...y } }),
  ];
}
