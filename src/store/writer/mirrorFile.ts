import { collectShards } from '../content/collection';
import type { DataFolder } from '../files/dataFolder';
import type { GenerationStore } from '../files/generationStore';
import { ensureSalt } from '../instances/instancesFile';
import { Journal, readJournal, SILENT_JOURNAL, type RunJournal } from '../files/journal';
import { localTimeIn } from '../localTime';
import { assertNobodyElseSyncs, costsReadSince, isRunUnderWay } from '../locks/lockFile';
import { migrate } from '../migrations';
import type { CopyResult, PublishResult, PurgeResult } from '../writeResults';
import type { InstanceProjection } from '../instances/projection';
import type { RunStart } from '../runs';
import type { SqliteDatabase } from '../sqlite/sqlite';
import { explained, unlessStorageFails } from '../files/storageFailure';
import { interruptCostRuns } from './cloudCostRuns';
import { compact, giveBackPages } from './compaction';
import { foldJournal } from './foldJournal';
import { applyRetention } from './freeSpaceAuto';
import { canStayInJournal } from './journalRule';
import { fileTime, type MirrorFileOptions } from './mirrorFileOptions';
import { MirrorPublisher } from './mirrorPublisher';
import { openFile, openFileCopy, type OpenedFile } from './openFile';
import { PendingEnds } from './pendingEnds';
import { resumePurge } from './pendingPurge';
import { PageLimit } from './pageLimit';
import { olderCopies } from './purgedFiles';
import { publishPurged } from './purgedPublish';
import { ensureZone } from './rezone';
import type { Session } from './session';
import { ShardWriter } from './shardWriter';
import { refreshSideFiles } from './sideFiles';
import { spreadCosts } from './spreadCosts';

/** `runs`: run records, stream states and the activity of users: no reason of its own to write a new image. */
export type ChangeKind = 'rows' | 'runs';

/** The mirror's database between two publishes: transactions, what is dirty, generations, journal and copies. */
export class MirrorFile {
  readonly session: Session;
  readonly folder: DataFolder;
  /** Text outside of the image. Use it inside {@link MirrorFile.change}. */
  readonly shards: ShardWriter;
  readonly #options: MirrorFileOptions;
  readonly #store: GenerationStore;
  readonly #publisher: MirrorPublisher;
  readonly #journal: RunJournal;
  readonly #limit: PageLimit;
  readonly #dirty = new Set<ChangeKind>();
  /** Runs that were removed; the journal must not bring them back. */
  readonly #droppedRuns = new Set<string>();
  /** What becomes durable with the next publish, or with the journal. */
  readonly pending = new PendingEnds();

