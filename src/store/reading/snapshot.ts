import { ContentShards } from '../content/contentShards';
import type { DataFolder } from '../files/dataFolder';
import { NoDatabaseError } from '../errors';
import type { SealedImage } from '../files/fileGeneration';
import { journalSignature } from '../files/journal';
import type { MirrorStatus } from '../runs';
import type { SqliteDatabase } from '../sqlite/sqlite';
import { queryStatus } from '../statusQuery';
import { foldAgain, openFolded, openJournalOnly } from './foldedCopy';
import { NewestImage } from './newestImage';
import { statementsOf, type Statements } from './shardedText';

interface Opened {
  readonly sealed: SealedImage;
  readonly database: SqliteDatabase;
  readonly statements: Statements;
  readonly journal: string;
}

/** The reader's throw-away copy of the newest generation; swapped between two questions. */
export class Snapshot {
  readonly #folder: DataFolder;
  readonly #shards: ContentShards;
  readonly #newest: NewestImage;
  #opened: Opened | undefined;

  /** @param shards the worker's opened shards */
  constructor(folder: DataFolder, shards = new ContentShards(folder.content)) {
    this.#folder = folder;
    this.#shards = shards;
    this.#newest = new NewestImage(folder);
  }

  /** @throws NoDatabaseError when nothing was published yet. */
  async database(): Promise<SqliteDatabase> {
    return (await this.#current()).database;
  }

  /** Runs statements, with the text of every message within reach. @throws NoDatabaseError */
  async statements(): Promise<Statements> {
    return (await this.#current()).statements;
  }

  /** Number of the generation that the next question reads; 0 = none. */
  async generation(): Promise<number> {
    return (await this.#refresh())?.sealed.number ?? 0;
  }

  /** Whether a run still lives is looked up anew each time. */
  async status(): Promise<MirrorStatus> {
    const opened = await this.#refresh();
    if (opened !== undefined) {
      foldAgain(this.#folder, opened.database, opened.sealed.number);
      return queryStatus(opened.database, opened.sealed.number);
    }
    const database = await openJournalOnly(this.#folder);
    try {
      return queryStatus(database, 0);
    } finally {
      database.close();
    }
  }

  async #current(): Promise<Opened> {
    const opened = await this.#refresh();
    if (opened === undefined) {
      throw new NoDatabaseError();
    }
    return opened;
  }

  async #refresh(): Promise<Opened | undefined> {
    // The journal first: a run that ended meanwhile is in the newer file.
    const journal = journalSignature(this.#folder);
    const sealed = this.#newest.current();
    if (sealed === undefined) {
      return undefined;
    }
    if (this.#opened?.sealed !== sealed) {
      const database = await openFolded(this.#folder, sealed);
      this.#opened?.database.close();
      this.#opened = { sealed, database, statements: statementsOf(database, this.#shards), journal };
    } else if (this.#opened.journal !== journal) {
      foldAgain(this.#folder, this.#opened.database, sealed.number);
      this.#opened = { ...this.#opened, journal };
    }
    return this.#opened;
  }
}
