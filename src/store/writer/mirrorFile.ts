import { basename } from 'node:path';
import { collectShards } from '../content/collection';
import type { ShardLimits } from '../content/compactionPlan';
import type { DataFolder } from '../dataFolder';
import { replaceFile } from '../durableFiles';
import { reached } from '../failpoints';
import { refreshFixedCopy } from '../fixedCopy';
import type { GenerationStore } from '../generationStore';
import { ensureSalt } from '../instancesFile';
import { Journal, readJournal, SILENT_JOURNAL, type RunJournal } from '../journal';
import { localTimeIn } from '../localTime';
import { isOwnerDead, isRunUnderWay, readLock } from '../lockFile';
import { migrate, readMeta } from '../migrations';
import type { CopyResult, InstanceProjection, PublishResult, PurgeResult } from '../mirrorWriter';
import type { EpochSeconds } from '../records';
import type { RunStart } from '../runs';
import { queryStatus } from '../statusQuery';
import type { SqliteDatabase } from '../sqlite';
import { compact, giveBackPages } from './compaction';
import { foldJournal } from './foldJournal';
import { MirrorPublisher } from './mirrorPublisher';
import { openFile, openFileCopy, type OpenedFile } from './openFile';
import { PendingEnds } from './pendingEnds';
import { finishPurge, notePurge, resumePurge, type PendingPurge } from './pendingPurge';
import { olderCopies } from './purgedFiles';
import { ensureZone } from './rezone';
import type { Session } from './session';
import { ShardWriter } from './shardWriter';

/** A file above this size is not written again only to record that nothing had changed, in bytes. */
const SMALL_IMAGE = 20 * 1024 * 1024;
/** More stream states than this make a publish cheaper than a journal line. */
const MAX_JOURNALED_STATES = 500;
const LATEST_PUBLISH_SECONDS = 86_400;
/** 1 GiB in pages of 4 KiB: SQLite then says "full", where more memory would end in a crash. */
const MAX_PAGES = 262_144;

export interface MirrorFileOptions {
  readonly folder: string;
  /** IANA name. */
  readonly zone: string;
  readonly now: () => EpochSeconds;
  /** Default 20 MB. */
  readonly smallImage?: number | undefined;
  /** A throw-away copy: the folder stays as it is, byte for byte. */
  readonly isDryRun?: boolean | undefined;
  /** When text moves to shards. */
  readonly shardLimits?: ShardLimits | undefined;
  /** Shards that nothing names are deleted after so many ms; default 24 h. */
  readonly collectAfterMs?: number | undefined;
}

/** `runs`: run records, stream states and the activity of users: no reason of its own to write a new image. */
export type ChangeKind = 'rows' | 'runs';

/** The mirror's database between two publishes: transactions, what is dirty, generations, journal and copies. */
export class MirrorFile {
  readonly session: Session;
  /** Text outside of the image. Use it inside {@link MirrorFile.change}. */
  readonly shards: ShardWriter;
  readonly #options: MirrorFileOptions;
  readonly #folder: DataFolder;
  readonly #store: GenerationStore;
  readonly #publisher: MirrorPublisher;
  readonly #journal: RunJournal;
  readonly #dirty = new Set<ChangeKind>();
  /** What becomes durable with the next publish, or with the journal. */
  readonly pending = new PendingEnds();

  private constructor(options: MirrorFileOptions, { folder, store, database, base, salt }: OpenedFile) {
    this.#options = options;
    this.#folder = folder;
    this.#store = store;
    this.#journal = options.isDryRun === true ? SILENT_JOURNAL : new Journal(folder);
    this.session = { database, localTime: localTimeIn(options.zone), now: options.now, salt };
    this.shards = new ShardWriter(this.session, folder.content);
    this.#publisher = new MirrorPublisher(this.session, store, base);
  }

  /**
   * Opens the newest generation for writing, or a copy of it, and folds the journal in.
   * @throws NewerDatabaseError, InstancesFileError
   */
  static async open(options: MirrorFileOptions): Promise<MirrorFile> {
    const opened = await (options.isDryRun === true
      ? openFileCopy(options.folder)
      : openFile(options.folder, fileTime(options)));
    const file = new MirrorFile(options, opened);
    file.#prepare(opened.generation);
    return file;
  }

  /** Number of the newest generation that this database follows. */
  get generation(): number {
    return this.#publisher.generation;
  }

