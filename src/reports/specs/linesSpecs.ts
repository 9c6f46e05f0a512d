import type { TopLevelSpec } from 'vega-lite';
import type { ReportRow } from '../reportModel';
import type { ChartKind, Chart } from './chartKinds';
import { cursorOf } from './click';
import { MAX_POINTS } from './lineTimeSpec';
import type { Series } from './series';
import { foldedSeries, KEY_TRANSFORM, lineEncodings, PART_KEY, seriesOf } from './series';
import type { Layer, Transform } from './specTypes';
import type { SpecContext } from './time';
import { isCrowded, stepTransforms, stepValue, timeAxis } from './time';
import { timeChart } from './timeChart';
import type { DrawnValue } from './values';
import { drawnValue, markValues, numberAxis } from './values';

/** Several numbers as lines of one scale. */
export function linesSpec(chart: Chart<'lines'>, context: SpecContext): TopLevelSpec {
  const drawn = chart.values.map(drawnValue);
  const { series, transforms } = foldedSeries(drawn);
  const value: DrawnValue = { field: 'count', title: chart.axisTitle, format: drawn[0]?.format ?? 'integer' };
  return timeChart(context, chart.marks, (scale) => ({
    transforms,
    layers: lineLayers(chart, value, series, context, scale, []),
  }));
}

/** One number as a line for each part of a split. */
export function splitLinesSpec(
  chart: Chart<'splitLines'>,
  context: SpecContext,
  rows: readonly ReportRow[],
): TopLevelSpec {
  const value = drawnValue(chart.value);
  return timeChart(context, chart.marks, (scale) => ({
    transforms: [KEY_TRANSFORM],
    layers: lineLayers(chart, value, seriesOf(rows), context, scale, filledSteps(value, context)),
  }));
}

/**
 * A whole step without a row of a part counts 0 there, and has no ratio. Unknown steps stay away, and so do partial ones: an
 * instance may not have reached them.
 */
export function filledSteps({ field, format }: DrawnValue, { buckets }: SpecContext): Transform[] {
  return [
    {
      impute: field,
      key: 'bucket',
      keyvals: buckets
        .filter(({ is_unknown, is_partial }) => is_unknown === 0 && is_partial === 0)
        .map(({ bucket }) => bucket),
      groupby: [PART_KEY],
      value: format === 'integer' ? 0 : null,
    },
    ...stepTransforms(buckets),
  ];
}

/** Lines with their points; those of partial steps are pale. */
function lineLayers(
  chart: ChartKind,
  value: DrawnValue,
  series: readonly Series[],
  context: SpecContext,
  scale: { readonly range: number[] },
  complete: readonly Transform[],
): Layer[] {
  const words = markValues([stepValue(context.unit), { field: 'series', title: 'Line' }, value]);
  const x = timeAxis(context);
  const y = {
    field: value.field,
    type: 'quantitative' as const,
    axis: numberAxis(value.title, value.format),
    scale,
  };
  const hasPoints = context.buckets.length <= MAX_POINTS;
  const { color, strokeDash, shape } = lineEncodings(series, hasPoints, context.isWide);
  return [
    {
      transform: [...complete, { filter: 'datum.line_tail < 2' }],
      mark: { type: 'line', strokeWidth: 2, aria: false },
      encoding: { x, y, color, strokeDash },
    },
    {
      transform: [...complete, { filter: 'datum.line_tail > 0' }],
      mark: { type: 'line', strokeWidth: 2, opacity: 0.45, aria: false },
      encoding: { x, y, color, strokeDash },
    },
    ...(isCrowded(context, series.length)
      ? []
      : [
          {
            transform: [...words.transforms],
            mark: {
              type: 'point' as const,
              size: 34,
              filled: true,
              strokeWidth: 1.5,
              ...cursorOf(chart),
            },
            encoding: {
              x,
              y,
              color,
              ...(hasPoints ? { shape } : {}),
              // Unseen points still answer to the pointer.
              opacity: hasPoints
                ? { condition: { test: 'datum.is_pale', value: 0.5 }, value: 1 }
                : { value: 0 },
              ...words.encoding,
            },
          },
        ]),
  ];
}
