/**
 * The API that other extensions get from OpenWebUI Sync. See docs/extension-api.md.
 *
 * All values are plain, frozen copies: changing one changes nothing. A version stays as it is; what is added later is
 * optional.
 */
import type { CancellationToken, Event } from 'vscode';

/** What `vscode.extensions.getExtension('openwebui-sync.openwebui-sync').activate()` resolves to. */
export interface OpenWebUiSyncExtension {
  /** @throws OpenWebUiSyncError `unknownVersion` */
  getApi(version: 1): OpenWebUiSyncApiV1;
}

/** Version 1. */
export interface OpenWebUiSyncApiV1 {
  readonly version: 1;

  /** The instances in the order of the tree, as they are now. */
  instances(): readonly InstanceInfo[];

  /** Fires with what {@link OpenWebUiSyncApiV1.instances} returns whenever that differs. */
  readonly onDidChangeStatus: Event<readonly InstanceInfo[]>;

  /**
   * Runs one reading SQL statement on a throw-away copy of the newest state of the mirror: nothing that it does can
   * change the mirror. The tables are described in docs/schema.md.
   * @throws OpenWebUiSyncError `sql`, `noData`, `badArgument` or `cancelled`
   */
  query(sql: string, options?: QueryOptions): Promise<QueryResult>;

  /**
   * Syncs one instance, or all that are enabled, and resolves when all runs have ended, however they ended. Runs are
   * shown in the tree like any other, as started by another extension. An instance that is being synced joins that run.
   * @throws OpenWebUiSyncError `unknownInstance`, `noInstances`, `busy` while another window syncs
   */
  sync(instanceId?: number): Promise<SyncOutcome>;
}

/** One Open WebUI server. Its address and its credentials are not part of it. */
export interface InstanceInfo {
  /** `instances.id` in the database; stable, never given twice. */
  readonly id: number;
  readonly name: string;
  /** Whether the timer and a sync of all take it along. */
  readonly enabled: boolean;
  readonly state: InstanceState;
  /** End of the last sync that ended well, ms since 1970; absent: there was none. */
  readonly lastSync?: number;
  /** What the mirror holds of it, without what is deleted on the server; absent before the first sync. */
  readonly counts?: InstanceCounts;
}

/**
 * `queued`, `running`: a sync waits or runs. `signIn`: its credential is missing or was refused. `failed`, `incomplete`:
 * how the last sync ended. `paused`: not enabled. `never`: not synced yet.
 */
export type InstanceState =
  'queued' | 'running' | 'signIn' | 'failed' | 'incomplete' | 'ok' | 'never' | 'paused';

export interface InstanceCounts {
  readonly users: number;
  readonly chats: number;
  readonly messages: number;
}

export interface QueryOptions {
  /** Values of `:name` parameters, by name without the colon. */
  readonly parameters?: Readonly<Record<string, string | number | null>>;
  /** Rows at most, 1 to 1,000,000. Default 10,000. */
  readonly limit?: number;
  readonly token?: CancellationToken;
}

/** Integers beyond 2^53 are bigint, BLOBs bytes. NULL is null: unknown, never 0. */
export type QueryCell = string | number | bigint | Uint8Array | null;

export interface QueryResult {
  readonly columns: readonly string[];
  /** In the order of the columns. */
  readonly rows: readonly (readonly QueryCell[])[];
  /** Whether the limit left rows out. */
  readonly truncated: boolean;
  readonly elapsedMs: number;
}

export interface SyncOutcome {
  /** One for each instance. */
  readonly runs: readonly SyncRunOutcome[];
}

export interface SyncRunOutcome {
  readonly instanceId: number;
  readonly instanceName: string;
  /** `partial`: a part could not be read; `deferred`: the server asked to come back later. */
  readonly status: 'ok' | 'partial' | 'failed' | 'cancelled' | 'interrupted' | 'deferred' | 'running';
  /** ms since 1970. */
  readonly startedAt: number;
  readonly finishedAt?: number;
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
  /** One sentence; absent where nothing failed. */
  readonly error?: string;
}

/** What is thrown, recognised by its code. */
export interface OpenWebUiSyncError extends Error {
  readonly name: 'OpenWebUiSyncError';
  readonly code:
    | 'unknownVersion'
    | 'unknownInstance'
    | 'noInstances'
    | 'busy'
    | 'noData'
    | 'sql'
    | 'badArgument'
    | 'cancelled'
    | 'failed';
}
