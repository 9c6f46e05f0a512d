import * as l10n from '@vscode/l10n';
import type { CostConnection } from '../../store/costs/costConnection';
import type { CostRunSummary, CostTrigger, CostType, CostWriter } from '../../store/costs/costTypes';
import type { StoreWriter } from '../../store/mirrorWriter';
import type { AzureCredential, AzureModule } from '../azure/azureModule';
import type { SyncLocker } from '../engine/coordinatorTypes';
import type { Clock, Logger } from '../engine/syncTypes';

/** The part of the store's writer that costs need. */
export type CostStore = CostWriter & Pick<StoreWriter, 'publish' | 'refreshCopies' | 'close'>;

export interface CostSyncDeps {
  /** The data folder. */
  readonly root: string;
  /** The right to write to the database: taken for each month that is written, never while Azure is waited for. */
  readonly locker: SyncLocker;
  readonly openWriter: () => Promise<CostStore>;
  /** Called at the first sync that asks Azure. */
  readonly loadAzure: () => AzureModule;
  /** @throws Error that says what is missing */
  readonly credentialFor: (connection: CostConnection) => Promise<AzureCredential>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Version of this product. */
  readonly clientVersion: string;
  /** Tests send requests elsewhere. */
  readonly httpClient?: unknown;
  /** Least ms between two cost queries of a scope; the client's own unless told. */
  readonly spacingMs?: number | undefined;
  /** The right to read costs, one for all windows of a data folder. Default: `costs.lock` in it. */
  readonly runLock?: (() => Promise<CostLock | undefined>) | undefined;
}

/** The right to read costs. */
export interface CostLock {
  release(): Promise<void>;
}

export interface CostSyncRequest {
  readonly trigger: Exclude<CostTrigger, 'import'>;
  /** All months that Azure still gives are read again, closed ones too. */
  readonly isWhole?: boolean | undefined;
}

/** Live state of one scope's run. */
export interface CostRunProgress {
  readonly connectionId: string;
  readonly name: string;
  readonly trigger: CostTrigger;
  readonly phase: 'queued' | 'reading' | 'waiting' | 'writing';
  /** `YYYY-MM` that is read. */
  readonly month?: string | undefined;
  readonly costType?: CostType | undefined;
  /** Months and cost types that were read, of `total`. */
  readonly done: number;
  readonly total: number;
  /** `waiting`: until when, ms since 1970. */
  readonly until?: number | undefined;
}

export type CostSyncEvent =
  | { readonly type: 'progress'; readonly progress: CostRunProgress }
  | { readonly type: 'finished'; readonly run: CostRunSummary; readonly connection: CostConnection };

/** Another window or program reads costs into this data folder. Not thrown for the timer, which skips. */
export class CostBusyError extends Error {
  override readonly name = 'CostBusyError';
  constructor() {
    super(l10n.t('Another window or program is reading costs. Wait for it, or cancel it there.'));
  }
}

/** The one entry for the editor and the command line. */
export interface CostSyncApi {
  /**
   * Reads the costs of the connections one after another and publishes month by month. A request that a run under way here
   * covers joins it. The timer's requests resolve with no summary when nothing is due or somebody else reads.
   * @returns one summary for each connection that was asked, in their order; one that failed stops no other
   * @throws CostBusyError when a person asked while another window reads
   */
  sync(
    connections: readonly CostConnection[],
    request: CostSyncRequest,
    signal?: AbortSignal,
  ): Promise<readonly CostRunSummary[]>;
  /** Cancels the run under way here and waits for its end; what was written stays. */
  cancel(): Promise<void>;
  /** Scopes that are waiting or read in this process. */
  readonly running: readonly CostRunProgress[];
  onEvent(listener: (event: CostSyncEvent) => void): { dispose(): void };
}
