import type { TopLevelSpec } from 'vega-lite';
import type { Bucket } from '../buckets';
import type { BucketUnit } from '../days';
import type { ReportRow } from '../reportModel';
import { movingAverage } from '../trends/movingAverage';
import type { Chart } from './chartKinds';
import { cursorOf } from './click';
import { COLOURS, seriesColour } from './palette';
import type { Layer } from './specTypes';
import type { SpecContext } from './time';
import { bucketOfRow, stepValue, timeAxis } from './time';
import { timeChart } from './timeChart';
import type { DrawnValue } from './values';
import { drawnValue, literal, markValues, numberAxis, numberText } from './values';

/** A line with more points than this shows the partial ones alone. */
export const MAX_POINTS = 45;

/** Steps of a moving average: a week, about a month, a quarter. */
const AVERAGES: Readonly<Record<BucketUnit, { readonly length: number; readonly title: string }>> = {
  day: { length: 7, title: '7-day average' },
  week: { length: 4, title: '4-week average' },
  month: { length: 3, title: '3-month average' },
};

/** The axes that all layers of one chart share. */
interface Axes {
  readonly x: ReturnType<typeof timeAxis>;
  /** The vertical place of a column. */
  readonly y: (field: string) => {
    readonly field: string;
    readonly type: 'quantitative';
    readonly axis: ReturnType<typeof numberAxis>;
    readonly scale: { readonly range: number[] };
  };
}

/**
 * One number as a line over a pale area; the partial steps at its end hang on a dashed line. With its moving average, a
 * budget and its unusual steps where the chart says so.
 */
export function lineTimeSpec(
  chart: Chart<'lineTime'>,
  context: SpecContext,
  rows: readonly ReportRow[],
): TopLevelSpec {
  const value = drawnValue(chart.value);
  const values = markValues([stepValue(context.unit), value]);
  return timeChart(context, chart.marks, (scale) => {
    const axes: Axes = {
      x: timeAxis(context),
      y: (field) => ({
        field,
        type: 'quantitative',
        axis: numberAxis(value.title, value.format),
        scale,
      }),
    };
    return {
      transforms: values.transforms,
      layers: [
        ...lineLayers(chart, value, context, axes, values.encoding),
        ...(chart.hasMovingAverage === true ? averageLayers(value, context, rows, axes) : []),
        ...(chart.budgetLine === undefined ? [] : budgetLayers(chart.budgetLine, value, rows, axes)),
        ...(chart.anomalies === undefined ? [] : anomalyLayers(chart.anomalies, value, context, rows, axes)),
      ],
    };
  });
}

function lineLayers(
  chart: Chart<'lineTime'>,
  { field }: DrawnValue,
  { buckets }: SpecContext,
  { x, y }: Axes,
  encoding: ReturnType<typeof markValues>['encoding'],
): Layer[] {
  const line = { type: 'line' as const, color: seriesColour(0), strokeWidth: 2, aria: false };
  return [
    {
      transform: [{ filter: 'datum.line_tail < 2' }],
      mark: { type: 'area', color: seriesColour(0), opacity: 0.12, aria: false },
      encoding: { x, y: y(field) },
    },
    { transform: [{ filter: 'datum.line_tail < 2' }], mark: line, encoding: { x, y: y(field) } },
    {
      transform: [{ filter: 'datum.line_tail > 0' }],
      mark: { ...line, strokeDash: [4, 3] },
      encoding: { x, y: y(field) },
    },
    {
      mark: {
        type: 'point',
        size: 36,
        filled: true,
        stroke: seriesColour(0),
        strokeWidth: 1.5,
        ...cursorOf(chart),
      },
      encoding: {
        x,
        y: y(field),
        // Unseen points still answer to the pointer.
        opacity: {
          condition: { test: 'datum.is_pale', value: 1 },
          value: buckets.length > MAX_POINTS ? 0 : 1,
        },
        fill: { condition: { test: 'datum.is_pale', value: COLOURS.background }, value: seriesColour(0) },
        ...encoding,
      },
    },
  ];
}

