import type {
  ApplyChatResult,
  CopyResult,
  FetchedChat,
  InstanceProjection,
  KnownChat,
  KnownUser,
  PublishResult,
  StreamState,
} from '../mirrorWriter';
import type {
  ChatDecoder,
  EpochSeconds,
  FileRecord,
  KnowledgeBaseRecord,
  ModelRecord,
  StreamName,
  UserRecord,
} from '../records';
import { NO_CHANGES, type ChangeCounts, type RunEnd, type RunStart } from '../runs';
import { ChatTable } from './chats';
import { LibraryTables } from './library';
import { MirrorFile, type MirrorFileOptions } from './mirrorFile';
import { quarantine, quarantinedChats, release } from './quarantine';
import { eraseInstance, markInstanceRemoved } from './removeInstance';
import { readStates, writeInstance, writeRunEnd, writeRunStart, writeStates } from './runRows';
import type { RunContext } from './session';
import { UserTable } from './users';

export interface MirrorOptions extends MirrorFileOptions {
  readonly decodeChat: ChatDecoder;
}

/** `StoreWriter` inside the thread that holds the database: the same methods, synchronous. */
export class MirrorDatabase {
  readonly #file: MirrorFile;
  readonly #users: UserTable;
  readonly #chats: ChatTable;
  readonly #library: LibraryTables;
  readonly #runs = new Map<string, RunContext>();

  private constructor(file: MirrorFile, decodeChat: ChatDecoder) {
    this.#file = file;
    this.#users = new UserTable(file.session);
    this.#chats = new ChatTable(file.session, this.#users, decodeChat);
    this.#library = new LibraryTables(file.session, this.#users);
  }

  /** Opens the newest generation, or begins a new database. @throws NewerDatabaseError */
  static async open(options: MirrorOptions): Promise<MirrorDatabase> {
    return new MirrorDatabase(await MirrorFile.open(options), options.decodeChat);
  }

  startRun(start: RunStart, instance: InstanceProjection): void {
    this.#file.journalStart(start, instance);
    const rowId = this.#file.change('runs', () => {
      writeInstance(this.#file.session, instance);
      return writeRunStart(this.#file.session, start);
    });
    this.#runs.set(start.runId, { rowId, runId: start.runId, instanceId: start.instanceId });
  }

  endRun(end: RunEnd): void {
    const { rowId } = this.#run(end.runId);
    this.#file.change('runs', () => {
      writeRunEnd(this.#file.session, rowId, end);
    });
    this.#file.noteEnd(end);
    this.#runs.delete(end.runId);
  }

  knownUsers(runId: string): KnownUser[] {
    return this.#users.known(this.#run(runId).instanceId);
  }

  knownChats(runId: string, userRemoteId: string): KnownChat[] {
    return this.#chats.known(this.#run(runId).instanceId, userRemoteId);
  }

  liveChats(runId: string): number {
    return this.#chats.countLive(this.#run(runId).instanceId);
  }

  knownIds(runId: string, stream: 'models' | 'knowledge_bases' | 'files'): string[] {
    return this.#library.knownIds(this.#run(runId).instanceId, stream);
  }

  knownKnowledgeBases(runId: string): Map<string, EpochSeconds | undefined> {
    return this.#library.knownKnowledgeBases(this.#run(runId).instanceId);
  }

  state(runId: string): StreamState[] {
    return readStates(this.#file.session, this.#run(runId).instanceId);
  }

  applyUsers(runId: string, users: readonly UserRecord[]): ChangeCounts {
    const counts = this.#write(runId, (run) => this.#users.apply(run, users));
    this.#file.change('runs', () => this.#users.noteActivity(this.#run(runId), users));
    return counts;
  }

  applyChat(runId: string, chat: FetchedChat): ApplyChatResult {
    return this.#write(runId, (run) => {
      const result = this.#chats.apply(run, chat);
      if (result.outcome === 'applied') {
        release(this.#file.session, run, 'chats', chat.remoteId);
      }
      return result;
    });
  }

  applyModels(runId: string, models: readonly ModelRecord[]): ChangeCounts {
    return this.#write(runId, (run) => this.#library.applyModels(run, models));
  }

  applyKnowledgeBases(runId: string, bases: readonly KnowledgeBaseRecord[]): ChangeCounts {
    return this.#write(runId, (run) => this.#library.applyKnowledgeBases(run, bases));
  }

  applyFiles(runId: string, files: readonly FileRecord[], knowledgeBaseId?: string): ChangeCounts {
    return this.#write(runId, (run) => this.#library.applyFiles(run, files, knowledgeBaseId));
  }

  markDeleted(
    runId: string,
    stream: Exclude<StreamName, 'messages'>,
    remoteIds: readonly string[],
  ): ChangeCounts {
    const deleted = this.#write(runId, (run) => this.#markDeleted(run, stream, remoteIds));
    return { ...NO_CHANGES, deleted };
  }

  quarantine(
    runId: string,
    stream: StreamName,
    remoteId: string,
    reason: string,
    seenAt: EpochSeconds,
  ): void {
    this.#write(runId, (run) => {
      quarantine(this.#file.session, run, stream, remoteId, reason, seenAt);
    });
  }

  quarantined(runId: string, now: EpochSeconds): string[] {
    return quarantinedChats(this.#file.session, this.#run(runId), now);
  }

  saveState(runId: string, states: readonly StreamState[]): void {
    const { instanceId } = this.#run(runId);
    this.#file.change('runs', () => {
      writeStates(this.#file.session, instanceId, states);
    });
    this.#file.noteStates(runId, states);
  }

  publish(): PublishResult {
    return this.#file.publish();
  }

  refreshCopies(): CopyResult {
    return this.#file.refreshCopies();
  }

  removeInstance(instanceId: number, data: 'keep' | 'delete'): PublishResult {
    this.#file.assertUsable();
    if ([...this.#runs.values()].some((run) => run.instanceId === instanceId)) {
      throw new Error('A sync of this instance is running. Cancel it first.');
    }
    if (data === 'keep') {
      this.#file.change('rows', () => {
        markInstanceRemoved(this.#file.session, instanceId);
      });
    } else {
      this.#file.forgetInstance(instanceId);
      eraseInstance(this.#file.session, instanceId);
    }
    const result = this.#file.publish();
    if (data === 'delete') {
      this.#file.dropOlderGenerations();
    }
    this.#file.refreshCopies();
    return result;
  }

  close(): void {
    this.#file.close();
  }

  /** A user takes his chats and their messages along. @returns the rows of the stream itself. */
  #markDeleted(
    run: RunContext,
    stream: Exclude<StreamName, 'messages'>,
    remoteIds: readonly string[],
  ): number {
    switch (stream) {
      case 'users': {
        const marked = this.#users.markDeleted(run, remoteIds);
        for (const remoteId of marked) {
          this.#chats.markDeletedOf(run, remoteId);
        }
        return marked.length;
      }
      case 'chats':
        return this.#chats.markDeleted(run, remoteIds);
      default:
        return this.#library.markDeleted(run, stream, remoteIds);
    }
  }

  #write<T>(runId: string, work: (run: RunContext) => T): T {
    const run = this.#run(runId);
    return this.#file.change('rows', () => work(run));
  }

  #run(runId: string): RunContext {
    this.#file.assertUsable();
    const run = this.#runs.get(runId);
    if (run === undefined) {
      throw new Error(`The sync run ${runId} was not started here`);
    }
    return run;
  }
}
