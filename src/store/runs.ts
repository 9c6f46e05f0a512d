import type { CostScopeStatus } from './costs/costTypes';
import type { PrivacyMode } from './instances/privacy';
import type { EpochSeconds, StreamName } from './records';

export type SyncKind = 'full' | 'incremental';
/** `active`: users who were active since the last run; `complete`: everybody (full syncs and the daily reconcile). */
export type SyncWalk = 'active' | 'complete';
export type SyncTrigger = 'manual' | 'schedule' | 'startup' | 'cli' | 'extension';

/** `ok` never has a failed part; `deferred` = the server asked us to come back later. */
export type RunStatus = 'running' | 'ok' | 'partial' | 'failed' | 'cancelled' | 'interrupted' | 'deferred';
export type StreamStatus = 'ok' | 'failed' | 'skipped' | 'unsupported' | 'cancelled';

/** What happened to the rows of one stream. `restored` = was marked deleted and is back. */
export interface ChangeCounts {
  readonly seen: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly restored: number;
  readonly quarantined: number;
  /** Deletions that the brake stopped. */
  readonly heldBack: number;
}

export const NO_CHANGES: ChangeCounts = {
  seen: 0,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  deleted: 0,
  restored: 0,
  quarantined: 0,
  heldBack: 0,
};

/** Sums two counts field by field. */
export function addCounts(a: ChangeCounts, b: Partial<ChangeCounts>): ChangeCounts {
  return {
    seen: a.seen + (b.seen ?? 0),
    inserted: a.inserted + (b.inserted ?? 0),
    updated: a.updated + (b.updated ?? 0),
    unchanged: a.unchanged + (b.unchanged ?? 0),
    deleted: a.deleted + (b.deleted ?? 0),
    restored: a.restored + (b.restored ?? 0),
    quarantined: a.quarantined + (b.quarantined ?? 0),
    heldBack: a.heldBack + (b.heldBack ?? 0),
  };
}

/** Whether rows differ after a run. */
export function changesAnything({ inserted, updated, deleted, restored }: ChangeCounts): boolean {
  return inserted + updated + deleted + restored > 0;
}

/** The start of a run, written to the journal before its first request. */
export interface RunStart {
  /** UUID, also the key between the journal and `sync_runs`. */
  readonly runId: string;
  readonly instanceId: number;
  readonly kind: SyncKind;
  readonly walk: SyncWalk;
  readonly trigger: SyncTrigger;
  readonly startedAt: EpochSeconds;
  readonly clientVersion: string;
  /** Requests that it is thought to cost; absent: unknown, as before a first sync. */
  readonly expectedRequests?: number | undefined;
}

/** One stream's part of a finished run. */
export interface StreamResult {
  readonly stream: StreamName;
  readonly status: StreamStatus;
  readonly counts: ChangeCounts;
  /** Requests made for it, repeated ones included. */
  readonly requests: number;
  readonly errorCode?: string | undefined;
  /** One sentence without secrets or message text. */
  readonly error?: string | undefined;
}

/** Something that a reader of a run's record should know although nothing failed. */
export interface RunNote {
  readonly code: string;
  /** One sentence without secrets or message text. */
  readonly message: string;
}

/** The end of a run. */
export interface RunEnd {
  readonly runId: string;
  readonly status: Exclude<RunStatus, 'running'>;
  readonly finishedAt: EpochSeconds;
  readonly durationMs: number;
  readonly requests: number;
  readonly retries: number;
  readonly bytesReceived: number;
  readonly skewMs?: number | undefined;
  readonly serverVersion?: string | undefined;
  readonly errorCode?: string | undefined;
  readonly error?: string | undefined;
  readonly streams: readonly StreamResult[];
  readonly notes: readonly RunNote[];
}

/** What a run's end tells; absent while it runs and when it was interrupted. */
type RunOutcome = {
  readonly [K in Exclude<keyof RunEnd, 'runId' | 'status' | 'streams' | 'notes'>]?: RunEnd[K] | undefined;
};

/** A run as trees, `status` and the details view show it. */
export interface RunSummary extends RunStart, RunOutcome {
  readonly status: RunStatus;
  readonly counts: ChangeCounts;
  readonly streams: readonly StreamResult[];
  readonly notes: readonly RunNote[];
}

/** A stream that cannot be read, and since when. Its rows stay as they were. */
export interface StreamProblem {
  readonly stream: StreamName;
  readonly code: string;
  readonly since: EpochSeconds;
}

/** What `status`, the tree and the status bar show of one instance. Counts are of rows with `is_deleted = 0`. */
export interface InstanceStatus {
  readonly instanceId: number;
  readonly name: string;
  readonly url: string;
  readonly version?: string | undefined;
  /** Local text of the mirror's zone, `YYYY-MM-DD HH:MM:SS`. */
  readonly lastSync?: string | undefined;
  readonly lastSyncEpoch?: EpochSeconds | undefined;
  readonly lastFullSyncEpoch?: EpochSeconds | undefined;
  readonly users: number;
  readonly chats: number;
  readonly messages: number;
  readonly lastCompleteWalkEpoch?: EpochSeconds | undefined;
  readonly privacy: PrivacyMode;
  /** The timer leaves the server alone until then. */
  readonly nextAllowedEpoch?: EpochSeconds | undefined;
  /** Deletions that wait for a person. */
  readonly heldDeletions: number;
  readonly problems: readonly StreamProblem[];
  /** Newest first, at most 20. */
  readonly runs: readonly RunSummary[];
}

/** What is known of an instance before its first run. */
export const NEVER_SYNCED: Omit<InstanceStatus, 'instanceId' | 'name' | 'url'> = {
  users: 0,
  chats: 0,
  messages: 0,
  privacy: 'full',
  heldDeletions: 0,
  problems: [],
  runs: [],
};

/** Content of `status.json`: derived from one file generation, so that a tree needs no SQL. */
export interface MirrorStatus {
  readonly version: 1;
  /** Number of the file generation it was derived from; 0 = no database yet. */
  readonly generation: number;
  readonly instances: readonly InstanceStatus[];
  /** The data folder's file system has no hard links: only one host may sync into it. */
  readonly hasNoHardLinks?: boolean | undefined;
  /** Scopes with cost; absent in files of earlier versions. */
  readonly costs?: readonly CostScopeStatus[] | undefined;
  /** Absent in files of earlier versions. */
  readonly sizes?: MirrorSizes | undefined;
  /** After how many months the text of messages goes by itself, as a person agreed. */
  readonly agreedTextMonths?: number | undefined;
  /** `analysisHash` of what the database took of analysis.json last; absent: nothing yet. */
  readonly analysis?: string | undefined;
}

/** What the mirror takes, in bytes. */
export interface MirrorSizes {
  /** The database. */
  readonly imageBytes: number;
  /** Sealed files of older text that it names. */
  readonly shardBytes: number;
}
