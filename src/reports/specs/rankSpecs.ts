import type { TopLevelSpec } from 'vega-lite';
import { WEEKDAYS } from '../days';
import type { NumberFormat } from '../format';
import type { ReportRow } from '../reportModel';
import type { Chart } from './chartKinds';
import { COLOURS, seriesColour } from './palette';
import { markValues } from './values';

/** Pixels of one row. */
const BAR_STEP = 26;
const HEAT_STEP = 31;
/** The number stands behind its bar, also behind the longest. */
const ROOM_FOR_TEXT = 1.14;

/** Formats in the words of d3. */
const D3_FORMATS: Readonly<Record<NumberFormat, string>> = {
  integer: ',d',
  compact: '.3~s',
  percent: '.1~%',
  decimal: ',.2~f',
};

/** The first rows of a ranking as bars. Told apart by rank: two of one name stay two bars. */
export function barsSpec(chart: Chart<'bars'>, dataset: string, rows: readonly ReportRow[]): TopLevelSpec {
  const shown = rows.slice(0, chart.top);
  const longest = Math.max(0, ...shown.map((row) => Number(row[chart.value] ?? 0)));
  const format = D3_FORMATS[chart.format];
  const value = `datum[${JSON.stringify(chart.value)}]`;
  const values = markValues([
    { field: chart.label, title: 'Name' },
    { field: 'bar_text', title: chart.valueTitle },
  ]);
  const y = {
    field: 'bar_key',
    type: 'nominal' as const,
    sort: { field: 'rank', op: 'min' as const },
    axis: {
      title: null,
      labelLimit: 180,
      labelColor: COLOURS.foreground,
      labelExpr: `slice(datum.value, indexof(datum.value, '|') + 1)`,
    },
  };
  return {
    data: { name: dataset },
    width: 'container',
    height: Math.max(1, shown.length) * BAR_STEP,
    transform: [
      { filter: `datum.rank <= ${chart.top}` },
      { calculate: `datum.rank + '|' + datum[${JSON.stringify(chart.label)}]`, as: 'bar_key' },
      { calculate: `isValid(${value}) ? format(${value}, '${format}') : '–'`, as: 'bar_text' },
      values.transform,
    ],
    encoding: {
      y,
      x: {
        field: chart.value,
        type: 'quantitative',
        axis: null,
        scale: { domain: [0, longest === 0 ? 1 : longest * ROOM_FOR_TEXT], nice: false },
      },
    },
    layer: [
      {
        mark: { type: 'bar', color: seriesColour(0), height: { band: 0.68 }, cornerRadiusEnd: 2 },
        encoding: values.encoding,
      },
      {
        mark: { type: 'text', align: 'left', dx: 6, color: COLOURS.foreground, aria: false },
        encoding: {
          text: { field: 'bar_text', type: 'nominal' },
          x: { field: chart.value, type: 'quantitative' },
        },
      },
    ],
  };
}

/** Weekday by hour: one colour whose opacity tells the value, since colour ramps know no CSS variables. */
export function weekdayHourSpec(chart: Chart<'weekdayHour'>, dataset: string): TopLevelSpec {
  const values = markValues([
    { field: 'weekday_name', title: 'Weekday' },
    { field: 'hour_text', title: 'From' },
    { field: chart.value, title: chart.valueTitle, format: ',.2~f' },
    { field: 'turns', title: 'Turns in all', format: ',' },
  ]);
  return {
    data: { name: dataset },
    width: 'container',
    height: WEEKDAYS.length * HEAT_STEP,
    transform: [
      { filter: `isValid(datum[${JSON.stringify(chart.value)}])` },
      { calculate: `(datum.hour < 10 ? '0' : '') + datum.hour + ':00'`, as: 'hour_text' },
      values.transform,
    ],
    mark: {
      type: 'rect',
      color: seriesColour(0),
      cornerRadius: 2,
      stroke: COLOURS.background,
      strokeWidth: 1.5,
    },
    encoding: {
      x: {
        field: 'hour',
        type: 'ordinal',
        scale: { domain: Array.from({ length: 24 }, (_, hour) => hour) },
        axis: { title: null, labelAngle: 0, values: [0, 3, 6, 9, 12, 15, 18, 21] },
      },
      y: {
        field: 'weekday_name',
        type: 'ordinal',
        scale: { domain: [...WEEKDAYS] },
        axis: { title: null },
      },
      opacity: {
        field: chart.value,
        type: 'quantitative',
        scale: { range: [0.08, 1], domainMin: 0 },
        legend: null,
      },
      ...values.encoding,
    },
  };
}
