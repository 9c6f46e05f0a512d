import type { TopLevelSpec } from 'vega-lite';
import type { BucketUnit } from './days';
import type { NumberFormat, Value } from './format';
import type { ReportFilter, ReportScope, ReportSettings, TableView } from './reportSettings';
import type { ChartClick } from './specs/chartKinds';

/** One row of a dataset by column name. */
export type ReportRow = Readonly<Record<string, Value>>;

/** What cells hold that names somebody or something: pseudonymised exports replace it. */
export type PrivateKind = 'person' | 'email' | 'title' | 'file' | 'group' | 'tag';

/** Where a name leads when it is clicked. */
export type ReportLink =
  | { readonly kind: 'user'; readonly userId: number }
  | { readonly kind: 'model'; readonly modelId: string }
  | { readonly kind: 'group'; readonly groupId: number }
  | { readonly kind: 'instance'; readonly instanceId: number }
  | { readonly kind: 'chat'; readonly chatId: number }
  /** The meter rows of a line of the reconciliation: see `reconciliation/lineRows.ts`. */
  | { readonly kind: 'costLine'; readonly line: string }
  /** Another report with the same settings. */
  | { readonly kind: 'report'; readonly reportId: string };

/** A cell as it is shown; text is data and must never become markup. */
export type TableCell = string | { readonly text: string; readonly link: ReportLink };

export interface TableModel {
  readonly columns: readonly TableColumnModel[];
  readonly rows: readonly (readonly TableCell[])[];
}

export interface TableColumnModel {
  /** Column of the dataset. */
  readonly field: string;
  readonly title: string;
  readonly align: 'start' | 'end';
  /** How the dataset's values are written; undefined: as text. */
  readonly format?: NumberFormat | undefined;
  /** What the number means. */
  readonly definition?: string | undefined;
  /** What the cells name, for pseudonymised exports. */
  readonly holds?: PrivateKind | undefined;
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
  /** What a click on a mark leads to. */
  readonly click?: ChartClick | undefined;
  /** One sentence that says what the picture shows. */
  readonly summary: string;
  readonly table: TableModel;
}

export interface TableBlock {
  readonly type: 'table';
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly dataset: string;
  readonly table: TableModel;
  /** How the rows are sorted; undefined: as the report defines. */
  readonly sort?: TableView['sort'];
  /** Whether {@link TableView.isLong} would show more rows. */
  readonly canBeLonger: boolean;
  /** Said when rows were cut, or there are none: "The first 50 of 120 users; ...", "No users here.". */
  readonly cutNote?: string | undefined;
}

/** A statement about the numbers. */
export interface SentenceModel {
  readonly text: string;
  /** How it is marked: something to act on, something to know, or nothing in particular. */
  readonly tone: 'alert' | 'notable' | 'plain';
  /** What stands behind it: causes, coverage. */
  readonly details: readonly string[];
  readonly link?: ReportLink | undefined;
}

export interface TextBlock {
  readonly type: 'text';
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly sentences: readonly SentenceModel[];
}

/** A block whose numbers are still being read, in its place. */
export interface PendingBlock {
  readonly type: 'pending';
  readonly id: string;
  readonly title: string;
  readonly isWide: boolean;
  readonly of: 'kpis' | 'chart' | 'table' | 'text';
}

/** A block whose numbers could not be read; the others are not affected. */
export interface FailedBlock {
  readonly type: 'failed';
  readonly id: string;
  readonly title: string;
  readonly isWide: boolean;
  readonly message: string;
}

export type ReportBlock = KpiBlock | ChartBlock | TableBlock | TextBlock | PendingBlock | FailedBlock;

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
  readonly id: string;
  readonly title: string;
  readonly definition: string;
}

export interface PeriodModel {
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

/** What a report cannot change: `analysis.json` says it for all. */
export type EffectKind = 'excludedAccounts' | 'mergedAccounts';

/** A filter that is set, or what analysis.json leaves out and merges in every report, in words. */
export interface FilterModel {
  readonly kind: keyof ReportFilter | EffectKind;
  /** "Users". */
  readonly title: string;
  /** "Ann, Ben and 3 more". */
  readonly words: string;
}

/** A whole report as plain JSON: what panels, exported files and other outputs render. */
export interface ReportModel {
  readonly v: 1;
  readonly reportId: string;
  readonly title: string;
  /** "All instances" or the instance's name. */
  readonly subtitle: string;
  readonly scope: ReportScope;
  /** What was asked for. */
  readonly settings: ReportSettings;
  readonly filters: readonly FilterModel[];
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
  /** The warehouse that was read, and when its rows came from the mirror, in `zone`; absent: the mirror itself. */
  readonly warehouse?: { readonly name: string; readonly pushedAt: string } | undefined;
  /** "Data as of 2026-01-30 14:00:05", or that no sync has ended yet. */
  readonly freshness: string;
  /** IANA name of the zone that days and hours are in. */
  readonly zone: string;
  /** Number of the file generation that was read. */
  readonly generation: number;
  readonly createdAt: string;
  readonly elapsedMs: number;
}

/** What a report that is being built has new. */
export type ReportPart =
  /** Title, tiles-to-be and pending blocks; replaces everything before it. */
  | { readonly type: 'frame'; readonly model: ReportModel }
  /** A block, with the datasets that it shows and that were not sent yet. */
  | { readonly type: 'block'; readonly block: ReportBlock; readonly datasets: ReportModel['datasets'] };
