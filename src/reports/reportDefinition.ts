import type { Formatter, NumberFormat } from './format';
import type { MetricId } from './metrics/metrics';
import type { PrivateKind, ReportLink, ReportRow, SentenceModel } from './reportModel';
import { DEFAULT_SETTINGS, type ReportScope, type ReportSettings } from './reportSettings';
import type { ChartKind } from './specs/chartKinds';

/** One named query of a report. */
export interface QueryDataset {
  readonly title: string;
  /**
   * SQL with the placeholders of `sqlTemplate.ts`. Parameters: `:instances` (JSON array of ids), `:from_day`, `:to_day`,
   * `:previous_from_day`, `:previous_to_day`, `:as_of_day` (of the last sync), `:today` (local days), `:now` (seconds since
   * 1970), `:buckets` (JSON, see `Bucket`), `:hours` (JSON, see `HourCount`).
   */
  readonly sql: string;
  /** Most rows. The statement then gives a column `rank`, has no LIMIT, and is sorted and cut by the builder. */
  readonly rowLimit?: number;
  /** Runs only for several instances. */
  readonly isForSeveral?: boolean;
}

/** Rows worked out from those of other datasets: what SQL says badly, such as moving averages and robust trends. */
export interface DerivedDataset {
  readonly title: string;
  readonly from: readonly string[];
  /** A pure function of the rows of `from`, in that order. */
  readonly derive: (rows: readonly (readonly ReportRow[])[], context: DeriveContext) => readonly ReportRow[];
  readonly isForSeveral?: boolean;
}

export interface DeriveContext {
  readonly format: Formatter;
  readonly unit: 'day' | 'week' | 'month';
  /** IANA name of the zone that days are in. */
  readonly zone: string;
}

export type DatasetDefinition = QueryDataset | DerivedDataset;

/** A column of a table. Its words come from the metric of the same id where there is one. */
export interface ColumnDefinition {
  readonly field: string;
  readonly title?: string;
  /** Absent: text. */
  readonly format?: NumberFormat;
  readonly isForSeveral?: boolean;
  /** Where a cell leads; `key` is the column with the id: `users.id`, `chats.id`, `instances.id`, the model's own id. */
  readonly link?: { readonly kind: ReportLink['kind']; readonly key: string };
  readonly holds?: PrivateKind;
  /** What a number means that is no metric: of this table alone. */
  readonly definition?: string;
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

/** Sentences that say what the numbers show. */
export interface TextBlockDefinition {
  readonly type: 'text';
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly datasets: readonly string[];
  /** A pure function of the rows of `datasets`, in that order. */
  readonly write: (
    rows: readonly (readonly ReportRow[])[],
    context: DeriveContext,
  ) => readonly SentenceModel[];
}

export type BlockDefinition =
  KpiBlockDefinition | ChartBlockDefinition | TableBlockDefinition | TextBlockDefinition;

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
  /** Public: in links, saved settings and file names. Add, never rename. */
  readonly id: string;
  readonly title: string;
  /** One line for lists of reports: the question that it answers. */
  readonly description: string;
  /** Written by a person: its statements run apart from ours, on a copy of their own. */
  readonly isOwn?: boolean;
  /** It is of whole bills, whatever instances and filters are chosen: what holds a part of the mirror alone cannot show it. */
  readonly isOfWholeBills?: boolean;
  /** How it opens when nobody chose otherwise; absent: as `DEFAULT_SETTINGS` say. */
  readonly defaults?: Partial<Pick<ReportSettings, 'period' | 'comparison' | 'unit'>>;
  readonly datasets: Readonly<Record<string, DatasetDefinition>>;
  /**
   * Dataset of the headline numbers: one row with `is_current` 1 for the period, absent when it is empty, and one with 0
   * for the span before. Absent: the report does not depend on a period and is never empty.
   */
  readonly headline?: string;
  /** Further datasets of one row whose columns notes may name. */
  readonly facts: readonly string[];
  readonly sections: readonly SectionDefinition[];
  /** One more section for each instance that is not removed, where the report covers several. Block ids must differ. */
  readonly sectionOfInstance?: (instance: {
    readonly id: number;
    readonly name: string;
  }) => SectionDefinition;
  readonly notes: readonly NoteDefinition[];
}

/** A report as it opens when nobody chose otherwise. */
export function openingSettings(
  { id, defaults }: Pick<ReportDefinition, 'id' | 'defaults'>,
  scope: ReportScope = DEFAULT_SETTINGS.scope,
): ReportSettings {
  return { ...DEFAULT_SETTINGS, ...defaults, reportId: id, scope };
}
