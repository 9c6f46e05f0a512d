import type { Formatter, Value } from './format';
import type { ReportRow } from './reportModel';
import type { Chart, ChartKind } from './specs/chartKinds';
import type { DrawnValue } from './specs/values';
import { drawnValue } from './specs/values';

/** What a chart shows, in a sentence: for people who do not see it. */
export function summaryOf(chart: ChartKind, rows: readonly ReportRow[], format: Formatter): string {
  if (rows.length === 0) {
    return 'No data.';
  }
  switch (chart.kind) {
    case 'stackedTime':
      return timeSummaries(chart.series.map(drawnValue), rows, format);
    case 'lines':
      return timeSummaries(chart.values.map(drawnValue), rows, format);
    case 'lineTime':
      return timeSummaries([drawnValue(chart.value)], rows, format);
    case 'splitTime':
    case 'splitLines':
    case 'smallMultiples':
      return splitSummary(drawnValue(chart.value), rows, format);
    case 'bars':
      return rankSummary(chart, rows, format);
    case 'columns':
      return columnsSummary(chart, rows, format);
    case 'interval':
      return intervalSummary(chart, rows, format);
    case 'scatter':
      return scatterSummary(chart, rows, format);
    case 'weekdayHour':
      return peakSummary(chart, rows, format);
    case 'cohort':
      return cohortSummary(chart, rows, format);
    case 'matrix':
      return matrixSummary(chart, rows, format);
    case 'spec':
      return `Drawn from ${format.number(rows.length, 'integer')} rows; the table has them.`;
  }
}

function timeSummaries(values: readonly DrawnValue[], rows: readonly ReportRow[], format: Formatter): string {
  const known = rows.filter(({ is_unknown }) => is_unknown !== 1);
  const sentences = values.map((value) => timeSummary(value, known, format));
  const unknown = rows.length - known.length;
  return [...sentences, ...(unknown > 0 ? [`Unknown: ${countOf(unknown, 'step', format)}.`] : [])].join(' ');
}

function timeSummary(
  { field, title, format: numberFormat }: DrawnValue,
  rows: readonly ReportRow[],
  format: Formatter,
): string {
  const peak = highest(rows, field);
  return peak === undefined
    ? `${title}: none.`
    : `${title}: ${spanOf(rows)}; most ${format.number(peak[field] ?? null, numberFormat)} (${textOf(peak['label'])}).`;
}

function spanOf(rows: readonly ReportRow[]): string {
  const first = textOf(rows[0]?.['label']);
  const last = textOf(rows.at(-1)?.['label']);
  return first === last ? first : `${first} to ${last}`;
}

function splitSummary(
  { field, format: numberFormat }: DrawnValue,
  rows: readonly ReportRow[],
  format: Formatter,
): string {
  const parts = new Set(rows.map(({ series, series_rank }) => `${textOf(series_rank)}|${textOf(series)}`));
  const peak = highest(rows, field);
  const most =
    peak === undefined
      ? ''
      : `; most ${format.number(peak[field] ?? null, numberFormat)} (${textOf(peak['series'])}, ${textOf(peak['label'])})`;
  return `${spanOf(rows)}, split into ${countOf(parts.size, 'part', format)}${most}.`;
}

function rankSummary(chart: Chart<'bars'>, rows: readonly ReportRow[], format: Formatter): string {
  const totals = new Map<number, { readonly name: string; readonly value: Value }>();
  for (const row of rows) {
    const rank = numberOf(row['rank']);
    const value = row[chart.value] ?? null;
    const before = totals.get(rank)?.value ?? null;
    totals.set(rank, {
      name: textOf(row[chart.label]),
      value: typeof before === 'number' ? before + numberOf(value) : value,
    });
  }
  const named = [...totals]
    .sort(([a], [b]) => a - b)
    .slice(0, 3)
    .map(([, { name, value }]) => `${name} ${format.number(value, chart.format)}`);
  return `First: ${named.join(', ')}.`;
}

