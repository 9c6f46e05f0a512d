import type { Formatter, NumberFormat, Value } from './format';
import { metricOf } from './metrics';
import type { ReportRow } from './reportModel';
import type { ChartKind } from './specs/chartKinds';

/** What a chart shows, in a sentence: for people who do not see it. */
export function summaryOf(chart: ChartKind, rows: readonly ReportRow[], format: Formatter): string {
  if (rows.length === 0) {
    return 'No data.';
  }
  switch (chart.kind) {
    case 'stackedTime':
      return chart.series.map((id) => timeSummary(rows, id, metricOf(id).title, format)).join(' ');
    case 'lineTime':
      return timeSummary(rows, chart.value, metricOf(chart.value).title, format);
    case 'splitTime':
      return `${spanOf(rows)}, split into ${new Set(rows.map(({ series }) => series)).size} parts.`;
    case 'bars':
      return rankSummary(rows, chart, format);
    case 'weekdayHour':
      return peakSummary(rows, chart, format);
  }
}

function timeSummary(rows: readonly ReportRow[], field: string, title: string, format: Formatter): string {
  const peak = highest(rows, field);
  return peak === undefined
    ? `${title}: none.`
    : `${title}: ${spanOf(rows)}; most ${format.number(peak[field] ?? null, 'integer')} (${textOf(peak['label'])}).`;
}

function spanOf(rows: readonly ReportRow[]): string {
  const first = textOf(rows[0]?.['label']);
  const last = textOf(rows.at(-1)?.['label']);
  return first === last ? first : `${first} to ${last}`;
}

function rankSummary(
  rows: readonly ReportRow[],
  { label, value, format: numberFormat }: { label: string; value: string; format: NumberFormat },
  format: Formatter,
): string {
  const named = rows
    .slice(0, 3)
    .map((row) => `${textOf(row[label])} ${format.number(row[value] ?? null, numberFormat)}`);
  return `First: ${named.join(', ')}.`;
}

function peakSummary(
  rows: readonly ReportRow[],
  { value, valueTitle }: { value: string; valueTitle: string },
  format: Formatter,
): string {
  const peak = highest(rows, value);
  return peak === undefined
    ? 'No activity.'
    : `Peak: ${format.number(peak[value] ?? null, 'decimal')} ${valueTitle.toLowerCase()}, ${textOf(peak['weekday_name'])} ${textOf(peak['hour'])}:00.`;
}

/** The row with the highest value above zero. */
function highest(rows: readonly ReportRow[], field: string): ReportRow | undefined {
  const peak = rows.reduce<ReportRow | undefined>(
    (best, row) => (numberOf(row[field]) > numberOf(best?.[field]) ? row : best),
    undefined,
  );
  return peak;
}

function numberOf(value: Value | undefined): number {
  return typeof value === 'number' ? value : 0;
}

function textOf(value: Value | undefined): string {
  return String(value ?? '');
}