  private constructor(options: MirrorFileOptions, { folder, store, database, base, salt }: OpenedFile) {
    this.#options = options;
    this.folder = folder;
    this.#store = store;
    this.#journal = options.isDryRun === true ? SILENT_JOURNAL : new Journal(folder);
    this.session = { database, localTime: localTimeIn(options.zone), now: options.now, salt };
    this.shards = new ShardWriter(this.session, folder.content);
    this.#publisher = new MirrorPublisher(this.session, store, base);
    this.#limit = new PageLimit(database, options.maxPages);
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
    this.#limit.allow(kind);
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

  /** Lines about these runs go from the journal once a generation without them is published. */
  forgetRuns(runIds: readonly string[]): void {
    runIds.forEach((runId) => this.#droppedRuns.add(runId));
  }

  /** Moves all pages together, so that those that hold nothing go. */
  vacuum(): void {
    this.assertUsable();
    this.#database.script('VACUUM');
    this.#dirty.add('rows');
  }

  publish(): PublishResult {
    this.assertUsable();
    if (this.#isDryRun) {
      return { generation: this.generation, published: false };
    }
    if (!this.#dirty.has('rows')) {
      if (this.pending.isEmpty) {
        return { generation: this.generation, published: false };
      }
      if (this.#canStayInJournal()) {
        this.pending.write(this.#journal, this.generation, true);
        return { generation: this.generation, published: false };
      }
    }
    this.forgetRuns(applyRetention(this, this.#options.retention, !this.pending.isEmpty));
    if (this.#dirty.has('rows')) {
      this.#spreadCosts();
      this.#compact();
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
    return ensureSalt(this.folder.root);
  }

  /** Files that {@link MirrorFile.publishPurged} deletes. @param emptied shards that will have to be written anew */
  olderCopies(emptied: readonly string[] = []): string[] {
    const staying = this.shards.names();
    emptied.forEach((name) => staying.delete(name));
    return olderCopies(this.folder, staying);
  }

  /** Publishes what remains, then deletes every other file that may hold what was erased of an instance. */
  publishPurged(instanceId: number): PurgeResult {
    this.#spreadCosts();
    const places = {
      store: this.#store,
      journal: this.#journal,
      publishNext: () => {
        this.#publishNext();
      },
    };
    return publishPurged(this, places, instanceId);
  }

  /** Refuses what needs the instance for itself. @throws when another process may be writing to the mirror */
  assertMayErase(): void {
    this.assertUsable();
    if (this.#isDryRun) {
      throw new Error('A preview changes nothing');
    }
    assertNobodyElseSyncs(this.folder);
  }

  refreshCopies(): CopyResult {
    this.assertUsable();
    if (this.#isDryRun) {
      return { fixedName: 'none' };
    }
    const source = {
      folder: this.folder,
      store: this.#store,
      database: this.#database,
      generation: this.generation,
    };
    return refreshSideFiles(source, fileTime(this.#options));
  }

  close(): void {
    this.pending.close(this.#journal, this.generation, this.#publisher.failure);
    this.#database.close();
  }

  #prepare(generation: number): void {
    const database = this.#database;
    this.#limit.allow('runs');
    migrate(database);
    this.change('rows', () => ensureZone(database, this.#options.zone));
    if (!this.#isDryRun) {
      resumePurge(database, this.folder);
    }
    if (generation === 0) {
      // A database without a row is not worth a generation.
      this.#dirty.clear();
    }
    this.change('runs', () => {
      foldJournal(
        this.session,
        readJournal(this.folder),
        generation,
        // This process has no run yet; what it left behind earlier is over.
        ({ start, pid }) => pid !== process.pid && isRunUnderWay(this.folder, start, pid),
      );
      // Who reads costs writes month by month, with a writer of its own each time.
      interruptCostRuns(this.session, costsReadSince(this.folder));
    });
  }

  #publishNext(): void {
    this.#limit.allow('runs');
    this.#publisher.publishNext();
    this.#dirty.clear();
    this.pending.published(this.#journal, this.generation);
    this.#journal.forgetRuns(this.#droppedRuns);
    this.#droppedRuns.clear();
  }

  /**
   * Before the publish: a shard is durable before the generation that names it. On a disk that does not take one, text
   * stays where it is until the next publish.
   */
  #compact(): void {
    // A full image must be able to become smaller.
    this.#limit.allow('runs');
    const { shardLimits } = this.#options;
    const moved = unlessStorageFails(() =>
      explained(this.folder.content, 0, () =>
        this.#transaction(() => compact(this.session, this.shards, shardLimits)),
      ),
    );
    if (moved === true) {
      giveBackPages(this.#database);
    }
  }

  /** Costs follow what is published. Where the database is full they are spread all the same: they take little. */
  #spreadCosts(): void {
    this.#limit.allow('runs');
    this.#transaction(() => {
      spreadCosts(this.session);
    });
  }

  #collect(): void {
    collectShards(this.folder, { named: this.shards.names(), afterMs: this.#options.collectAfterMs });
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
    const { now, smallImage } = this.#options;
    return canStayInJournal(this.#database, this.pending.stateCount, now(), smallImage);
  }

  #totalChanges(): number {
    return this.#database.get<[number]>('SELECT total_changes()')?.[0] ?? 0;
  }
}
