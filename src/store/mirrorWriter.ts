import type { Analysis } from './analysis/analysisTypes';
import type { RestoreResult } from './backups/backupTypes';
import type { RefetchResult } from './check/checkTypes';
import type { CostWriter } from './costs/costTypes';
import type { InstanceProjection } from './instances/projection';
import type { PrivacyMode } from './instances/privacy';
import type {
  ChatListRecord,
  EpochSeconds,
  FeedbackRecord,
  FileRecord,
  GroupRecord,
  KnowledgeBaseRecord,
  ModelRecord,
  StreamName,
  UserRecord,
} from './records';
import type {
  DeletableStream,
  HoldReason,
  InstanceFacts,
  InstanceHealth,
  KnownChat,
  KnownUser,
  StreamState,
  WholeStream,
} from './mirrorFacts';
import type { FreeUpPlan, FreeUpRequest, FreeUpResult, OpenPolicy } from './retention/retention';
import type { ChangeCounts, RunEnd, RunStart } from './runs';
import type {
  ApplyChatResult,
  CopyResult,
  PublishResult,
  PurgePlan,
  PurgeResult,
  RowChange,
} from './writeResults';

/** A chat body as it came, with the list row that led to it. */
export interface FetchedChat {
  /** UTF-8 JSON; ownership moves to the writer. */
  readonly body: Uint8Array;
  /** The chat that was asked for; a body of another chat is malformed. */
  readonly remoteId: string;
  readonly userRemoteId: string;
  readonly listed?: ChatListRecord | undefined;
  /** Local time of the fetch. */
  readonly fetchedAt: EpochSeconds;
  /** Its time is noted even when nothing changed: a full sync that breaks off goes on from there. */
  readonly keepsTime?: boolean | undefined;
  /** The answer's `Date`, in server time: bounds message times from above. */
  readonly serverNow: EpochSeconds;
}

/**
 * Writes one mirror on behalf of one or several sync runs. Each call is one transaction: all of it or none.
 * Runs are named by their `runId`; records of a run belong to that run's instance.
 * Nothing is visible to readers before `publish`.
 */
export interface MirrorWriter {
  /** What is known of an instance before its run starts; of one that was never synced: nothing. */
  facts(instanceId: number): Promise<InstanceFacts>;
  /**
   * Journals the start durably, then makes the run's row and the instance's projection.
   * @throws NotPurgedError when the mirror holds more than the instance's privacy mode allows
   */
  startRun(start: RunStart, instance: InstanceProjection): Promise<void>;
  /**
   * Writes the run's end and, when ok or partial, the instance's last sync. Both become durable with the next
   * `publish` (rows first: a run never looks finished while its rows are lost), at the latest with `close`.
   */
  endRun(end: RunEnd): Promise<void>;

  knownUsers(runId: string): Promise<readonly KnownUser[]>;
  /** Hashes (see `personHash`) of people who were erased: they are not mirrored again. */
  erasedPeople(runId: string): Promise<readonly string[]>;
  /** All chats of one user, deleted ones included. */
  knownChats(runId: string, userRemoteId: string): Promise<readonly KnownChat[]>;
  /** How many chats of the run's instance have `is_deleted = 0`. */
  liveChats(runId: string): Promise<number>;
  /** Remote ids with `is_deleted = 0` of a stream that is walked as a whole. */
  knownIds(runId: string, stream: WholeStream): Promise<readonly string[]>;
  /** Knowledge bases with the `updated_at` that the mirror holds, by remote id. */
  knownKnowledgeBases(runId: string): Promise<ReadonlyMap<string, EpochSeconds | undefined>>;
  /** Feedback with the `updated_at` that the mirror holds, by remote id. */
  knownFeedback(runId: string): Promise<ReadonlyMap<string, EpochSeconds | undefined>>;
  /** Remote ids of a stream whose deletion was held back and not agreed to yet. */
  heldDeletions(runId: string, stream: DeletableStream): Promise<readonly string[]>;
  state(runId: string): Promise<readonly StreamState[]>;

  applyUsers(runId: string, users: readonly UserRecord[]): Promise<ChangeCounts>;
  /** Notes which user's credential syncs, for reports that leave him out; of one whom the mirror lacks: nobody. */
  setSyncAccount(runId: string, userRemoteId: string): Promise<void>;
  /** Parses and writes a chat with its whole message tree; absent messages are marked deleted, equal rows untouched. */
  applyChat(runId: string, chat: FetchedChat): Promise<ApplyChatResult>;
  /** Groups with their members; a group without told members keeps those that it has. */
  applyGroups(runId: string, groups: readonly GroupRecord[]): Promise<ChangeCounts>;
  applyFeedback(runId: string, feedback: readonly FeedbackRecord[]): Promise<ChangeCounts>;
  applyModels(runId: string, models: readonly ModelRecord[]): Promise<ChangeCounts>;
  applyKnowledgeBases(runId: string, bases: readonly KnowledgeBaseRecord[]): Promise<ChangeCounts>;
  /**
   * With `knowledgeBaseId` (remote): all files of that knowledge base; sets their link and its `file_count`, and
   * unlinks the others. A file in several bases is linked to the one that was mirrored first.
   */
  applyFiles(runId: string, files: readonly FileRecord[], knowledgeBaseId?: string): Promise<ChangeCounts>;

