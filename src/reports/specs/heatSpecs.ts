import type { TopLevelSpec } from 'vega-lite';
import { WEEKDAYS } from '../days';
import type { ReportRow } from '../reportModel';
import type { Chart } from './chartKinds';
import { cursorOf } from './click';
import { COLOURS, seriesColour } from './palette';
import type { MarkEncoding, Transform } from './specTypes';
import { datumOf, drawnValue, literal, markValues, numberText } from './values';

/** Pixels of one row. */
const STEP = 31;

/** One colour whose opacity tells the value, since colour ramps know no CSS variables. */
const CELL = {
  type: 'rect',
  color: seriesColour(0),
  cornerRadius: 2,
  stroke: COLOURS.background,
  strokeWidth: 1.5,
} as const;

function opacityOf(field: string, range: readonly [number, number]) {
  return {
    field,
    type: 'quantitative' as const,
    scale: { range: [...range], domainMin: 0 },
    legend: null,
  };
}

/** Not from the very edge: rounding may put the first cell outside of its scale, and Vega then drops its label. */
function cellScale<T extends string | number>(domain: readonly T[]) {
  return { type: 'band' as const, domain: [...domain], paddingInner: 0, paddingOuter: 0.01 };
}

const OPAQUE = [0.08, 1] as const;
/** Under words a cell stays pale enough to read them. */
const UNDER_WORDS = [0.06, 0.55] as const;

/** Weekday by hour. */
export function weekdayHourSpec(chart: Chart<'weekdayHour'>, dataset: string): TopLevelSpec {
  const values = markValues([
    { field: 'weekday_name', title: 'Weekday' },
    { field: 'hour_text', title: 'From' },
    { field: chart.value, title: chart.valueTitle, format: 'decimal' },
    { field: 'turns', title: 'Turns in all', format: 'integer' },
  ]);
  return {
    data: { name: dataset },
    width: 'container',
    height: WEEKDAYS.length * STEP,
    transform: [
      { filter: `isValid(${datumOf(chart.value)})` },
      { calculate: `(datum.hour < 10 ? '0' : '') + datum.hour + ':00'`, as: 'hour_text' },
      ...values.transforms,
    ],
    mark: { ...CELL, ...cursorOf(chart) },
    encoding: {
      x: {
        field: 'hour',
        type: 'ordinal',
        scale: cellScale(Array.from({ length: 24 }, (_, hour) => hour)),
        axis: { title: null, labelAngle: 0, values: [0, 3, 6, 9, 12, 15, 18, 21] },
      },
      y: {
        field: 'weekday_name',
        type: 'ordinal',
        scale: { domain: [...WEEKDAYS] },
        axis: { title: null },
      },
      opacity: opacityOf(chart.value, OPAQUE),
      ...values.encoding,
    },
  };
}

/** Narrower cells have no room for their number. */
const MAX_COLUMNS = { wide: 26, narrow: 9 } as const;
/** A picture of more marks gets slow; cells without words are one mark each. */
const MAX_MARKS = 2000;

interface Grid {
  readonly dataset: string;
  readonly isWide: boolean;
  readonly rows: number;
  readonly columns: number;
  readonly cells: number;
  readonly transforms: readonly Transform[];
}

/** Cells, and their numbers where there is room. */
function gridSpec(
  grid: Grid,
  encoding: MarkEncoding,
  field: string,
  cell: { readonly cursor?: 'pointer' },
  values: ReturnType<typeof markValues>,
): TopLevelSpec {
  const hasWords =
    grid.columns <= MAX_COLUMNS[grid.isWide ? 'wide' : 'narrow'] && 2 * grid.cells <= MAX_MARKS;
  return {
    data: { name: grid.dataset },
    width: 'container',
    height: Math.max(1, grid.rows) * STEP,
    transform: [{ filter: `isValid(${datumOf(field)})` }, ...grid.transforms, ...values.transforms],
    layer: [
      {
        mark: { ...CELL, ...cell },
        encoding: {
          ...encoding,
          opacity: opacityOf(field, hasWords ? UNDER_WORDS : OPAQUE),
          ...values.encoding,
        },
      },
      ...(hasWords
        ? [
            {
              mark: { type: 'text' as const, fontSize: 10, color: COLOURS.foreground, aria: false },
              encoding: { ...encoding, text: { field: 'cell_text', type: 'nominal' as const } },
            },
          ]
        : []),
    ],
  };
}

