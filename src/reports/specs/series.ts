import type { ReportRow } from '../reportModel';
import { COLOURS, seriesColour, seriesDash, seriesShape } from './palette';
import type { Transform } from './specTypes';
import type { DrawnValue } from './values';
import { datumOf, literal } from './values';

/** One part of a split. */
export interface Series {
  /** Unique, also where two parts have one name. */
  readonly key: string;
  readonly name: string;
  readonly isOther: boolean;
}

/** Column that holds {@link Series.key}. */
export const PART_KEY = 'part_key';

/** Columns of the parts of a split: `series`, `series_rank`, `series_key`. */
const RANK = datumOf('series_rank');

/** Puts the key of its part into each row. */
export const KEY_TRANSFORM: Transform = {
  calculate: `toString(isValid(${RANK}) ? ${RANK} : 0) + '|' + datum.series`,
  as: PART_KEY,
};

/** The same key of a row. */
export function keyOf({ series, series_rank }: ReportRow): string {
  return `${Number(series_rank ?? 0)}|${String(series)}`;
}

/** The parts that rows are split into, by rank. */
export function seriesOf(rows: readonly ReportRow[]): Series[] {
  const found = new Map(rows.map((row) => [keyOf(row), row]));
  return [...found]
    .sort(([, a], [, b]) => Number(a['series_rank'] ?? 0) - Number(b['series_rank'] ?? 0))
    .map(([key, { series, series_key }]) => ({ key, name: String(series), isOther: series_key === null }));
}

/** Several columns as parts: each row becomes one for each column, with `count`, the part's `series` and `series_order`. */
export function foldedSeries(values: readonly DrawnValue[]): {
  readonly series: Series[];
  readonly transforms: Transform[];
} {
  const fields = values.map(({ field }) => field);
  const series = values.map(({ field, title }) => ({
    key: `${field}|${title}`,
    name: title,
    isOther: false,
  }));
  return {
    series,
    transforms: [
      { fold: fields, as: ['series_id', 'count'] },
      { calculate: `indexof(${literal(fields)}, datum.series_id)`, as: 'series_order' },
      { calculate: `${literal(series.map(({ key }) => key))}[datum.series_order]`, as: PART_KEY },
      { calculate: `${literal(series.map(({ name }) => name))}[datum.series_order]`, as: 'series' },
    ],
  };
}

/** Writes a part's name in legends. */
const LEGEND_TEXT = `slice(datum.label, indexof(datum.label, '|') + 1)`;

/** In a narrow chart a legend takes several lines instead of being cut. */
function legendRoom(isWide: boolean) {
  return isWide ? {} : { columns: 2, labelLimit: 130 };
}

/** Parts as areas: colour, and a number where they are tall enough for it. */
export function areaEncoding(series: readonly Series[], isWide: boolean) {
  const numbers = literal(series.map(({ key }) => key));
  return {
    ...partEncoding(series, seriesColours(series)),
    legend: {
      ...legendRoom(isWide),
      labelExpr: `(indexof(${numbers}, datum.label) + 1) + ' ' + ${LEGEND_TEXT}`,
    },
  };
}

/** Parts as lines are told apart by colour and pattern, and by the shape of their points where these are shown. */
export function lineEncodings(series: readonly Series[], hasPoints: boolean, isWide: boolean) {
  const legend = {
    ...legendRoom(isWide),
    labelExpr: LEGEND_TEXT,
    symbolOpacity: 1,
    ...(hasPoints ? { symbolSize: 60 } : { symbolType: 'stroke', symbolStrokeWidth: 2, symbolSize: 300 }),
  };
  return {
    color: { ...partEncoding(series, seriesColours(series)), legend },
    strokeDash: {
      ...partEncoding(
        series,
        series.map((_, index) => seriesDash(index)),
      ),
      legend,
    },
    shape: {
      ...partEncoding(
        series,
        series.map((_, index) => seriesShape(index)),
      ),
      legend,
    },
  };
}

/** All others are grey. */
function seriesColours(series: readonly Series[]): string[] {
  return series.map(({ isOther }, index) => (isOther ? COLOURS.others : seriesColour(index)));
}

function partEncoding<T>(series: readonly Series[], range: T[]) {
  return {
    field: PART_KEY,
    type: 'nominal' as const,
    scale: { domain: series.map(({ key }) => key), range },
  };
}
