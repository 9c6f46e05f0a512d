import type { TopLevelSpec } from 'vega-lite';
import type { NumberFormat } from '../format';
import type { MetricId } from '../metrics/metrics';

/** A number that a chart draws: a metric, whose id is the column's name, or any other column with its words. */
export type ChartValue =
  | MetricId
  | {
      readonly field: string;
      readonly title: string;
      readonly format: NumberFormat;
    };

/** What a click on a mark names: the column of its datum with the id. */
export interface ChartClick {
  readonly link: 'user' | 'model' | 'group' | 'instance' | 'chat';
  readonly field: string;
}

interface CommonOptions {
  /** What a click on one of its marks filters by or leads to. Absent: nothing. */
  readonly click?: ChartClick;
}

/** What stands beside the values on a time axis. */
interface TimeOptions extends CommonOptions {
  /**
   * Dataset of remarks with the columns `text` and `day` (local day) or `bucket` (`YYYY-MM-DD`): a rule with its words
   * each. Remarks outside of the axis are left out.
   */
  readonly marks?: string;
}

/**
 * A chart is a kind and the columns it draws; `buildSpec` knows how each kind looks. On time axes rows are told apart by
 * `bucket`, and `label` is the step in words. A split has one row for each step and part: `series` is the part's name,
 * `series_rank` its place, `series_key` its id where it can be clicked; NULL stands for all others.
 */
export type ChartKind =
  | StackedTimeChart
  | SplitTimeChart
  | LineTimeChart
  | LinesChart
  | SplitLinesChart
  | SmallMultiplesChart
  | BarsChart
  | ColumnsChart
  | IntervalChart
  | ScatterChart
  | WeekdayHourChart
  | CohortChart
  | MatrixChart
  | SpecChart;

/** Several columns of each step stacked. */
interface StackedTimeChart extends TimeOptions {
  readonly kind: 'stackedTime';
  readonly series: readonly ChartValue[];
  /** Title of the vertical axis; absent: "Messages". */
  readonly axisTitle?: string;
}

/** One column of each step, split and stacked. */
interface SplitTimeChart extends TimeOptions {
  readonly kind: 'splitTime';
  readonly value: ChartValue;
  /** Each step as 100 %. */
  readonly isShare?: boolean;
}

/** One column of each step as a line. */
interface LineTimeChart extends TimeOptions {
  readonly kind: 'lineTime';
  readonly value: ChartValue;
  /** Adds the mean of the last 7 days, 4 weeks or 3 months. Counts and sums alone: a ratio has no mean of ratios. */
  readonly hasMovingAverage?: boolean;
  /** A level to compare with: a column that holds the same number in each row, or NULL where there is none. */
  readonly budgetLine?: { readonly field: string; readonly title: string };
  /** Dataset of unusual steps with the columns `reason` and `day` or `bucket`: marked points with the reason. */
  readonly anomalies?: string;
}

/** Several columns of each step as lines of one scale. */
interface LinesChart extends TimeOptions {
  readonly kind: 'lines';
  readonly values: readonly ChartValue[];
  readonly axisTitle: string;
}

/** One column of each step as a line for each part of a split. */
interface SplitLinesChart extends TimeOptions {
  readonly kind: 'splitLines';
  readonly value: ChartValue;
}

/** One column as a small line for each part of a split, one below the other, all on the same scale. */
interface SmallMultiplesChart extends CommonOptions {
  readonly kind: 'smallMultiples';
  readonly value: ChartValue;
}

/** The first rows (`rank` 1 to `top`) as horizontal bars. */
interface BarsChart extends CommonOptions {
  readonly kind: 'bars';
  readonly label: string;
  readonly value: string;
  readonly valueTitle: string;
  readonly format: NumberFormat;
  readonly top: number;
  /** The bars are stacked: a row for each bar and part, with the columns of a split. */
  readonly isSplit?: boolean;
}

/** Vertical bars over an ordered category, in the order of the rows: a histogram. */
interface ColumnsChart extends CommonOptions {
  readonly kind: 'columns';
  readonly category: string;
  readonly categoryTitle: string;
  readonly value: ChartValue;
}

/** Shares of the first rows (`rank` 1 to `top`) as dots, with their 95 % interval (Wilson). */
interface IntervalChart extends CommonOptions {
  readonly kind: 'interval';
  readonly label: string;
  /** Columns: how often it was so, of how often it could have been. */
  readonly successes: string;
  readonly trials: string;
  readonly valueTitle: string;
  readonly trialsTitle: string;
  readonly top: number;
}

/** A dot for each row. */
interface ScatterChart extends CommonOptions {
  readonly kind: 'scatter';
  readonly label: string;
  readonly labelTitle: string;
  readonly x: ChartValue;
  readonly y: ChartValue;
}

/** `weekday` (0 = Monday, `weekday_name`) by `hour`. */
interface WeekdayHourChart extends CommonOptions {
  readonly kind: 'weekdayHour';
  readonly value: string;
  readonly valueTitle: string;
}

/**
 * Cohort by step: columns `cohort` (`YYYY-MM-DD`), `cohort_label`, `step` (0, 1, ...), `size`. A NULL value is a step that
 * is not over: its cell stays empty.
 */
interface CohortChart extends CommonOptions {
  readonly kind: 'cohort';
  readonly value: ChartValue;
  /** What a step is, for example "Week". */
  readonly stepTitle: string;
  /** What `size` counts, for example "Users". */
  readonly sizeTitle: string;
}

/** A Vega-Lite spec as somebody wrote it, without data: it gets the rows of its dataset. */
interface SpecChart extends CommonOptions {
  readonly kind: 'spec';
  readonly spec: TopLevelSpec;
}

/** From one thing to another: a cell for each row. */
interface MatrixChart extends CommonOptions {
  readonly kind: 'matrix';
  readonly from: string;
  readonly fromTitle: string;
  readonly to: string;
  readonly toTitle: string;
  readonly value: ChartValue;
}

/** The declaration of one kind. */
export type Chart<K extends ChartKind['kind']> = Extract<ChartKind, { kind: K }>;

/** Datasets that a chart draws besides its own. */
export function furtherDatasets(chart: ChartKind): string[] {
  const named = [
    'marks' in chart ? chart.marks : undefined,
    'anomalies' in chart ? chart.anomalies : undefined,
  ];
  return named.filter((name) => name !== undefined);
}
