import { bucketsOf } from '../../../../src/reports/buckets';
import { dayOfIso, type BucketUnit } from '../../../../src/reports/days';
import { createFormatter } from '../../../../src/reports/format';
import type { KnownDays, Period } from '../../../../src/reports/period';
import type { ReportRow } from '../../../../src/reports/reportModel';
import type { ChartKind } from '../../../../src/reports/specs/chartKinds';
import type { SpecContext } from '../../../../src/reports/specs/time';

export const FORMAT = createFormatter('en-GB');

/** A chart with rows to draw. */
export interface Sample {
  readonly chart: ChartKind;
  readonly context: SpecContext;
  readonly rows: readonly ReportRow[];
}

export function day(text: string): number {
  const found = dayOfIso(text);
  if (found === undefined) {
    throw new Error(`${text} is no day`);
  }
  return found;
}

/** March 2026 by days, known to its 28th; `overrides` for anything else. */
export function contextOf({
  from = '2026-03-01',
  to = '2026-03-31',
  unit = 'day',
  known = {},
  datasets = {},
  ...rest
}: {
  readonly from?: string;
  readonly to?: string;
  readonly unit?: BucketUnit;
  readonly known?: Partial<KnownDays>;
  readonly datasets?: Readonly<Record<string, readonly ReportRow[]>>;
} & Partial<SpecContext> = {}): SpecContext {
  const period: Period = { from: day(from), to: day(to) };
  const knownDays = { today: period.to, first: day('2025-01-01'), asOf: day('2026-03-28'), ...known };
  return {
    dataset: 'rows',
    unit,
    isWide: true,
    buckets: bucketsOf(period, unit, knownDays, FORMAT),
    marks: [],
    rowsOf: (id) => datasets[id] ?? [],
    ...rest,
  };
}

/** A row for each step that something is known of. */
export function timeRows(
  { buckets }: SpecContext,
  columns: (index: number) => Readonly<Record<string, ReportRow[string]>>,
): ReportRow[] {
  return buckets
    .filter(({ is_unknown }) => is_unknown === 0)
    .map(({ bucket, label }, index) => ({ bucket, label, ...columns(index) }));
}

/** A row for each known step and name. */
export function splitRows(
  context: SpecContext,
  names: readonly string[],
  value: (index: number, rank: number) => number,
): ReportRow[] {
  return names.flatMap((series, rank) =>
    timeRows(context, (index) => ({
      series,
      series_rank: rank + 1,
      series_key: series.startsWith('Other') ? null : rank,
      turns: value(index, rank),
    })),
  );
}

const wave = (index: number): number => 60 + Math.round(40 * Math.sin(index / 1.3)) + index;
const march = contextOf({
  marks: [{ day: day('2026-03-05'), text: 'First sync' }],
  datasets: {
    events: [
      { day: day('2026-03-10'), text: 'gpt-5 first used' },
      { bucket: '2026-03-20', text: 'Version 0.8.1' },
      { day: day('2020-01-01'), text: 'Long ago' },
    ],
    unusual: [{ day: day('2026-03-17'), reason: '3 times the usual Tuesday; most of it by Ann' }],
  },
});
const year = contextOf({
  from: '2025-04-01',
  unit: 'week',
  known: { first: day('2025-06-12') },
});
const narrow = contextOf({ isWide: false });

const cohortRows = Array.from({ length: 8 }, (_, cohort) =>
  Array.from({ length: 8 - cohort }, (__, step) => ({
    cohort: `2026-0${1 + Math.floor(cohort / 4)}-${String(1 + 7 * (cohort % 4)).padStart(2, '0')}`,
    cohort_label: `Week ${cohort + 1}`,
    step,
    size: 20 + cohort,
    retention: step === 7 - cohort && step > 0 ? null : 1 / (1 + step * 0.4),
  })),
).flat();

const models = ['gpt-5', 'llama3.1:8b', 'claude-sonnet-4-5', 'mistral'];

