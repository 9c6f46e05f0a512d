import type { ApplyChatResult, RowChange } from '../writeResults';
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
  EpochSeconds,
  FeedbackRecord,
  FileRecord,
  GroupRecord,
  KnowledgeBaseRecord,
  ModelRecord,
  StreamName,
  UserRecord,
} from '../records';
import { PRIVACY } from '../instances/privacy';
import { NO_CHANGES, type ChangeCounts, type RunEnd, type RunStart } from '../runs';
import { endHolds, heldIds, holdDeletions } from './heldDeletions';
import { erasedPeople, factsOf, writeHealth, writeSyncAccount } from './instanceFacts';
import type { MirrorParts } from './mirrorParts';
import { assertMayKeepId } from './privateRecords';
import { quarantine, quarantinedChats, release } from './quarantine';
import { readStates, writeInstance, writeRunEnd, writeRunStart, writeStates } from './runRows';
import type { RunContext } from './session';
import { changesOf, livingIds, livingTimes } from './streamTables';

/** What sync runs read and write: the part of `StoreWriter` that they have. */
export class RunWrites {
  protected parts: MirrorParts;

  constructor(parts: MirrorParts) {
    this.parts = parts;
  }

  facts(instanceId: number): InstanceFacts {
    this.parts.file.assertUsable();
    return factsOf(this.parts.file.session, instanceId);
  }

  startRun(start: RunStart, instance: InstanceProjection): void {
    this.parts.purges.assertPurged(instance);
    this.parts.file.journalStart(start, instance);
    const rowId = this.parts.file.change('runs', () => {
      writeInstance(this.parts.file.session, instance);
      return writeRunStart(this.parts.file.session, start);
    });
    this.parts.analysis.applyAgain();
    const rules = PRIVACY[instance.privacy ?? 'full'];
    this.parts.runs.begin({ rowId, runId: start.runId, instanceId: start.instanceId, rules });
  }

  endRun(end: RunEnd): void {
    const { rowId } = this.parts.runs.get(end.runId);
    this.parts.file.change('runs', () => {
      writeRunEnd(this.parts.file.session, rowId, end);
    });
    this.parts.file.pending.noteEnd(end);
    this.parts.runs.end(end.runId);
  }

  knownUsers(runId: string): KnownUser[] {
    return this.parts.tables.users.known(this.parts.runs.get(runId));
  }

  knownChats(runId: string, userRemoteId: string): KnownChat[] {
    return this.parts.tables.chats.known(this.parts.runs.get(runId).instanceId, userRemoteId);
  }

  liveChats(runId: string): number {
    return this.parts.tables.chats.countLive(this.parts.runs.get(runId).instanceId);
  }

  erasedPeople(runId: string): string[] {
    return erasedPeople(this.parts.file.session, this.parts.runs.get(runId).instanceId);
  }

  knownIds(runId: string, stream: WholeStream): string[] {
    return livingIds(this.parts.file.session, this.parts.runs.get(runId).instanceId, stream);
  }

  knownKnowledgeBases(runId: string): Map<string, EpochSeconds | undefined> {
    return livingTimes(this.parts.file.session, this.parts.runs.get(runId).instanceId, 'knowledge_bases');
  }

  knownFeedback(runId: string): Map<string, EpochSeconds | undefined> {
    return livingTimes(this.parts.file.session, this.parts.runs.get(runId).instanceId, 'feedback');
  }

  heldDeletions(runId: string, stream: DeletableStream): string[] {
    return heldIds(this.parts.file.session, this.parts.runs.get(runId), stream);
  }

  state(runId: string): StreamState[] {
    return readStates(this.parts.file.session, this.parts.runs.get(runId).instanceId);
  }

  applyUsers(runId: string, users: readonly UserRecord[]): ChangeCounts {
    const counts = this.#apply(runId, 'users', users, (run) => this.parts.tables.users.apply(run, users));
    this.parts.file.change('runs', () =>
      this.parts.tables.users.noteActivity(this.parts.runs.get(runId), users),
    );
    return counts;
  }

  setSyncAccount(runId: string, userRemoteId: string): void {
    this.parts.runs.write(runId, (run) => {
      writeSyncAccount(this.parts.file.session, run.instanceId, userRemoteId);
    });
  }

