import type {
  ApplyChatResult,
  CopyResult,
  PublishResult,
  PurgePlan,
  PurgeResult,
  RowChange,
} from '../writeResults';
import type {
  DeletableStream,
  HoldReason,
  InstanceFacts,
  InstanceHealth,
  KnownChat,
  KnownUser,
  StreamState,
  WholeStream,
} from '../mirrorFacts';
import type { FetchedChat } from '../mirrorWriter';
import type { InstanceProjection } from '../instances/projection';
import type {
  ChatDecoder,
  EpochSeconds,
  FeedbackRecord,
  FileRecord,
  GroupRecord,
  KnowledgeBaseRecord,
  ModelRecord,
  StreamName,
  UserRecord,
} from '../records';
import { personHash } from '../instances/people';
import { PRIVACY, type PrivacyMode } from '../instances/privacy';
import { withoutAccount, withoutInstance, withRenamedAccounts } from '../analysis/analysisEdits';
import type { Analysis } from '../analysis/analysisTypes';
import type { RestoreResult } from '../backups/backupTypes';
import type { RefetchResult } from '../check/checkTypes';
import type {
  CostMonth,
  CostMonthResult,
  CostRunEnd,
  CostScope,
  CostScopeFacts,
  CostTrigger,
} from '../costs/costTypes';
import type { FreeUpPlan, FreeUpRequest, FreeUpResult, OpenPolicy } from '../retention/retention';
import { NO_CHANGES, type ChangeCounts, type RunEnd, type RunStart } from '../runs';
import { CostRuns } from './costRuns';
import { FreeSpace } from './freeSpace';
import { endHolds, heldIds, holdDeletions } from './heldDeletions';
import { erasedPeople, factsOf, writeHealth, writeSyncAccount } from './instanceFacts';
import { MirrorAnalysis } from './mirrorAnalysis';
import { MirrorFile } from './mirrorFile';
import type { MirrorFileOptions } from './mirrorFileOptions';
import { MirrorTables } from './mirrorTables';
import { OpenRuns } from './openRuns';
import { assertMayKeepId } from './privateRecords';
import { Purges } from './purges';
import { quarantine, quarantinedChats, release } from './quarantine';
import { restoreBackup } from './restore';
import { refetchTexts } from './refetchTexts';
import { readStates, writeInstance, writeRunEnd, writeRunStart, writeStates } from './runRows';
import type { RunContext } from './session';
import { changesOf, livingIds, livingTimes } from './streamTables';

export interface MirrorOptions extends MirrorFileOptions {
  readonly decodeChat: ChatDecoder;
}

/** `StoreWriter` inside the thread that holds the database: the same methods, synchronous. */
export class MirrorDatabase {
  readonly #options: MirrorOptions;
  #file: MirrorFile;
  #tables: MirrorTables;
  #purges: Purges;
  #freeSpace: FreeSpace;
  #runs: OpenRuns;
  #costs: CostRuns;
  #analysis: MirrorAnalysis;

  private constructor(options: MirrorOptions, file: MirrorFile) {
    this.#options = options;
    this.#file = file;
    this.#tables = new MirrorTables(file.session, options.decodeChat);
    this.#purges = new Purges(file, this.#tables);
    this.#freeSpace = new FreeSpace(file);
    this.#runs = new OpenRuns(file);
    this.#analysis = new MirrorAnalysis(file);
    this.#costs = new CostRuns(file);
  }

  /** Opens the newest generation, or begins a new database. @throws NewerDatabaseError */
  static async open(options: MirrorOptions): Promise<MirrorDatabase> {
    const mirror = new MirrorDatabase(options, await MirrorFile.open(options));
    if (options.isDryRun !== true) {
      await mirror.#analysis.open();
    }
    return mirror;
  }

  facts(instanceId: number): InstanceFacts {
    this.#file.assertUsable();
    return factsOf(this.#file.session, instanceId);
  }

  startRun(start: RunStart, instance: InstanceProjection): void {
    this.#purges.assertPurged(instance);
    this.#file.journalStart(start, instance);
    const rowId = this.#file.change('runs', () => {
      writeInstance(this.#file.session, instance);
      return writeRunStart(this.#file.session, start);
    });
    this.#analysis.applyAgain();
    const rules = PRIVACY[instance.privacy ?? 'full'];
    this.#runs.begin({ rowId, runId: start.runId, instanceId: start.instanceId, rules });
  }

  endRun(end: RunEnd): void {
    const { rowId } = this.#runs.get(end.runId);
    this.#file.change('runs', () => {
      writeRunEnd(this.#file.session, rowId, end);
    });
    this.#file.pending.noteEnd(end);
    this.#runs.end(end.runId);
  }

  knownUsers(runId: string): KnownUser[] {
    return this.#tables.users.known(this.#runs.get(runId));
  }