  get #isDryRun(): boolean {
    return this.#options.isDryRun === true;
  }

  get #database(): SqliteDatabase {
    return this.session.database;
  }

  /** Refuses work once another process was first. */
  assertUsable(): void {
    this.#publisher.assertUsable();
  }

  /** One transaction; notes whether it changed a row. */
  change<T>(kind: ChangeKind, work: () => T): T {
    this.assertUsable();
    const before = this.#totalChanges();
    const result = this.#transaction(work);
    if (this.#totalChanges() > before) {
      this.#dirty.add(kind);
    }
    return result;
  }

  /** Makes the start of a run durable before anything else happens. */
  journalStart(run: RunStart, instance: InstanceProjection): void {
    this.assertUsable();
    this.#journal.start(run, instance, this.#options.zone);
    this.#publisher.noteClient(run.clientVersion);
  }

  /** Lines about this instance count no more. */
  forgetInstance(instanceId: number): void {
    this.#journal.removed(instanceId);
    this.#dirty.add('rows');
  }

  publish(): PublishResult {
    this.assertUsable();
    if (this.#isDryRun) {
      return { generation: this.generation, published: false };
    }
    if (this.#dirty.has('rows')) {
      this.#compact();
    } else {
      if (this.pending.isEmpty) {
        return { generation: this.generation, published: false };
      }
      if (this.#canStayInJournal()) {
        this.pending.write(this.#journal, this.generation, true);
        return { generation: this.generation, published: false };
      }
    }
    this.#publishNext();
    this.#collect();
    return { generation: this.generation, published: true };
  }

  /** Publishes what no generation holds yet, be it known to the journal alone. @param isForced also nothing of it */
  publishAll(isForced: boolean): void {
    this.assertUsable();
    if (isForced || this.#dirty.size > 0 || !this.pending.isEmpty) {
      this.#publishNext();
    }
  }

  /** The salt of hashed user ids; made when there is none. */
  ensureSalt(): Promise<string> {
    return ensureSalt(this.#folder.root);
  }

  /** Files that {@link MirrorFile.publishPurged} deletes. @param emptied shards that will have to be written anew */
  olderCopies(emptied: readonly string[] = []): string[] {
    const staying = this.shards.names();
    emptied.forEach((name) => staying.delete(name));
    return olderCopies(this.#folder, staying);
  }

  /**
   * Publishes a database from which something was erased for good, then deletes every other file that may hold it.
   * @param instanceId the instance that it belonged to
   */
  publishPurged(instanceId: number): PurgeResult {
    const purge: PendingPurge = { generation: this.generation + 1, files: this.olderCopies() };
    notePurge(this.#database, purge);
    // Also the pages that the rows stood on.
    this.#database.script('VACUUM');
    this.#publishNext();
    reached('purge:published');
    this.#store.assertSound(this.generation);
    this.#journal.forget(instanceId);
    const left = finishPurge(this.#database, this.#folder, purge);
    const { fixedName } = this.refreshCopies();
    const filesLeft = fixedName === 'held' ? [...left, basename(this.#folder.fixedName)] : left;
    return { generation: this.generation, published: true, filesLeft };
  }

  /** Refuses what needs the instance for itself. @throws when another process may be writing to the mirror */
  assertMayErase(): void {
    this.assertUsable();
    if (this.#isDryRun) {
      throw new Error('A preview changes nothing');
    }
    const owner = readLock(this.#folder.lock);
    if (owner !== undefined && owner.pid !== process.pid && !isOwnerDead(owner)) {
      throw new Error('Another window or program is syncing. Wait until it has finished, or cancel it.');
    }
  }

  refreshCopies(): CopyResult {
    this.assertUsable();
    if (this.#isDryRun) {
      return { fixedName: 'none' };
    }
    const result = refreshFixedCopy(this.#folder, this.generation, fileTime(this.#options));
    const status = queryStatus(this.#database, this.generation);
    replaceFile(this.#folder.status, `${JSON.stringify(status)}\n`, {
      written: 'status:written',
      renamed: 'status:renamed',
    });
    return result;
  }

  /** A failed run's end is worth telling even though its rows were not published. */
  close(): void {
    this.pending.dropUnpublished();
    this.pending.write(this.#journal, this.generation, false);
    this.#database.close();
  }

  #prepare(generation: number): void {
    const database = this.#database;
    database.script(`PRAGMA max_page_count = ${MAX_PAGES}`);
    migrate(database);
    this.change('rows', () => ensureZone(database, this.#options.zone));
    if (!this.#isDryRun) {
      resumePurge(database, this.#folder);
    }
    if (generation === 0) {
      // A database without a row is not worth a generation.
      this.#dirty.clear();
    }
    this.change('runs', () => {
      foldJournal(
        this.session,
        readJournal(this.#folder),
        generation,
        // This process has no run yet; what it left behind earlier is over.
        ({ start, pid }) => pid !== process.pid && isRunUnderWay(this.#folder, start, pid),
      );
    });
  }

  #publishNext(): void {
    this.#publisher.publishNext();
    this.#dirty.clear();
    this.pending.write(this.#journal, this.generation, false);
    this.#journal.published(this.generation);
  }

  /** Before the publish: a shard is durable before the generation that names it. */
  #compact(): void {
    const { shardLimits } = this.#options;
    if (this.#transaction(() => compact(this.session, this.shards, shardLimits))) {
      giveBackPages(this.#database);
    }
  }

  #collect(): void {
    collectShards(this.#folder, { named: this.shards.names(), afterMs: this.#options.collectAfterMs });
  }

  #transaction<T>(work: () => T): T {
    let hasCommitted = false;
    try {
      const result = this.#database.transaction(work);
      hasCommitted = true;
      return result;
    } finally {
      this.shards.settle(hasCommitted);
    }
  }

  #canStayInJournal(): boolean {
    const [pages] = this.#database.get<[number]>('PRAGMA page_count') ?? [0];
    const [pageSize] = this.#database.get<[number]>('PRAGMA page_size') ?? [0];
    const writtenAt = Number(readMeta(this.#database, 'written_at') ?? 0);
    return (
      pages * pageSize >= (this.#options.smallImage ?? SMALL_IMAGE) &&
      this.pending.stateCount <= MAX_JOURNALED_STATES &&
      this.#options.now() - writtenAt < LATEST_PUBLISH_SECONDS
    );
  }

  #totalChanges(): number {
    return this.#database.get<[number]>('SELECT total_changes()')?.[0] ?? 0;
  }
}

/** Local time as a part of a file name, such as `20251116-143015`. */
function fileTime({ zone, now }: MirrorFileOptions): string {
  return localTimeIn(zone)(now()).text.replaceAll(/[-:]/gu, '').replace(' ', '-');
}
