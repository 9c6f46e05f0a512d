import type { TopLevelSpec } from 'vega-lite';
import type { BucketUnit } from './days';
import type { Value } from './format';
import type { PeriodChoice } from './period';

/** One row of a dataset by column name. */
export type ReportRow = Readonly<Record<string, Value>>;

/** What a report covers. */
export type ReportScope =
  { readonly kind: 'instance'; readonly instanceId: number } | { readonly kind: 'all' };

/** Cells as they are shown; text is data and must never become markup. */
export interface TableModel {
  readonly columns: readonly TableColumnModel[];
  readonly rows: readonly (readonly string[])[];
}

export interface TableColumnModel {
  readonly title: string;
  readonly align: 'start' | 'end';
  /** What the number means. */
  readonly definition?: string | undefined;
}

export interface TileModel {
  readonly id: string;
  readonly title: string;
  readonly value: string;
  readonly definition: string;
  readonly note?: string | undefined;
  readonly change?: ChangeModel | undefined;
}

/** Difference to the span before. */
export interface ChangeModel {
  readonly direction: 'up' | 'down' | 'same';
  /** "+12%", "-0.3 pts", or the plain difference where the base is small. */
  readonly text: string;
  /** "from 143". */
  readonly before: string;
}

export interface KpiBlock {
  readonly type: 'kpis';
  readonly id: string;
  readonly tiles: readonly TileModel[];
}

export interface ChartBlock {
  readonly type: 'chart';
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly isWide: boolean;
  /** Names its data source; the rows are in `ReportModel.datasets`. Colours are CSS variables `--ow-*`. */
  readonly spec: TopLevelSpec;
  readonly dataset: string;
  /** One sentence that says what the picture shows. */
  readonly summary: string;
  readonly table: TableModel;
}

export interface TableBlock {
  readonly type: 'table';
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly table: TableModel;
  /** Said when rows were cut: "Showing 50 of 120 users". */
  readonly cutNote?: string | undefined;
}

export type ReportBlock = KpiBlock | ChartBlock | TableBlock;

export interface SectionModel {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly ReportBlock[];
}

/** An instance that the report draws on. */
export interface SourceModel {
  readonly id: number;
  readonly name: string;
  /** Local text of the last complete sync; undefined before the first. */
  readonly lastSync?: string | undefined;
}

/** How one dataset came about. */
export interface QueryModel {
  readonly id: string;
  readonly title: string;
  /** Stands alone: runs in any SQL tool on the database file. */
  readonly sql: string;
  readonly rowCount: number;
  readonly elapsedMs: number;
}

export interface DefinitionModel {
  readonly title: string;
  readonly definition: string;
}

export interface PeriodModel {
  readonly choice: PeriodChoice;
  /** "Last 30 days". */
  readonly title: string;
  /** "2026-01-01 to 2026-01-30": the days that the numbers cover. */
  readonly days: string;
  /** First and last day as `YYYY-MM-DD`, for the picker. */
  readonly from: string;
  readonly to: string;
  /** The span of the comparison in the same form; undefined without one. */
  readonly comparedWith?: string | undefined;
  readonly bucket: BucketUnit;
}

/** A whole report as plain JSON: what panels, exported files and other outputs render. */
export interface ReportModel {
  readonly v: 1;
  readonly reportId: string;
  readonly title: string;
  /** "All instances" or the instance's name. */
  readonly subtitle: string;
  readonly scope: ReportScope;
  readonly sources: readonly SourceModel[];
  readonly period: PeriodModel;
  readonly isEmpty: boolean;
  /** Days of the first and last message in scope ("2025-03-01 to 2026-01-30"); undefined without any. */
  readonly knownDays?: string | undefined;
  readonly sections: readonly SectionModel[];
  readonly datasets: Readonly<Record<string, readonly ReportRow[]>>;
  readonly notes: readonly string[];
  readonly definitions: readonly DefinitionModel[];
  readonly queries: readonly QueryModel[];
  /** "Data as of 2026-01-30 14:00:05", or that no sync has ended yet. */
  readonly freshness: string;
  /** IANA name of the zone that days and hours are in. */
  readonly zone: string;
  /** Number of the file generation that was read. */
  readonly generation: number;
  readonly createdAt: string;
  readonly elapsedMs: number;
}