  applyChat(runId: string, chat: FetchedChat): ApplyChatResult {
    return this.parts.runs.write(runId, (run) => {
      const result = this.parts.tables.chats.apply(run, chat);
      if (result.outcome === 'applied') {
        release(this.parts.file.session, run, 'chats', chat.remoteId);
        endHolds(this.parts.file.session, run, 'chats', [chat.remoteId]);
      }
      return result;
    });
  }

  applyGroups(runId: string, groups: readonly GroupRecord[]): ChangeCounts {
    return this.#apply(runId, 'groups', groups, (run) => this.parts.tables.groups.apply(run, groups));
  }

  applyFeedback(runId: string, feedback: readonly FeedbackRecord[]): ChangeCounts {
    return this.#apply(runId, 'feedback', feedback, (run) => this.parts.tables.feedback.apply(run, feedback));
  }

  applyModels(runId: string, models: readonly ModelRecord[]): ChangeCounts {
    const shown = models.map(({ modelId }) => ({ remoteId: modelId }));
    return this.#apply(runId, 'models', shown, (run) => this.parts.tables.library.applyModels(run, models));
  }

  applyKnowledgeBases(runId: string, bases: readonly KnowledgeBaseRecord[]): ChangeCounts {
    return this.#apply(runId, 'knowledge_bases', bases, (run) =>
      this.parts.tables.library.applyKnowledgeBases(run, bases),
    );
  }

  applyFiles(runId: string, files: readonly FileRecord[], knowledgeBaseId?: string): ChangeCounts {
    return this.#apply(runId, 'files', files, (run) =>
      this.parts.tables.library.applyFiles(run, files, knowledgeBaseId),
    );
  }

  markDeleted(runId: string, stream: DeletableStream, remoteIds: readonly string[]): ChangeCounts {
    const deleted = this.parts.runs.write(runId, (run) => {
      endHolds(this.parts.file.session, run, stream, remoteIds);
      return this.parts.tables.markDeleted(run, stream, remoteIds);
    });
    return { ...NO_CHANGES, deleted };
  }

  holdDeletions(
    runId: string,
    stream: DeletableStream,
    remoteIds: readonly string[],
    reason: HoldReason,
  ): void {
    this.parts.runs.write(runId, (run) => {
      holdDeletions(this.parts.file.session, run, stream, remoteIds, reason);
    });
  }

  quarantine(
    runId: string,
    stream: StreamName,
    remoteId: string,
    reason: string,
    seenAt: EpochSeconds,
  ): void {
    this.parts.runs.write(runId, (run) => {
      quarantine(this.parts.file.session, run, stream, remoteId, reason, seenAt);
    });
  }

  quarantined(runId: string, now: EpochSeconds): string[] {
    return quarantinedChats(this.parts.file.session, this.parts.runs.get(runId), now);
  }

  setHealth(runId: string, health: InstanceHealth): void {
    const { instanceId } = this.parts.runs.get(runId);
    this.parts.file.change('runs', () => {
      writeHealth(this.parts.file.session, instanceId, health);
    });
    this.parts.file.pending.noteHealth(runId, health);
  }

  changes(runId: string, limit: number): RowChange[] {
    this.parts.file.assertUsable();
    return changesOf(this.parts.file.session, runId, limit);
  }

  saveState(runId: string, states: readonly StreamState[]): void {
    const { instanceId, rules } = this.parts.runs.get(runId);
    for (const { scope } of states.filter((state) => state.scope !== '')) {
      assertMayKeepId(rules, scope);
    }
    this.parts.file.change('runs', () => {
      writeStates(this.parts.file.session, instanceId, states);
    });
    this.parts.file.pending.noteStates(runId, states);
  }

  /** Writes records of a stream; what the server shows is not held back any more. */
  #apply(
    runId: string,
    stream: DeletableStream,
    records: readonly { readonly remoteId: string }[],
    work: (run: RunContext) => ChangeCounts,
  ): ChangeCounts {
    return this.parts.runs.write(runId, (run) => {
      const counts = work(run);
      const remoteIds = records.map(({ remoteId }) => remoteId);
      endHolds(this.parts.file.session, run, stream, remoteIds);
      return counts;
    });
  }
}
