import type { Formatter, Value } from './format';
import type { Metric } from './metrics/metric';
import { isMetricId, metricOf } from './metrics/metrics';
import type { KpiBlockDefinition, TileDefinition } from './reportDefinition';
import type { ChangeModel, KpiBlock, ReportRow, TileModel } from './reportModel';

interface TileContext {
  readonly format: Formatter;
  readonly facts: ReportRow;
  /** Whether the span before is known. */
  readonly hasComparison: boolean;
}

/** Below this base a percentage says nothing: 1 -> 3 is not "+200%". */
const SMALLEST_BASE = 10;

/** Headline numbers with their change against the span before. */
export function kpiBlock(
  { id, tiles }: KpiBlockDefinition,
  rows: readonly ReportRow[],
  context: TileContext,
): KpiBlock {
  const current = rows.find(({ is_current }) => is_current === 1) ?? {};
  const previous = rows.find(({ is_current }) => is_current === 0) ?? {};
  return { type: 'kpis', id, tiles: tiles.map((tile) => tileOf(tile, current, previous, context)) };
}

function tileOf(
  { metric: id, note }: TileDefinition,
  current: ReportRow,
  previous: ReportRow,
  { format, facts, hasComparison }: TileContext,
): TileModel {
  const metric = metricOf(id);
  const value = orNone(current[id], metric);
  return {
    id,
    title: metric.title,
    value: inCurrency(format.number(value, metric.format), value, metric, current),
    definition: metric.definition,
    note: note === undefined ? undefined : fillIn(note, { ...facts, ...current }, format),
    change: !hasComparison ? undefined : changeOf(metric, value, orNone(previous[id], metric), format),
  };
}

/** An amount of money with the currency that its row names. */
function inCurrency(text: string, value: Value, { format }: Metric, { currency }: ReportRow): string {
  return format === 'money' && value !== null && typeof currency === 'string' ? `${text} ${currency}` : text;
}

/** A span without any message has no row: its counts are 0, while sums of unknowns and ratios stay unknown. */
function orNone(value: Value | undefined, metric: Metric): Value {
  return value === undefined ? (metric.format === 'integer' ? 0 : null) : value;
}

function changeOf(
  metric: Metric,
  current: Value,
  previous: Value,
  format: Formatter,
): ChangeModel | undefined {
  if (typeof current !== 'number' || typeof previous !== 'number' || metric.comparison === 'none') {
    return undefined;
  }
  const difference = differenceOf(current, previous);
  return {
    direction: difference > 0 ? 'up' : difference < 0 ? 'down' : 'same',
    text: changeText(metric, difference, previous, format),
    before: `from ${format.number(previous, metric.format)}`,
  };
}

/** Two numbers that differ in their last digits alone are one number that was added up in another order. */
const SAME = 1e-9;

function differenceOf(current: number, previous: number): number {
  const difference = current - previous;
  return Math.abs(difference) <= SAME * Math.abs(previous) ? 0 : difference;
}

function changeText(metric: Metric, difference: number, previous: number, format: Formatter): string {
  if (metric.comparison === 'points') {
    return `${format.signed(difference * 100, 'decimal')} pts`;
  }
  return previous < SMALLEST_BASE
    ? format.signed(difference, metric.format)
    : format.signed(difference / previous, 'percent');
}

const NAME = /\{(\w+)\}/gu;

/** Fills `{column}` in; undefined when one of the values is unknown. */
export function fillIn(template: string, values: ReportRow, format: Formatter): string | undefined {
  const isComplete = [...template.matchAll(NAME)].every(([, name = '']) => (values[name] ?? null) !== null);
  return isComplete
    ? template.replace(NAME, (_, name: string) =>
        format.number(values[name] ?? null, isMetricId(name) ? metricOf(name).format : 'integer'),
      )
    : undefined;
}