  /** Marks rows deleted (a user with his chats and messages, a chat with its messages); already marked ones are not counted. */
  markDeleted(runId: string, stream: DeletableStream, remoteIds: readonly string[]): Promise<ChangeCounts>;
  /**
   * Notes what the brake held back in a stream; replaces what was noted before. Empty: nothing is held any more.
   * @param reason of those that were not held before
   */
  holdDeletions(
    runId: string,
    stream: DeletableStream,
    remoteIds: readonly string[],
    reason: HoldReason,
  ): Promise<void>;
  /** Notes that a chat cannot be served or read; `tries` grows with each call. */
  quarantine(
    runId: string,
    stream: StreamName,
    remoteId: string,
    reason: string,
    seenAt: EpochSeconds,
  ): Promise<void>;
  /** Remote ids of quarantined chats that are not due for another try at `now` (3 tries, then weekly). */
  quarantined(runId: string, now: EpochSeconds): Promise<readonly string[]>;
  /** Keeps how the server did; readers of `status.json` see it after the next publish. */
  setHealth(runId: string, health: InstanceHealth): Promise<void>;
  /** Rows that a run wrote, at most `limit` for each stream and kind of change; for previews. */
  changes(runId: string, limit: number): Promise<readonly RowChange[]>;
  saveState(runId: string, states: readonly StreamState[]): Promise<void>;

  /** Makes everything written so far visible as the next file generation. */
  publish(): Promise<PublishResult>;
  /** Copies the newest generation to the fixed name `openwebui_sync.db` and refreshes `status.json`. */
  refreshCopies(): Promise<CopyResult>;
  close(): Promise<void>;
}

/** The writer as the product opens it: with what only a person asks for. */
export interface StoreWriter extends MirrorWriter, CostWriter {
  /** Forgets an instance: `keep` marks its row deleted, `delete` removes its rows from all files. Publishes. */
  removeInstance(instanceId: number, data: 'keep' | 'delete'): Promise<PurgeResult>;
  /** What {@link StoreWriter.tightenPrivacy} would remove. */
  planPrivacy(instanceId: number, mode: PrivacyMode): Promise<PurgePlan>;
  /**
   * Removes what a mode excludes: publishes a purged generation, then deletes every older file that holds it.
   * A looser mode only changes what later runs store.
   * @throws when a sync of the instance is under way
   */
  tightenPrivacy(instanceId: number, mode: PrivacyMode): Promise<PurgeResult>;
  /** What {@link StoreWriter.erasePerson} would remove. */
  planErasure(instanceId: number, userRemoteId: string): Promise<PurgePlan>;
  /**
   * Removes one user with all that is his, from all files, and keeps later runs from mirroring him again.
   * @param userRemoteId as the mirror holds it
   * @throws when a sync of the instance is under way
   */
  erasePerson(instanceId: number, userRemoteId: string): Promise<PurgeResult>;
  /** What {@link StoreWriter.freeUp} would free, and what the mirror takes now. */
  planFreeUp(policy: OpenPolicy): Promise<FreeUpPlan>;
  /**
   * Removes text and sync runs that a policy has no place for, and what nothing needs any more. Publishes. Rows of
   * messages stay with their numbers; older generations and backups keep the text until they age out.
   * @throws while a sync runs
   */
  freeUp(request: FreeUpRequest): Promise<FreeUpResult>;
  /**
   * Publishes a backup as the newest generation and goes on with it; what is there now is pinned before.
   * @param name of a `Backup`
   * @throws RestoreError when it is damaged, or holds what was removed for good; when a sync is under way
   */
  restore(name: string): Promise<RestoreResult>;
  /**
   * Has texts that cannot be read any more fetched by the next syncs, and chats whose derived numbers do not agree.
   * Publishes. @throws while a sync runs
   */
  refetchTexts(): Promise<RefetchResult>;
  /**
   * Makes the tables say what analysis.json says ({@link changingAnalysis} changes both), and publishes. What names an
   * instance that was never synced counts from its first sync on. @throws while a sync runs
   */
  applyAnalysis(analysis: Analysis): Promise<PublishResult>;
}

/** The names of {@link StoreWriter}'s methods: the same on both sides of the thread. */
const METHODS: Readonly<Record<keyof StoreWriter, true>> = {
  facts: true,
  startRun: true,
  endRun: true,
  knownUsers: true,
  erasedPeople: true,
  knownChats: true,
  liveChats: true,
  knownIds: true,
  knownKnowledgeBases: true,
  knownFeedback: true,
  heldDeletions: true,
  state: true,
  applyUsers: true,
  setSyncAccount: true,
  applyChat: true,
  applyGroups: true,
  applyFeedback: true,
  applyModels: true,
  applyKnowledgeBases: true,
  applyFiles: true,
  markDeleted: true,
  holdDeletions: true,
  quarantine: true,
  quarantined: true,
  setHealth: true,
  changes: true,
  saveState: true,
  publish: true,
  refreshCopies: true,
  close: true,
  removeInstance: true,
  planPrivacy: true,
  tightenPrivacy: true,
  planErasure: true,
  erasePerson: true,
  planFreeUp: true,
  freeUp: true,
  restore: true,
  refetchTexts: true,
  applyAnalysis: true,
  costFacts: true,
  startCostRun: true,
  replaceCostMonth: true,
  endCostRun: true,
  removeCostScope: true,
};

export const WRITER_METHODS = Object.keys(METHODS) as readonly (keyof StoreWriter)[];
