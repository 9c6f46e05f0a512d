import type { TopLevelSpec } from 'vega-lite';
import type { ReportRow } from '../reportModel';
import type { Chart } from './chartKinds';
import { cursorOf } from './click';
import { COLOURS, seriesColour } from './palette';
import { numbersLayer, partNumbers, type StackCell } from './partNumbers';
import { areaEncoding, KEY_TRANSFORM, keyOf, seriesOf } from './series';
import type { Transform } from './specTypes';
import type { SpecContext } from './time';
import { datumOf, markValues, numberText } from './values';

/** Pixels of one row. */
const BAR_STEP = 26;
/** The number stands behind its bar, also behind the longest. */
const ROOM_FOR_TEXT = 1.14;
/** Pixels of the longest bar, about. */
const BAR_WIDTHS = { wide: 700, narrow: 250 } as const;

/** Puts a key into each of the first rows. Told apart by rank: two of one name stay two. */
function firstRows(top: number, label: string): Transform[] {
  return [
    { filter: `datum.rank <= ${top}` },
    { calculate: `datum.rank + '|' + ${datumOf(label)}`, as: 'bar_key' },
  ];
}

/** One row for each of the first ranks, with its name. */
function nameAxis(keys: readonly string[]) {
  return {
    field: 'bar_key',
    type: 'nominal' as const,
    scale: { domain: [...keys] },
    axis: {
      title: null,
      labelLimit: 180,
      labelColor: COLOURS.foreground,
      labelExpr: `slice(datum.value, indexof(datum.value, '|') + 1)`,
    },
  };
}

/** Keys of the first ranks in order. */
function keysOf(rows: readonly ReportRow[], label: string): string[] {
  const byRank = [...rows].sort((a, b) => Number(a['rank']) - Number(b['rank']));
  return [...new Set(byRank.map((row) => barKeyOf(row, label)))];
}

function barKeyOf(row: ReportRow, label: string): string {
  return `${String(row['rank'])}|${String(row[label])}`;
}

/** The first rows of a ranking as bars. */
export function barsSpec(
  chart: Chart<'bars'>,
  { dataset, isWide }: Pick<SpecContext, 'dataset' | 'isWide'>,
  rows: readonly ReportRow[],
): TopLevelSpec {
  const { isSplit = false, label, value, valueTitle, format } = chart;
  const shown = rows.filter(({ rank }) => Number(rank) <= chart.top);
  const keys = keysOf(shown, label);
  const series = isSplit ? seriesOf(shown) : [];
  const cells = shown.map((row) => ({
    stack: barKeyOf(row, label),
    part: series.findIndex(({ key }) => key === keyOf(row)),
    value: Number(row[value] ?? 0),
  }));
  const longest = longestOf(cells);
  const values = markValues([
    { field: label, title: 'Name' },
    ...(isSplit ? [{ field: 'series', title: 'Of' }] : []),
    { field: value, title: valueTitle, format },
  ]);
  const y = nameAxis(keys);
  const x = {
    type: 'quantitative' as const,
    axis: null,
    scale: { domain: [0, longest === 0 ? 1 : longest * ROOM_FOR_TEXT], nice: false },
  };
  const numbers = isSplit
    ? partNumbers(cells, { along: BAR_WIDTHS[isWide ? 'wide' : 'narrow'], across: BAR_STEP, isShare: false })
    : [];
  return {
    data: { name: dataset },
    width: 'container',
    height: Math.max(1, keys.length) * BAR_STEP,
    transform: [...firstRows(chart.top, label), ...(isSplit ? [KEY_TRANSFORM] : []), ...values.transforms],
    layer: [
      {
        mark: {
          type: 'bar',
          height: { band: 0.68 },
          ...(isSplit
            ? { stroke: COLOURS.background, strokeWidth: 1 }
            : { color: seriesColour(0), cornerRadiusEnd: 2 }),
          ...cursorOf(chart),
        },
        encoding: {
          y,
          x: { field: value, ...x, stack: isSplit ? 'zero' : null },
          ...(isSplit
            ? { color: areaEncoding(series, isWide), order: { field: 'series_rank', type: 'quantitative' } }
            : {}),
          ...values.encoding,
        },
      },
      {
        transform: [
          {
            aggregate: [
              { op: 'sum', field: value, as: 'bar_total' },
              { op: 'valid', field: value, as: 'bar_known' },
            ],
            groupby: ['bar_key'],
          },
          { calculate: `datum.bar_known > 0 ? datum.bar_total : null`, as: 'bar_value' },
          { calculate: numberText('datum.bar_value', format), as: 'bar_text' },
        ],
        mark: { type: 'text', align: 'left', dx: 6, color: COLOURS.foreground, aria: false },
        encoding: { y, x: { field: 'bar_total', ...x }, text: { field: 'bar_text', type: 'nominal' } },
      },
      ...numbersLayer(numbers, { y: { ...y, field: 'stack' }, x: { field: 'middle', ...x } }),
    ],
  };
}