/** Each kind of chart once, some twice. */
export const SAMPLES: Readonly<Record<string, Sample>> = {
  stackedTime: {
    chart: { kind: 'stackedTime', series: ['turns', 'generations'], marks: 'events' },
    context: march,
    rows: timeRows(march, (index) => ({ turns: wave(index), generations: 20 + wave(index) })),
  },
  splitTime: {
    chart: { kind: 'splitTime', value: 'turns', click: { link: 'user', field: 'series_key' } },
    context: year,
    rows: splitRows(year, ['Ann', 'Ben', 'Cat', 'Dan', 'Eve', 'Other users'], (index, rank) =>
      wave(index + rank),
    ),
  },
  splitTimeShare: {
    chart: { kind: 'splitTime', value: 'turns', isShare: true },
    context: march,
    rows: splitRows(march, ['Ann', 'Ben', 'Other users'], (index, rank) => wave(index * (rank + 1))),
  },
  lineTime: {
    chart: {
      kind: 'lineTime',
      value: 'turns',
      hasMovingAverage: true,
      budgetLine: { field: 'budget', title: 'Budget' },
      marks: 'events',
      anomalies: 'unusual',
    },
    context: march,
    rows: timeRows(march, (index) => ({ turns: wave(index), budget: 110 })),
  },
  lineTimeNarrow: {
    chart: { kind: 'lineTime', value: { field: 'cost', title: 'Cost', format: 'decimal' } },
    context: narrow,
    rows: timeRows(narrow, (index) => ({ cost: wave(index) / 7 })),
  },
  lines: {
    chart: {
      kind: 'lines',
      axisTitle: 'Users',
      values: [
        { field: 'dau', title: 'Daily', format: 'integer' },
        { field: 'wau', title: 'Weekly', format: 'integer' },
        { field: 'mau', title: 'Monthly', format: 'integer' },
      ],
    },
    context: march,
    rows: timeRows(march, (index) => ({ dau: wave(index), wau: 2 * wave(index), mau: 260 + index })),
  },
  splitLines: {
    chart: { kind: 'splitLines', value: 'turns' },
    context: march,
    rows: splitRows(
      march,
      ['A', 'B', 'A', 'D', 'E', 'Other'],
      (index, rank) => wave(index + 3 * rank) + 40 * rank,
    ),
  },
  smallMultiples: {
    chart: { kind: 'smallMultiples', value: 'turns', click: { link: 'instance', field: 'series_key' } },
    context: march,
    rows: splitRows(
      march,
      ['FASGPT', 'Research', 'Test'],
      (index, rank) => wave(index + rank) / (rank * 3 + 1),
    ),
  },
  bars: {
    chart: { kind: 'bars', label: 'model', value: 'turns', valueTitle: 'Turns', format: 'integer', top: 10 },
    context: march,
    rows: models.map((model, index) => ({ rank: index + 1, model, turns: 400 - 90 * index })),
  },
  barsSplit: {
    chart: {
      kind: 'bars',
      label: 'model',
      value: 'turns',
      valueTitle: 'Turns',
      format: 'compact',
      top: 3,
      isSplit: true,
    },
    context: march,
    rows: models.flatMap((model, index) =>
      ['Billed', 'List price'].map((series, part) => ({
        rank: index + 1,
        model,
        series,
        series_rank: part + 1,
        turns: 40_000 - 9000 * index + 5000 * part,
      })),
    ),
  },
  columns: {
    chart: { kind: 'columns', category: 'days', categoryTitle: 'Active days', value: 'active_users' },
    context: march,
    rows: Array.from({ length: 28 }, (_, index) => ({
      days: index + 1,
      active_users: Math.round(60 / (index + 1)),
    })),
  },
  interval: {
    chart: {
      kind: 'interval',
      label: 'model',
      successes: 'up',
      trials: 'ratings',
      valueTitle: 'Thumbs-up share',
      trialsTitle: 'Ratings',
      top: 10,
    },
    context: march,
    rows: models.map((model, index) => ({
      rank: index + 1,
      model,
      up: 30 - 9 * index,
      ratings: 40 - 10 * index,
    })),
  },
  scatter: {
    chart: {
      kind: 'scatter',
      label: 'user',
      labelTitle: 'User',
      x: 'turns',
      y: { field: 'cost', title: 'Cost', format: 'decimal' },
    },
    context: narrow,
    rows: Array.from({ length: 60 }, (_, index) => ({
      user: `User ${index}`,
      turns: wave(index) * (index % 5),
      cost: index === 7 ? null : wave(index * 3) / 9,
    })),
  },
  weekdayHour: {
    chart: { kind: 'weekdayHour', value: 'turns_per_hour', valueTitle: 'Turns per hour' },
    context: narrow,
    rows: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].flatMap((weekday_name, weekday) =>
      Array.from({ length: 24 }, (_, hour) => ({
        weekday,
        weekday_name,
        hour,
        turns: hour * 4,
        turns_per_hour: hour > 6 ? Math.abs(Math.sin(hour / 4)) : 0,
      })),
    ),
  },
  cohort: {
    chart: {
      kind: 'cohort',
      value: { field: 'retention', title: 'Active', format: 'percent' },
      stepTitle: 'Week',
      sizeTitle: 'Users',
    },
    context: march,
    rows: cohortRows,
  },
  matrix: {
    chart: {
      kind: 'matrix',
      from: 'from_model',
      fromTitle: 'From',
      to: 'to_model',
      toTitle: 'To',
      value: { field: 'switches', title: 'Switches', format: 'integer' },
      click: { link: 'model', field: 'from_model' },
    },
    context: narrow,
    rows: models.flatMap((from_model, a) =>
      models.flatMap((to_model, b) =>
        a === b ? [] : [{ from_model, to_model, switches: 30 - 5 * a - 2 * b }],
      ),
    ),
  },
};
