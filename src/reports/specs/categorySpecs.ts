import type { TopLevelSpec } from 'vega-lite';
import type { ReportRow } from '../reportModel';
import type { Chart } from './chartKinds';
import { cursorOf } from './click';
import { COLOURS, seriesColour } from './palette';
import { datumOf, drawnValue, markValues, numberAxis, numberText } from './values';

const HEIGHT = 220;
/** More columns have no room for their numbers. */
const MAX_NUMBERS = { wide: 30, narrow: 12 } as const;

interface Place {
  readonly dataset: string;
  readonly isWide: boolean;
}

/** Vertical bars over an ordered category, in the order of the rows. */
export function columnsSpec(
  chart: Chart<'columns'>,
  { dataset, isWide }: Place,
  rows: readonly ReportRow[],
): TopLevelSpec {
  const value = drawnValue(chart.value);
  const categories = [...new Set(rows.map((row) => String(row[chart.category])))];
  const values = markValues([{ field: 'column_key', title: chart.categoryTitle }, value]);
  const x = {
    field: 'column_key',
    type: 'ordinal' as const,
    scale: { type: 'band' as const, domain: categories, paddingInner: 0.1, paddingOuter: 0.05 },
    axis: { title: chart.categoryTitle, ...labelsOf(categories, isWide) },
  };
  const y = {
    field: value.field,
    type: 'quantitative' as const,
    axis: numberAxis(value.title, value.format),
    // Room for the number above the highest column.
    scale: { range: [HEIGHT, 14] },
  };
  return {
    data: { name: dataset },
    width: 'container',
    height: HEIGHT,
    transform: [
      { calculate: `toString(${datumOf(chart.category)})`, as: 'column_key' },
      ...values.transforms,
    ],
    layer: [
      {
        mark: { type: 'bar', color: seriesColour(0), cornerRadiusEnd: 2, ...cursorOf(chart) },
        encoding: { x, y, ...values.encoding },
      },
      ...(categories.length <= MAX_NUMBERS[isWide ? 'wide' : 'narrow']
        ? [
            {
              transform: [{ calculate: numberText(datumOf(value.field), value.format), as: 'column_text' }],
              mark: {
                type: 'text' as const,
                baseline: 'bottom' as const,
                dy: -3,
                fontSize: 10,
                color: COLOURS.foreground,
                aria: false,
              },
              encoding: { x, y, text: { field: 'column_text', type: 'nominal' as const } },
            },
          ]
        : []),
    ],
  };
}

/** Pixels of the plot, about, and of a character. */
const PLOT_WIDTHS = { wide: 900, narrow: 380 } as const;
const CHARACTER = 6.5;

/** Numbers may be left out where there is no room; names are written aslant instead. */
function labelsOf(categories: readonly string[], isWide: boolean) {
  const room = PLOT_WIDTHS[isWide ? 'wide' : 'narrow'] / Math.max(1, categories.length);
  const longest = Math.max(0, ...categories.map(({ length }) => length)) * CHARACTER;
  if (categories.every((category) => /^[\d.,]+$/u.test(category))) {
    return { labelAngle: 0, labelOverlap: 'greedy' as const, labelSeparation: 5 };
  }
  return { labelAngle: longest > room ? -30 : 0, labelOverlap: false, labelLimit: 140 };
}

/** A dot for each row. */
export function scatterSpec(chart: Chart<'scatter'>, { dataset }: Place): TopLevelSpec {
  const x = drawnValue(chart.x);
  const y = drawnValue(chart.y);
  const values = markValues([{ field: chart.label, title: chart.labelTitle }, x, y]);
  return {
    data: { name: dataset },
    width: 'container',
    height: HEIGHT,
    transform: [
      { filter: `isValid(${datumOf(x.field)}) && isValid(${datumOf(y.field)})` },
      ...values.transforms,
    ],
    mark: {
      type: 'point',
      filled: true,
      size: 50,
      opacity: 0.65,
      color: seriesColour(0),
      stroke: COLOURS.edge,
      strokeWidth: 0.5,
      ...cursorOf(chart),
    },
    encoding: {
      x: { field: x.field, type: 'quantitative', axis: numberAxis(x.title, x.format) },
      y: { field: y.field, type: 'quantitative', axis: numberAxis(y.title, y.format) },
      ...values.encoding,
    },
  };
}
