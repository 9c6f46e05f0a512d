import type { TopLevelSpec } from 'vega-lite';
import type { ReportRow } from '../../../reports/reportModel';
import { seriesColour, seriesDash } from '../../../reports/specs/palette';
import { numberAxis } from '../../../reports/specs/values';
import type { ChartPoints } from './chartPoints';
import type { ChartChoice, ChartMark } from './chooseChart';
import type { ColumnRole } from './columnRole';

const DATASET = 'result';
/** Pixels of a plot where there is room for it. */
export const PLOT_HEIGHT = 240;
/** Pixels of a bar with the room around it. */
const BAR_STEP = 24;
/** Of bars beside each other. */
const THIN_BAR_STEP = 16;

/** A spec, the rows that it draws and the name that it gives them. */
export interface ResultChart {
  readonly spec: TopLevelSpec;
  readonly dataset: string;
  readonly rows: readonly ReportRow[];
}

/** The words of a chart's axes. */
export interface ChartTitles {
  readonly x: string;
  /** Of the numbers: their name where there is one, else none. */
  readonly y: string | null;
  readonly series: string;
}

/** Draws the points of a result. @param role of the column along `x` @param height pixels of the plot, where its bars do not say it */
export function resultChart(
  { mark }: ChartChoice,
  role: ColumnRole,
  drawn: ChartPoints,
  titles: ChartTitles,
  height = PLOT_HEIGHT,
): ResultChart {
  const hasSeries = drawn.series.length > 1;
  const encoding = {
    ...PLACES[mark]({ role, drawn, titles, hasSeries }),
    ...(hasSeries ? seriesEncoding(mark, drawn.series) : {}),
    tooltip: [
      { field: 'label', title: titles.x, type: 'nominal' as const },
      ...(hasSeries ? [{ field: 'series', title: titles.series, type: 'nominal' as const }] : []),
      { field: 'value', title: titles.y ?? '#', type: 'nominal' as const },
    ],
  };
  const spec = {
    data: { name: DATASET },
    width: 'container',
    height: mark === 'bar' ? barsHeight(drawn) : height,
    mark: MARKS[mark](drawn),
    encoding,
  } as TopLevelSpec;
  return { spec, dataset: DATASET, rows: drawn.points.map((point) => ({ ...point })) };
}

interface Place {
  readonly role: ColumnRole;
  readonly drawn: ChartPoints;
  readonly titles: ChartTitles;
  readonly hasSeries: boolean;
}

const PLACES: Readonly<Record<ChartMark, (place: Place) => object>> = {
  bar: ({ drawn, titles, hasSeries }) => ({
    y: {
      field: 'label',
      type: 'nominal',
      scale: { domain: [...drawn.labels] },
      axis: { title: null, labelLimit: 220 },
    },
    x: {
      field: 'value',
      type: 'quantitative',
      axis: { ...numberAxis(titles.y ?? '', 'decimal'), grid: true },
    },
    ...(hasSeries ? { yOffset: { field: 'series', type: 'nominal', sort: [...drawn.series] } } : {}),
  }),
  column: ({ role, drawn, titles, hasSeries }) => ({
    x: {
      field: 'label',
      type: 'nominal',
      // Time goes to the right, however the rows are sorted: its text sorts as it does.
      scale: { domain: role === 'time' ? drawn.labels.toSorted() : [...drawn.labels] },
      axis: { title: titles.x, labelLimit: 120, labelOverlap: 'greedy' },
    },
    y: valueAxis(titles, true),
    ...(hasSeries ? { xOffset: { field: 'series', type: 'nominal', sort: [...drawn.series] } } : {}),
  }),
  line: (place) => ({ x: placeAxis(place), y: valueAxis(place.titles, true) }),
  point: (place) => ({ x: placeAxis(place), y: valueAxis(place.titles, false) }),
};

/** Lines show their points while there is room. */
const MOST_POINTS_OF_LINES = 60;

const MARKS: Readonly<Record<ChartMark, (drawn: ChartPoints) => object>> = {
  bar: () => ({ type: 'bar', color: seriesColour(0), cornerRadiusEnd: 2 }),
  column: () => ({ type: 'bar', color: seriesColour(0), cornerRadiusEnd: 2 }),
  line: ({ labels }) => ({
    type: 'line',
    color: seriesColour(0),
    strokeWidth: 2,
    point: labels.length <= MOST_POINTS_OF_LINES ? { size: 34 } : { size: 34, opacity: 0 },
  }),
  point: () => ({ type: 'point', color: seriesColour(0), filled: true, size: 50, opacity: 0.8 }),
};

/** Labels of times, by the step between them. */
const TIME_LABELS = {
  year: '%Y',
  quarter: '%b %Y',
  month: '%b %Y',
  week: '%-d %b',
  date: '%-d %b',
  day: '%-d %b',
  hours: '%H:%M',
  minutes: '%H:%M',
  seconds: '%H:%M:%S',
};

function valueAxis({ y }: ChartTitles, hasZero: boolean): object {
  return {
    field: 'value',
    type: 'quantitative',
    scale: { zero: hasZero },
    axis: numberAxis(y ?? '', 'decimal'),
  };
}

function placeAxis({ role, drawn, titles }: Place): object {
  switch (role) {
    case 'time':
      return {
        field: 'place',
        type: 'temporal',
        scale: { type: 'utc' },
        axis: { title: titles.x, labelOverlap: 'greedy', format: TIME_LABELS },
      };
    case 'number':
      return {
        field: 'place',
        type: 'quantitative',
        scale: { zero: false },
        axis: numberAxis(titles.x, 'decimal'),
      };
    case 'name':
    case 'none':
      return {
        field: 'label',
        type: 'nominal',
        scale: { domain: [...drawn.labels] },
        axis: { title: titles.x, labelLimit: 120, labelOverlap: 'greedy' },
      };
  }
}

/** Series differ by more than their colour where the mark allows it. */
function seriesEncoding(mark: ChartMark, series: readonly string[]): object {
  const scaleOf = (range: readonly unknown[]) => ({ domain: [...series], range: [...range] });
  const color = {
    field: 'series',
    type: 'nominal',
    scale: scaleOf(series.map((_, index) => seriesColour(index))),
    legend: { columns: 4 },
  };
  return mark === 'line'
    ? {
        color,
        strokeDash: {
          field: 'series',
          type: 'nominal',
          scale: scaleOf(series.map((_, index) => seriesDash(index))),
          legend: { columns: 4 },
        },
      }
    : { color };
}

function barsHeight({ labels, series }: ChartPoints): number {
  const step = series.length > 1 ? series.length * THIN_BAR_STEP + 8 : BAR_STEP;
  return Math.max(1, labels.length) * step;
}