  knownChats(runId: string, userRemoteId: string): KnownChat[] {
    return this.#tables.chats.known(this.#runs.get(runId).instanceId, userRemoteId);
  }

  liveChats(runId: string): number {
    return this.#tables.chats.countLive(this.#runs.get(runId).instanceId);
  }

  erasedPeople(runId: string): string[] {
    return erasedPeople(this.#file.session, this.#runs.get(runId).instanceId);
  }

  knownIds(runId: string, stream: WholeStream): string[] {
    return livingIds(this.#file.session, this.#runs.get(runId).instanceId, stream);
  }

  knownKnowledgeBases(runId: string): Map<string, EpochSeconds | undefined> {
    return livingTimes(this.#file.session, this.#runs.get(runId).instanceId, 'knowledge_bases');
  }

  knownFeedback(runId: string): Map<string, EpochSeconds | undefined> {
    return livingTimes(this.#file.session, this.#runs.get(runId).instanceId, 'feedback');
  }

  heldDeletions(runId: string, stream: DeletableStream): string[] {
    return heldIds(this.#file.session, this.#runs.get(runId), stream);
  }

  state(runId: string): StreamState[] {
    return readStates(this.#file.session, this.#runs.get(runId).instanceId);
  }

  applyUsers(runId: string, users: readonly UserRecord[]): ChangeCounts {
    const counts = this.#apply(runId, 'users', users, (run) => this.#tables.users.apply(run, users));
    this.#file.change('runs', () => this.#tables.users.noteActivity(this.#runs.get(runId), users));
    return counts;
  }

  setSyncAccount(runId: string, userRemoteId: string): void {
    this.#runs.write(runId, (run) => {
      writeSyncAccount(this.#file.session, run.instanceId, userRemoteId);
    });
  }

  applyChat(runId: string, chat: FetchedChat): ApplyChatResult {
    return this.#runs.write(runId, (run) => {
      const result = this.#tables.chats.apply(run, chat);
      if (result.outcome === 'applied') {
        release(this.#file.session, run, 'chats', chat.remoteId);
        endHolds(this.#file.session, run, 'chats', [chat.remoteId]);
      }
      return result;
    });
  }

  applyGroups(runId: string, groups: readonly GroupRecord[]): ChangeCounts {
    return this.#apply(runId, 'groups', groups, (run) => this.#tables.groups.apply(run, groups));
  }

  applyFeedback(runId: string, feedback: readonly FeedbackRecord[]): ChangeCounts {
    return this.#apply(runId, 'feedback', feedback, (run) => this.#tables.feedback.apply(run, feedback));
  }

  applyModels(runId: string, models: readonly ModelRecord[]): ChangeCounts {
    const shown = models.map(({ modelId }) => ({ remoteId: modelId }));
    return this.#apply(runId, 'models', shown, (run) => this.#tables.library.applyModels(run, models));
  }

  applyKnowledgeBases(runId: string, bases: readonly KnowledgeBaseRecord[]): ChangeCounts {
    return this.#apply(runId, 'knowledge_bases', bases, (run) =>
      this.#tables.library.applyKnowledgeBases(run, bases),
    );
  }

  applyFiles(runId: string, files: readonly FileRecord[], knowledgeBaseId?: string): ChangeCounts {
    return this.#apply(runId, 'files', files, (run) =>
      this.#tables.library.applyFiles(run, files, knowledgeBaseId),
    );
  }

  markDeleted(runId: string, stream: DeletableStream, remoteIds: readonly string[]): ChangeCounts {
    const deleted = this.#runs.write(runId, (run) => {
      endHolds(this.#file.session, run, stream, remoteIds);
      return this.#tables.markDeleted(run, stream, remoteIds);
    });
    return { ...NO_CHANGES, deleted };
  }

  holdDeletions(
    runId: string,
    stream: DeletableStream,
    remoteIds: readonly string[],
    reason: HoldReason,
  ): void {
    this.#runs.write(runId, (run) => {
      holdDeletions(this.#file.session, run, stream, remoteIds, reason);
    });
  }

  quarantine(
    runId: string,
    stream: StreamName,
    remoteId: string,
    reason: string,
    seenAt: EpochSeconds,
  ): void {
    this.#runs.write(runId, (run) => {
      quarantine(this.#file.session, run, stream, remoteId, reason, seenAt);
    });
  }

  quarantined(runId: string, now: EpochSeconds): string[] {
    return quarantinedChats(this.#file.session, this.#runs.get(runId), now);
  }

  setHealth(runId: string, health: InstanceHealth): void {
    const { instanceId } = this.#runs.get(runId);
    this.#file.change('runs', () => {
      writeHealth(this.#file.session, instanceId, health);
    });
    this.#file.pending.noteHealth(runId, health);
  }