/** Cohort by step. Steps that are not over have no value and no cell. */
export function cohortSpec(
  chart: Chart<'cohort'>,
  { dataset, isWide }: { readonly dataset: string; readonly isWide: boolean },
  rows: readonly ReportRow[],
): TopLevelSpec {
  const value = drawnValue(chart.value);
  const cohorts = [...new Set(rows.map(({ cohort }) => String(cohort)))].sort();
  const names = cohorts.map((id) => {
    const row = rows.find(({ cohort }) => String(cohort) === id);
    return `${String(row?.['cohort_label'] ?? id)} (${String(row?.['size'] ?? '–')})`;
  });
  const filled = rows.filter((row) => typeof row[value.field] === 'number');
  const steps = Math.max(0, ...filled.map(({ step }) => Number(step)));
  const values = markValues([
    { field: 'cohort_label', title: 'Cohort' },
    { field: 'size', title: chart.sizeTitle, format: 'integer' },
    { field: 'step', title: chart.stepTitle, format: 'integer' },
    value,
  ]);
  return gridSpec(
    {
      dataset,
      isWide,
      rows: cohorts.length,
      columns: steps + 1,
      cells: filled.length,
      transforms: [
        {
          calculate: `${literal(names)}[indexof(${literal(cohorts)}, toString(datum.cohort))]`,
          as: 'cohort_name',
        },
        { calculate: cellText(value.field, value.format), as: 'cell_text' },
      ],
    },
    {
      x: {
        field: 'step',
        type: 'ordinal',
        scale: cellScale(Array.from({ length: steps + 1 }, (_, step) => step)),
        axis: { title: chart.stepTitle, orient: 'top', labelAngle: 0, labelOverlap: 'greedy' },
      },
      y: {
        field: 'cohort_name',
        type: 'ordinal',
        scale: { domain: names },
        axis: { title: null, labelLimit: 200 },
      },
    },
    value.field,
    cursorOf(chart),
    values,
  );
}

/** From one thing to another. */
export function matrixSpec(
  chart: Chart<'matrix'>,
  { dataset, isWide }: { readonly dataset: string; readonly isWide: boolean },
  rows: readonly ReportRow[],
): TopLevelSpec {
  const value = drawnValue(chart.value);
  const from = bySize(rows, chart.from, value.field);
  const to = bySize(rows, chart.to, value.field);
  const values = markValues([
    { field: chart.from, title: chart.fromTitle },
    { field: chart.to, title: chart.toTitle },
    value,
  ]);
  return gridSpec(
    {
      dataset,
      isWide,
      rows: from.length,
      columns: to.length,
      cells: rows.length,
      transforms: [{ calculate: cellText(value.field, value.format), as: 'cell_text' }],
    },
    {
      x: {
        field: chart.to,
        type: 'nominal',
        scale: cellScale(to),
        axis: {
          title: chart.toTitle,
          orient: 'top',
          labelAngle: -30,
          labelLimit: 130,
          labelColor: COLOURS.foreground,
        },
      },
      y: {
        field: chart.from,
        type: 'nominal',
        scale: { domain: from },
        axis: { title: chart.fromTitle, labelLimit: 180, labelColor: COLOURS.foreground },
      },
    },
    value.field,
    cursorOf(chart),
    values,
  );
}

/** Whole percent: a cell has no room for more. */
function cellText(field: string, format: Parameters<typeof numberText>[1]): string {
  return format === 'percent' ? `format(${datumOf(field)}, '.0%')` : numberText(datumOf(field), format);
}

/** Names in a column, the one with the highest sum first. */
function bySize(rows: readonly ReportRow[], column: string, field: string): string[] {
  const sums = new Map<string, number>();
  for (const row of rows) {
    const name = String(row[column]);
    sums.set(name, (sums.get(name) ?? 0) + Number(row[field] ?? 0));
  }
  return [...sums].sort(([, a], [, b]) => b - a).map(([name]) => name);
}
