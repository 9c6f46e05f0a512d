/** Everything that a report page and the extension say to each other: one page, shared by both sides. */
import type { PeriodChoice, PresetId } from '../../reports/period';
import type { ReportModel, ReportScope } from '../../reports/reportModel';

/** Raised with every change that an older page would misread. */
export const REPORT_PROTOCOL = 1;

/** What a person picked on the page; also what the page keeps for the next session. */
export interface ReportSelection {
  readonly reportId: string;
  readonly scope: ReportScope;
  readonly period: PeriodChoice;
}

/** What the pickers offer. */
export interface ReportChoices {
  readonly instances: readonly { readonly id: number; readonly name: string }[];
  readonly presets: readonly { readonly id: PresetId; readonly title: string }[];
}

export type ReportState =
  | { readonly phase: 'loading' }
  /** Nothing to report on yet; the message names the next step. */
  | { readonly phase: 'empty'; readonly message: string }
  | { readonly phase: 'failed'; readonly message: string }
  /** `isStale`: a newer report is being built and will follow. */
  | { readonly phase: 'ready'; readonly model: ReportModel; readonly isStale: boolean };

export type ToPage =
  /** Sent whole at each change and whenever the page says `ready`. */
  | {
      readonly type: 'state';
      readonly version: number;
      readonly selection: ReportSelection;
      readonly choices: ReportChoices;
      readonly state: ReportState;
    }
  | { readonly type: 'said'; readonly message: string };

export type ToExtension =
  | { readonly type: 'ready' }
  | { readonly type: 'select'; readonly scope: ReportScope; readonly period: PeriodChoice }
  | { readonly type: 'refresh' }
  | { readonly type: 'export' }
  | { readonly type: 'sync' }
  | { readonly type: 'showLog' }
  | { readonly type: 'openQuery'; readonly queryId: string };
