/** Everything that the dashboard's page and the extension say to each other: one page, shared by both sides. */
import type { ChartBlock, ReportModel, TileModel } from '../../reports/reportModel';
import type { ReportSource } from '../../reports/reportSource';

/** Raised with every change that an older page would misread. */
export const DASHBOARD_PROTOCOL = 2;

/** How an instance stands. */
export type InstanceStanding =
  | 'ok'
  /** Synced in part, cancelled, interrupted or put off. */
  | 'incomplete'
  | 'failed'
  /** Its key is missing or was rejected. */
  | 'signIn'
  | 'running'
  | 'queued'
  | 'never'
  | 'paused';

/** How far a run is. */
export interface DashboardProgress {
  /** "chats 120 of 482". */
  readonly text: string;
  /** 0 to 1; undefined while nobody knows how much there is. */
  readonly fraction?: number | undefined;
}

export interface DashboardInstance {
  readonly id: number;
  readonly name: string;
  readonly url: string;
  readonly standing: InstanceStanding;
  /** A word or two: "Synced", "Failed at 14:30", "Key needed". */
  readonly status: string;
  /** Why it is not as it should be, with the next step. */
  readonly reason?: string | undefined;
  /** Present while a run is under way. */
  readonly progress?: DashboardProgress | undefined;
  /** Whether this window runs the sync, so that it can be cancelled from here. */
  readonly canCancel: boolean;
  /** "Data as of 14:30, 12 minutes ago · next sync 15:00", or that no sync has ended yet. */
  readonly freshness: string;
  /** Today's numbers against the same weekday before: turns, active users, generations, errors. Empty while unknown. */
  readonly figures: readonly TileModel[];
}

/** Numbers and pictures of all instances together. */
export type DashboardFigures =
  | { readonly phase: 'loading' }
  /** `isOfWarehouse`: the mirror can be read instead. */
  | { readonly phase: 'failed'; readonly message: string; readonly isOfWarehouse?: true }
  | {
      readonly phase: 'ready';
      /** Today's numbers of all instances together. */
      readonly totals: readonly TileModel[];
      /** Small charts of the last 14 days, with their rows as in a report. */
      readonly charts: readonly ChartBlock[];
      readonly datasets: ReportModel['datasets'];
      /** The warehouse that they are of, and how fresh they are in one sentence; absent: the mirror, whose syncs are told of each instance. */
      readonly origin?: (NonNullable<ReportModel['warehouse']> & { readonly freshness: string }) | undefined;
      /** Newer numbers are being read. */
      readonly isStale: boolean;
    };

export interface DashboardState {
  /** "Sunday, 29 November 2026": the day that today's numbers are of. */
  readonly day: string;
  /** "the Sunday before, 22 November, until the same hour", or undefined without a comparison. */
  readonly comparedWith?: string | undefined;
  /** IANA name of the zone that days are in. */
  readonly zone: string;
  /** Which database is read; absent: the mirror. */
  readonly source?: ReportSource | undefined;
  /** Names of warehouses that can be read instead of the mirror. */
  readonly warehouses: readonly string[];
  /** In the order of the list; none: the page offers to add one. */
  readonly instances: readonly DashboardInstance[];
  readonly figures: DashboardFigures;
}

/** Sent at each change, at most about four times a second, and whenever the page says `ready`. */
export interface ToPage {
  readonly type: 'state';
  readonly version: number;
  readonly state: DashboardState;
}

/** What the page keeps for the next session. */
export interface SavedDashboard {
  readonly source?: ReportSource | undefined;
}

export type ToExtension =
  | { readonly type: 'ready' }
  /** Reads another database from now on. */
  | { readonly type: 'source'; readonly source?: ReportSource | undefined }
  /** Reads anew. */
  | { readonly type: 'refresh' }
  /** Without an instance: all of them. */
  | { readonly type: 'sync'; readonly instanceId?: number | undefined }
  /** Ends the run of an instance; without one, all runs of this window. */
  | { readonly type: 'cancel'; readonly instanceId?: number | undefined }
  /** Opens the overview of one instance, or without one of all, from the same database. */
  | { readonly type: 'openReport'; readonly instanceId?: number | undefined }
  /** Opens where a missing or rejected key is entered. */
  | { readonly type: 'signIn'; readonly instanceId: number }
  | { readonly type: 'addInstance' }
  | { readonly type: 'showLog' };
