import type { NumberFormat } from './format';
import type { MetricId } from './metrics';
import type { ChartKind } from './specs/chartKinds';

/** One named query of a report. */
export interface DatasetDefinition {
  readonly title: string;
  /**
   * SQL with `{{metric}}` and `{{filter}}` placeholders. It may use `:instances` (JSON array of ids), `:from_day`, `:to_day`,
   * `:previous_from_day` (local days), `:buckets` (JSON, see `Bucket`), `:hours` (JSON, see `HourCount`) and `:row_limit`.
   */
  readonly sql: string;
  /** Most rows; the SQL then has `LIMIT :row_limit` and tells the rows before the cut in a column `total_rows`. */
  readonly rowLimit?: number;
  /** Runs only for several instances. */
  readonly isForSeveral?: boolean;
}

/** A column of a table. Its words come from the metric of the same id where there is one. */
export interface ColumnDefinition {
  readonly field: string;
  readonly title?: string;
  /** Absent: text. */
  readonly format?: NumberFormat;
  readonly isForSeveral?: boolean;
}

/** A headline number. Its value and that of the span before come from the rows with `is_current` 1 and 0. */
export interface TileDefinition {
  readonly metric: MetricId;
  /** Words below the number; `{column}` stands for a value of the dataset or of the report's facts. */
  readonly note?: string;
}

export interface KpiBlockDefinition {
  readonly type: 'kpis';
  readonly id: string;
  readonly dataset: string;
  readonly tiles: readonly TileDefinition[];
}

export interface ChartBlockDefinition {
  readonly type: 'chart';
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly dataset: string;
  readonly chart: ChartKind;
  readonly isWide?: boolean;
  /** The chart's data as a table, for everybody who cannot or will not read the picture. */
  readonly columns: readonly ColumnDefinition[];
}

export interface TableBlockDefinition {
  readonly type: 'table';
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly dataset: string;
  readonly columns: readonly ColumnDefinition[];
  /** What one row is, in the plural: "users". */
  readonly rowsAre: string;
}

export type BlockDefinition = KpiBlockDefinition | ChartBlockDefinition | TableBlockDefinition;

export interface SectionDefinition {
  readonly id: string;
  readonly title: string;
  readonly isForSeveral?: boolean;
  readonly blocks: readonly BlockDefinition[];
}

/** A remark that is printed when the fact is above zero. */
export interface NoteDefinition {
  readonly fact: string;
  readonly text: string;
}

/** A report as data: queries and how they are shown. One generic builder and renderer serves all. */
export interface ReportDefinition {
  readonly id: string;
  readonly title: string;
  readonly datasets: Readonly<Record<string, DatasetDefinition>>;
  /**
   * Dataset of the headline numbers: one row with `is_current` 1 for the period, absent when it is empty, and one with 0
   * for the span before.
   */
  readonly headline: string;
  /** Further datasets of one row whose columns notes may name. */
  readonly facts: readonly string[];
  readonly sections: readonly SectionDefinition[];
  readonly notes: readonly NoteDefinition[];
}
