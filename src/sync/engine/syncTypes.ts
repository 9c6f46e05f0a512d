import type { Instance } from '../../store/instances/instance';
import type { ChangeCounts, RunSummary, SyncKind, SyncTrigger, SyncWalk } from '../../store/runs';
import type { EpochSeconds, StreamName } from '../../store/records';

/** What an instance's requests are allowed to cost. Defaults are the product's promise. */
export interface RequestPolicy {
  /** Wait for headers, and for the next byte of a body. Default 30,000. */
  readonly timeoutMs: number;
  /** Least gap between the starts of two requests of one instance. Default 50. */
  readonly delayMs: number;
  /** Tries after the first. Default 3. */
  readonly retries: number;
  /** Requests of one instance under way at once. Default 4. */
  readonly concurrency: number;
}

export const DEFAULT_REQUEST_POLICY: RequestPolicy = {
  timeoutMs: 30_000,
  delayMs: 50,
  retries: 3,
  concurrency: 4,
};

/** A secret that opens one instance. */
export type Credential =
  | { readonly kind: 'apiKey'; readonly value: string }
  /** `expiresAt` in seconds since 1970; absent: no end known. */
  | { readonly kind: 'token'; readonly value: string; readonly expiresAt?: number | undefined };

/** Where credentials come from: the editor's secret storage, an environment variable or a file. */
export interface CredentialProvider {
  /** The credential entered for this instance and origin, or undefined: "key needed". */
  get(instance: Instance): Promise<Credential | undefined>;
}

export interface SyncRequest {
  readonly kind: SyncKind;
  readonly trigger: SyncTrigger;
  /** The user reviewed what the brake held back and wants it marked deleted; what vanished since is held again. */
  readonly acceptMassDeletion?: boolean | undefined;
  /** `complete`: looks at everybody although it is incremental (reconcile). Absent: the engine decides, once a day. */
  readonly walk?: SyncWalk | undefined;
}

/** Live state of one instance's run, for trees, progress and the command line. */
export interface RunProgress {
  readonly runId: string;
  readonly instanceId: number;
  readonly instanceName: string;
  readonly kind: SyncKind;
  readonly trigger: SyncTrigger;
  /** `queued`: waits for a free place. */
  readonly phase: 'queued' | 'connecting' | StreamName | 'publishing';
  readonly done: number;
  /** Unknown while a list is still being read. */
  readonly total?: number | undefined;
  readonly requests: number;
  /** Requests that the run is thought to cost; absent: unknown. */
  readonly expectedRequests?: number | undefined;
  readonly counts: ChangeCounts;
}

export type SyncEvent =
  | { readonly type: 'progress'; readonly progress: RunProgress }
  | { readonly type: 'finished'; readonly run: RunSummary; readonly instanceName: string };

/** Injected time: `now()` in ms since 1970, `sleep` rejects when the signal fires. */
export interface Clock {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The time of a clock, as records hold it. */
export function secondsOf(clock: Clock): EpochSeconds {
  return Math.floor(clock.now() / 1000);
}

/** Log sink of the core; must never get secrets or message text. */
export interface Logger {
  error(message: string): void;
  warn(message: string): void;
  info(message: string): void;
  debug(message: string): void;
}