function columnsSummary(chart: Chart<'columns'>, rows: readonly ReportRow[], format: Formatter): string {
  const { field, title, format: numberFormat } = drawnValue(chart.value);
  const category = chart.categoryTitle.toLowerCase();
  const first = textOf(rows[0]?.[chart.category]);
  const last = textOf(rows.at(-1)?.[chart.category]);
  const peak = highest(rows, field);
  return peak === undefined
    ? `${title}: none.`
    : `${title} by ${category}, ${first} to ${last}; most ${format.number(peak[field] ?? null, numberFormat)} (${textOf(peak[chart.category])}).`;
}

function intervalSummary(chart: Chart<'interval'>, rows: readonly ReportRow[], format: Formatter): string {
  const named = rows
    .filter((row) => numberOf(row[chart.trials]) > 0)
    .slice(0, 3)
    .map((row) => {
      const trials = numberOf(row[chart.trials]);
      const share = format.number(numberOf(row[chart.successes]) / trials, 'percent');
      return `${textOf(row[chart.label])} ${share} of ${format.number(trials, 'integer')}`;
    });
  return named.length === 0 ? `${chart.valueTitle}: none.` : `First: ${named.join(', ')}.`;
}

function scatterSummary(chart: Chart<'scatter'>, rows: readonly ReportRow[], format: Formatter): string {
  const sentences = [drawnValue(chart.x), drawnValue(chart.y)].flatMap(
    ({ field, title, format: numberFormat }) => {
      const peak = highest(rows, field);
      return peak === undefined
        ? []
        : [
            `most ${title.toLowerCase()} ${format.number(peak[field] ?? null, numberFormat)} (${textOf(peak[chart.label])})`,
          ];
    },
  );
  return [countOf(rows.length, 'point', format), ...sentences].join('; ') + '.';
}

function peakSummary(chart: Chart<'weekdayHour'>, rows: readonly ReportRow[], format: Formatter): string {
  const { value, valueTitle } = chart;
  const peak = highest(rows, value);
  return peak === undefined
    ? 'No activity.'
    : `Peak: ${format.number(peak[value] ?? null, 'decimal')} ${valueTitle.toLowerCase()}, ${textOf(peak['weekday_name'])} ${textOf(peak['hour'])}:00.`;
}

/** The first step after the start over all cohorts of which it is known: the sum over the sum. */
function cohortSummary(chart: Chart<'cohort'>, rows: readonly ReportRow[], format: Formatter): string {
  const { field } = drawnValue(chart.value);
  const cohorts = countOf(new Set(rows.map(({ cohort }) => cohort)).size, 'cohort', format);
  const next = rows.filter((row) => row['step'] === 1 && typeof row[field] === 'number');
  const size = sumOf(next, ({ size: people }) => numberOf(people));
  if (size === 0) {
    return `${cohorts}.`;
  }
  const kept = sumOf(next, (row) => numberOf(row['size']) * numberOf(row[field]));
  return `${cohorts}; ${chart.stepTitle.toLowerCase()} 1: ${format.number(kept / size, 'percent')} on average.`;
}

function matrixSummary(chart: Chart<'matrix'>, rows: readonly ReportRow[], format: Formatter): string {
  const { field, title, format: numberFormat } = drawnValue(chart.value);
  const peak = highest(rows, field);
  return peak === undefined
    ? `${title}: none.`
    : `Most ${title.toLowerCase()}: ${textOf(peak[chart.from])} to ${textOf(peak[chart.to])}, ${format.number(peak[field] ?? null, numberFormat)}.`;
}

/** The row with the highest value above zero. */
function highest(rows: readonly ReportRow[], field: string): ReportRow | undefined {
  return rows.reduce<ReportRow | undefined>(
    (best, row) => (numberOf(row[field]) > numberOf(best?.[field]) ? row : best),
    undefined,
  );
}

function countOf(count: number, word: string, format: Formatter): string {
  return `${format.number(count, 'integer')} ${word}${count === 1 ? '' : 's'}`;
}

function sumOf(rows: readonly ReportRow[], value: (row: ReportRow) => number): number {
  return rows.reduce((sum, row) => sum + value(row), 0);
}

function numberOf(value: Value | undefined): number {
  return typeof value === 'number' ? value : 0;
}

function textOf(value: Value | undefined): string {
  return String(value ?? '');
}
