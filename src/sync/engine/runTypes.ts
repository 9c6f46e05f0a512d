import type { Instance } from '../../store/instances/instance';
import type { HoldReason } from '../../store/mirrorFacts';
import type { MirrorWriter } from '../../store/mirrorWriter';
import type { EpochSeconds, StreamName } from '../../store/records';
import type { RunNote, SyncWalk } from '../../store/runs';
import type { OpenWebUiClient } from '../openwebui/client';
import type { Identities } from './identities';
import type { RunLedger } from './runLedger';
import type { StateBook } from './stateBook';
import type { Clock, Logger, RequestPolicy, SyncRequest } from './syncTypes';

/** Users as this run found them, by their ids in the mirror; made by the stream of users, needed by that of chats. */
export interface Roster {
  /** Everybody whose chats must be looked at. */
  readonly toWalk: readonly string[];
  /** Everybody that the server has. */
  readonly alive: ReadonlySet<string>;
  /** Users that the mirror did not hold, or held as deleted: their lists are read to the end. */
  readonly newcomers: ReadonlySet<string>;
}

/** What a stream works with during one run. */
export interface StreamContext {
  readonly runId: string;
  readonly instance: Instance;
  /** With the kind that the run is recorded with: a first one is full whatever was asked for. */
  readonly request: SyncRequest;
  /**
   * Whether everybody is looked at, in full and reconciling runs, or those who were active. Becomes `complete` when the
   * server turns out to be another one than before.
   */
  walk: SyncWalk;
  /** Version of the server at the last run; undefined: none is known. */
  readonly versionBefore: string | undefined;
  readonly client: OpenWebUiClient;
  readonly writer: MirrorWriter;
  readonly states: StateBook;
  readonly ledger: RunLedger;
  readonly policy: RequestPolicy;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
  readonly serverVersion: string;
  /** Server time at the start of the run: no mark may lie behind it. */
  readonly serverStart: EpochSeconds;
  /** Set once the server's lists prove no deletion any more: all that this run finds are then held back. */
  hold?: HoldReason | undefined;
  readonly identities: Identities;
  /** Chats that could not be read before and are not tried by this run. */
  readonly chatsLeftOut: ReadonlySet<string>;
  roster?: Roster | undefined;
  /** Tells something in the run's record although nothing failed. */
  note(note: RunNote): void;
  /** Shows how far the current stream is. */
  progress(done: number, total?: number): void;
  /** Publishes what was written, when enough time has gone by. */
  checkpoint(): Promise<void>;
}

/** One feed: what differs between it and the others. */
export interface StreamDefinition {
  /** The streams that it fills; the first one names it. */
  readonly streams: readonly [StreamName, ...StreamName[]];
  /** It cannot run without the users that this run found. */
  readonly needsRoster?: boolean;
  /** Whether this run looks at it at all. */
  isDue(context: StreamContext): boolean;
  /** Reads, compares and writes. Throws when the stream cannot go on; what was written stays. */
  sync(context: StreamContext): Promise<void>;
}