/** The mean over known whole steps alone, with its name at its end. */
function averageLayers(
  { field, format }: DrawnValue,
  { buckets, unit }: SpecContext,
  rows: readonly ReportRow[],
  { x, y }: Axes,
): Layer[] {
  if (format === 'percent') {
    throw new Error('A ratio has no moving average: the mean of ratios is not the ratio of the sums');
  }
  const { length, title } = AVERAGES[unit];
  const points = averagePoints(buckets, rows, field, length);
  const last = points.at(-1);
  if (last === undefined) {
    return [];
  }
  const words = markValues([stepValue(unit), { field: 'average', title, format }]);
  return [
    {
      data: { values: points },
      mark: {
        type: 'line',
        color: seriesColour(1),
        strokeWidth: 2.5,
        strokeDash: [8, 3],
        interpolate: 'monotone',
        aria: false,
      },
      encoding: { x, y: y('average') },
    },
    {
      data: { values: points },
      transform: words.transforms,
      mark: { type: 'point', shape: 'square', size: 30, opacity: 0, color: seriesColour(1) },
      encoding: { x, y: y('average'), ...words.encoding },
    },
    {
      data: { values: [{ ...last, title }] },
      mark: {
        type: 'text',
        align: 'right',
        dy: -9,
        fontSize: 10,
        fontWeight: 'bold',
        color: COLOURS.foreground,
        aria: false,
      },
      encoding: { x, y: y('average'), text: { field: 'title', type: 'nominal' } },
    },
  ];
}

interface AveragePoint {
  readonly bucket: string;
  readonly label: string;
  readonly average: number;
}

function averagePoints(
  buckets: readonly Bucket[],
  rows: readonly ReportRow[],
  field: string,
  length: number,
): AveragePoint[] {
  const values = new Map(rows.map((row) => [row['bucket'], row[field]]));
  const whole = buckets.map(({ bucket, is_partial, is_unknown }) => {
    const value = values.get(bucket);
    return is_partial === 0 && is_unknown === 0 && typeof value === 'number' ? value : null;
  });
  return movingAverage(whole, length).flatMap((average, index) => {
    const step = buckets[index];
    return average === null || step === undefined
      ? []
      : [{ bucket: step.bucket, label: step.label, average: Number(average.toPrecision(6)) }];
  });
}

/** A level with its words; none where the rows know none. */
function budgetLayers(
  { field, title }: { readonly field: string; readonly title: string },
  { format }: DrawnValue,
  rows: readonly ReportRow[],
  { x, y }: Axes,
): Layer[] {
  const budget = rows.map((row) => row[field]).find((value) => typeof value === 'number');
  const [start] = x.scale.domain;
  if (budget === undefined || start === undefined) {
    return [];
  }
  const words = markValues([{ field: 'budget', title, format }]);
  const data = { values: [{ bucket: start, budget }] };
  return [
    {
      data,
      transform: words.transforms,
      mark: { type: 'rule', color: COLOURS.foreground, strokeWidth: 1.5, strokeDash: [10, 4] },
      encoding: { y: y('budget'), ...words.encoding },
    },
    {
      data,
      transform: [
        { calculate: `${literal(`${title} `)} + ${numberText('datum.budget', format)}`, as: 'words' },
      ],
      mark: {
        type: 'text',
        align: 'left',
        dx: 4,
        dy: -6,
        fontSize: 10,
        color: COLOURS.foreground,
        aria: false,
      },
      encoding: { x: { ...x, bandPosition: 0 }, y: y('budget'), text: { field: 'words', type: 'nominal' } },
    },
  ];
}

/** Unusual steps: a diamond round the point, and the reason under the pointer. */
function anomalyLayers(
  dataset: string,
  value: DrawnValue,
  { buckets, unit, rowsOf }: SpecContext,
  rows: readonly ReportRow[],
  { x, y }: Axes,
): Layer[] {
  const found = rowsOf(dataset).flatMap((row) => {
    const bucket = bucketOfRow(row, buckets);
    const step = rows.find((candidate) => candidate['bucket'] === bucket);
    const drawn = step?.[value.field];
    return bucket === undefined || typeof drawn !== 'number'
      ? []
      : [
          {
            bucket,
            label: step?.['label'] ?? bucket,
            [value.field]: drawn,
            reason: String(row['reason'] ?? 'Unusual'),
          },
        ];
  });
  if (found.length === 0) {
    return [];
  }
  const words = markValues([stepValue(unit), value, { field: 'reason', title: 'Unusual' }]);
  return [
    {
      data: { values: found },
      transform: words.transforms,
      mark: {
        type: 'point',
        shape: 'diamond',
        size: 160,
        filled: false,
        stroke: COLOURS.foreground,
        strokeWidth: 2,
      },
      encoding: { x, y: y(value.field), ...words.encoding },
    },
  ];
}
