/** Everything that a report page and the extension say to each other: one page, shared by both sides. */
import type { Granularity } from '../../reports/buckets';
import type { ComparisonChoice, PresetId } from '../../reports/period';
import type { ReportLink, ReportModel, ReportPart } from '../../reports/reportModel';
import type { ReportFilter, ReportSettings } from '../../reports/reportSettings';

/** Raised with every change that an older page would misread. */
export const REPORT_PROTOCOL = 3;

/** What the pickers offer. */
export interface ReportChoices {
  readonly reports: readonly { readonly id: string; readonly title: string; readonly description: string }[];
  readonly instances: readonly { readonly id: number; readonly name: string }[];
  /** Names of warehouses that the report can be read from instead of the mirror. */
  readonly warehouses: readonly string[];
  readonly presets: readonly { readonly id: PresetId; readonly title: string }[];
  readonly comparisons: readonly { readonly id: ComparisonChoice; readonly title: string }[];
  readonly granularities: readonly { readonly id: Granularity; readonly title: string }[];
}

export type ReportState =
  | { readonly phase: 'loading' }
  /** Nothing to report on yet; the message names the next step. */
  | { readonly phase: 'empty'; readonly message: string }
  /** `isOfWarehouse`: the mirror can be read instead. */
  | { readonly phase: 'failed'; readonly message: string; readonly isOfWarehouse?: true }
  /** `isStale`: a newer report is being built; its parts follow. */
  | { readonly phase: 'ready'; readonly model: ReportModel; readonly isStale: boolean };

/** What is known only when the last block is there. */
export type ReportEnd = Omit<ReportModel, 'sections' | 'datasets'>;

/** How a chart can be saved. */
export type PictureFormat = 'svg' | 'png';

export type ToPage =
  /** Sent at each change of what is picked, at the end of a build that failed, and whenever the page says `ready`. */
  | {
      readonly type: 'state';
      readonly version: number;
      readonly settings: ReportSettings;
      readonly choices: ReportChoices;
      readonly state: ReportState;
    }
  /** A part of the report that is being built. A frame leaves blocks of equal ids as they are until their part comes. */
  | { readonly type: 'part'; readonly part: ReportPart }
  /** The build is over. */
  | { readonly type: 'end'; readonly end: ReportEnd }
  /** Asks for a chart as a picture, in light colours. */
  | { readonly type: 'picture'; readonly blockId: string; readonly format: PictureFormat }
  | { readonly type: 'said'; readonly message: string };

export type ToExtension =
  | { readonly type: 'ready' }
  /** Builds the report that these settings ask for, in this tab. */
  | { readonly type: 'change'; readonly settings: ReportSettings }
  /** Picks values of a filter; without a kind, which filter first. */
  | { readonly type: 'editFilter'; readonly kind?: keyof ReportFilter | undefined }
  /** Picks several instances. */
  | { readonly type: 'pickInstances' }
  /** A name or a mark was clicked. */
  | { readonly type: 'follow'; readonly link: ReportLink }
  | { readonly type: 'refresh' }
  | { readonly type: 'export' }
  /** Saves a chart or a table; the user picks how. */
  | { readonly type: 'saveBlock'; readonly blockId: string }
  /** The answer to `picture`: the file's bytes, or why there is none. */
  | {
      readonly type: 'picture';
      readonly blockId: string;
      readonly base64?: string | undefined;
      readonly failure?: string | undefined;
    }
  /** Shows further things to do with the report: save its settings, copy a link, open saved ones. */
  | { readonly type: 'more' }
  | { readonly type: 'sync' }
  | { readonly type: 'showLog' }
  | { readonly type: 'openQuery'; readonly queryId: string };