  changes(runId: string, limit: number): RowChange[] {
    this.#file.assertUsable();
    return changesOf(this.#file.session, runId, limit);
  }

  saveState(runId: string, states: readonly StreamState[]): void {
    const { instanceId, rules } = this.#runs.get(runId);
    for (const { scope } of states.filter((state) => state.scope !== '')) {
      assertMayKeepId(rules, scope);
    }
    this.#file.change('runs', () => {
      writeStates(this.#file.session, instanceId, states);
    });
    this.#file.pending.noteStates(runId, states);
  }

  publish(): PublishResult {
    return this.#file.publish();
  }

  refreshCopies(): CopyResult {
    return this.#file.refreshCopies();
  }

  async removeInstance(instanceId: number, data: 'keep' | 'delete'): Promise<PurgeResult> {
    this.#runs.assertIdle(instanceId);
    if (data === 'delete') {
      await this.#analysis.edit((analysis) => withoutInstance(analysis, instanceId));
    }
    return this.#purges.removeInstance(instanceId, data);
  }

  planPrivacy(instanceId: number, mode: PrivacyMode): PurgePlan {
    return this.#purges.planPrivacy(instanceId, mode);
  }

  async tightenPrivacy(instanceId: number, mode: PrivacyMode): Promise<PurgeResult> {
    this.#runs.assertIdle(instanceId);
    this.#file.assertMayErase();
    if (!PRIVACY[mode].keepsIdentities) {
      const salt = await this.#file.ensureSalt();
      await this.#analysis.edit((analysis) =>
        withRenamedAccounts(analysis, instanceId, (user) => personHash(salt, instanceId, user)),
      );
    }
    return this.#purges.tightenPrivacy(instanceId, mode);
  }

  planErasure(instanceId: number, userRemoteId: string): PurgePlan {
    return this.#purges.planErasure(instanceId, userRemoteId);
  }

  async erasePerson(instanceId: number, userRemoteId: string): Promise<PurgeResult> {
    this.#runs.assertIdle(instanceId);
    await this.#analysis.edit((analysis) =>
      withoutAccount(analysis, { instance: instanceId, user: userRemoteId }),
    );
    return this.#purges.erasePerson(instanceId, userRemoteId);
  }

  async restore(name: string): Promise<RestoreResult> {
    this.#runs.assertIdle();
    const result = await restoreBackup(this.#file, this.#options, name);
    await this.#reopen();
    return result;
  }

  refetchTexts(): RefetchResult {
    this.#runs.assertIdle();
    return refetchTexts(this.#file);
  }

  applyAnalysis(analysis: Analysis): PublishResult {
    this.#runs.assertIdle();
    this.#file.assertMayErase();
    this.#analysis.apply(analysis);
    return this.#file.publish();
  }

  costFacts(): CostScopeFacts[] {
    return this.#costs.facts();
  }

  startCostRun(scope: CostScope, trigger: CostTrigger, startedAt: EpochSeconds): number {
    return this.#costs.start(scope, trigger, startedAt);
  }

  replaceCostMonth(runId: number, month: CostMonth, fetchedAt: EpochSeconds): CostMonthResult {
    return this.#costs.replaceMonth(runId, month, fetchedAt);
  }

  endCostRun(end: CostRunEnd, finishedAt: EpochSeconds): void {
    this.#costs.end(end, finishedAt);
  }

  removeCostScope(scopeId: number, data: 'keep' | 'delete'): void {
    this.#costs.removeScope(scopeId, data);
  }

  planFreeUp(policy: OpenPolicy): FreeUpPlan {
    return this.#freeSpace.plan(policy);
  }

  freeUp(request: FreeUpRequest): FreeUpResult {
    this.#runs.assertIdle();
    return this.#freeSpace.freeUp(request);
  }

  close(): void {
    this.#file.close();
  }

  /** Goes on with what is the newest now. */
  async #reopen(): Promise<void> {
    this.#file.close();
    const opened = await MirrorDatabase.open(this.#options);
    [this.#file, this.#tables, this.#purges] = [opened.#file, opened.#tables, opened.#purges];
    [this.#freeSpace, this.#runs, this.#costs] = [opened.#freeSpace, opened.#runs, opened.#costs];
    this.#analysis = opened.#analysis;
  }

  /** Writes records of a stream; what the server shows is not held back any more. */
  #apply(
    runId: string,
    stream: DeletableStream,
    records: readonly { readonly remoteId: string }[],
    work: (run: RunContext) => ChangeCounts,
  ): ChangeCounts {
    return this.#runs.write(runId, (run) => {
      const counts = work(run);
      const remoteIds = records.map(({ remoteId }) => remoteId);
      endHolds(this.#file.session, run, stream, remoteIds);
      return counts;
    });
  }
}