function longestOf(cells: readonly StackCell[]): number {
  const totals = new Map<string, number>();
  for (const { stack, value } of cells) {
    totals.set(stack, (totals.get(stack) ?? 0) + value);
  }
  return Math.max(0, ...totals.values());
}

/** Of a normal distribution: 95 % lie within it. */
const Z = 1.96;

/**
 * Shares as dots on their 95 % interval after Wilson (1927), which also holds for few trials and near 0 and 1. Rows without
 * a trial have no share.
 */
export function intervalSpec(
  chart: Chart<'interval'>,
  { dataset }: Pick<SpecContext, 'dataset'>,
  rows: readonly ReportRow[],
): TopLevelSpec {
  const shown = rows.filter(({ rank }) => Number(rank) <= chart.top);
  const y = nameAxis(keysOf(shown, chart.label));
  const n = datumOf(chart.trials);
  const p = 'datum.share';
  const half = `${Z} * sqrt(${p} * (1 - ${p}) / ${n} + ${Z * Z} / (4 * ${n} * ${n}))`;
  const values = markValues([
    { field: chart.label, title: 'Name' },
    { field: 'share', title: chart.valueTitle, format: 'percent' },
    { field: 'low', title: 'At least', format: 'percent' },
    { field: 'high', title: 'At most', format: 'percent' },
    { field: chart.trials, title: chart.trialsTitle, format: 'integer' },
  ]);
  const x = {
    type: 'quantitative' as const,
    scale: { domain: [0, 1], nice: false },
    axis: { title: chart.valueTitle, format: '.0%', tickCount: 5, grid: true },
  };
  return {
    data: { name: dataset },
    width: 'container',
    height: Math.max(1, shown.length) * BAR_STEP,
    transform: [
      ...firstRows(chart.top, chart.label),
      { filter: `${n} > 0` },
      { calculate: `${datumOf(chart.successes)} / ${n}`, as: 'share' },
      { calculate: `(${p} + ${Z * Z} / (2 * ${n}) - ${half}) / (1 + ${Z * Z} / ${n})`, as: 'low' },
      { calculate: `(${p} + ${Z * Z} / (2 * ${n}) + ${half}) / (1 + ${Z * Z} / ${n})`, as: 'high' },
      ...values.transforms,
    ],
    layer: [
      {
        mark: { type: 'rule', color: seriesColour(0), strokeWidth: 2, aria: false },
        encoding: { y, x: { field: 'low', ...x }, x2: { field: 'high' } },
      },
      {
        mark: {
          type: 'point',
          filled: true,
          size: 70,
          opacity: 1,
          color: seriesColour(0),
          ...cursorOf(chart),
        },
        encoding: { y, x: { field: 'share', ...x }, ...values.encoding },
      },
    ],
  };
}
