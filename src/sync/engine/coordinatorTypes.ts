import * as l10n from '@vscode/l10n';
import type { Instance } from '../../store/instances/instance';
import type { MirrorWriter } from '../../store/mirrorWriter';
import type { RowChange } from '../../store/writeResults';
import type { RunSummary, SyncKind, SyncWalk } from '../../store/runs';
import type {
  Clock,
  CredentialProvider,
  Logger,
  RequestPolicy,
  RunProgress,
  SyncEvent,
  SyncRequest,
} from './syncTypes';

/** Who syncs right now, as the lock file tells. */
export interface LockHolder {
  readonly runId: string;
  readonly pid: number;
  /** ms since 1970. */
  readonly startedAt: number;
}

/** The right to run syncs on one data folder, held while any run is active. */
export interface HeldLock {
  /** Tells about requests of other processes to cancel; without instances all runs are meant. */
  onCancelRequest(listener: (instanceIds: readonly number[] | undefined) => void): void;
  release(): Promise<void>;
}

export type LockAttempt =
  | { readonly acquired: true; readonly lock: HeldLock }
  | { readonly acquired: false; readonly holder: LockHolder };

/** What the coordinator needs from the store's lock. */
export interface SyncLocker {
  /** Tries once, or until the holder is proven dead; does not wait for a living one. */
  tryAcquire(runId: string): Promise<LockAttempt>;
  /** Asks the process that holds the lock to cancel one instance's run, or all. */
  requestCancel(instanceId?: number): Promise<void>;
}

export interface SyncCoordinatorDeps {
  /** Opens the one writer that all runs of this process share. */
  readonly openWriter: () => Promise<MirrorWriter>;
  /** Opens a writer on a copy of the mirror that never publishes. */
  readonly openDryWriter: () => Promise<MirrorWriter>;
  /** Hours after which a run looks at everybody again; 0: never by itself. */
  readonly reconcileHours: () => number;
  /** The data folder's salt for hashes of user ids; asked for only where ids are hashed. */
  readonly salt: () => Promise<string>;
  /**
   * The instances as they are now, asked for once the lock is ours: while a question stood, another window may have
   * removed one or made its privacy mode stricter. Absent: they are taken as given.
   */
  readonly instances?: (() => Promise<readonly Instance[]>) | undefined;
  readonly locker: SyncLocker;
  readonly credentials: CredentialProvider;
  /** Default `globalThis.fetch`, looked up at each call: VS Code patches it for proxies and certificates. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  readonly policy: (instance: Instance) => RequestPolicy;
  /**
   * Asked for the timer's requests once the lock is ours: another window may just have synced. Without it every
   * such request runs.
   */
  readonly isStillDue?: ((instanceIds: readonly number[]) => Promise<boolean>) | undefined;
  /** Version of this product, kept with each run. */
  readonly clientVersion: string;
}

/** What a sync would change. Nothing was published or recorded. */
export interface SyncPreview {
  readonly instanceName: string;
  /** As the run's record would be. */
  readonly run: RunSummary;
  /** At most {@link PREVIEWED_ROWS} for each stream and kind of change; `run.counts` has the totals. */
  readonly changes: readonly RowChange[];
}

export const PREVIEWED_ROWS = 50;

/** What a run is thought to cost. */
export interface CallBudget {
  readonly instanceId: number;
  readonly kind: SyncKind;
  readonly walk: SyncWalk;
  /** Requests; absent before an instance's first sync: nothing is known of it yet. */
  readonly calls?: number | undefined;
  /** At the policy's pace, rounded up. */
  readonly minutes?: number | undefined;
}

/** Another process syncs this data folder right now. Not thrown for scheduled runs, which are skipped. */
export class SyncBusyError extends Error {
  override readonly name = 'SyncBusyError';
  constructor(readonly holder: LockHolder) {
    super(l10n.t('Another window is syncing. Wait for it, or cancel it there.'));
  }
}

/** The one entry for the extension and the command line. */
export interface SyncCoordinatorApi {
  /**
   * Syncs the instances, two at a time; resolves with one summary per instance in the given order, without those that
   * were removed meanwhile.
   * An instance that is already under way here joins that run. Scheduled and startup requests resolve
   * with no summaries while another process syncs.
   * @throws SyncBusyError when another process holds the lock and a person asked.
   */
  sync(
    instances: readonly Instance[],
    request: SyncRequest,
    signal?: AbortSignal,
  ): Promise<readonly RunSummary[]>;
  /**
   * Runs a sync of each instance against a throw-away copy of the mirror, one after the other. Needs no lock: others may
   * sync meanwhile. @throws the signal's reason when cancelled
   */
  preview(
    instances: readonly Instance[],
    request: SyncRequest,
    signal?: AbortSignal,
  ): Promise<readonly SyncPreview[]>;
  /** What such a sync is thought to cost, from what the mirror knows. Asks no server. */
  budget(instances: readonly Instance[], request: SyncRequest): Promise<readonly CallBudget[]>;
  /**
   * Cancels one instance's run, or all, and waits until they have ended; with no run here, asks the process that
   * syncs.
   */
  cancel(instanceId?: number): Promise<void>;
  onEvent(listener: (event: SyncEvent) => void): { dispose(): void };
  /** Runs that are queued or under way in this process. */
  running(): readonly RunProgress[];
}
