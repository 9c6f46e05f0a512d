import type { DataFolder } from '../dataFolder';
import { NoDatabaseError } from '../errors';
import type { SealedImage } from '../fileGeneration';
import { journalSignature } from '../journal';
import type { MirrorStatus } from '../runs';
import type { SqliteDatabase } from '../sqlite';
import { queryStatus } from '../statusQuery';
import { foldAgain, openFolded, openJournalOnly } from './foldedCopy';
import { NewestImage } from './newestImage';

interface Opened {
  readonly sealed: SealedImage;
  readonly database: SqliteDatabase;
  readonly journal: string;
}

/** The reader's throw-away copy of the newest generation; swapped between two questions. */
export class Snapshot {
  readonly #folder: DataFolder;
  readonly #newest: NewestImage;
  #opened: Opened | undefined;

  constructor(folder: DataFolder) {
    this.#folder = folder;
    this.#newest = new NewestImage(folder);
  }

  /** @throws NoDatabaseError when nothing was published yet. */
  async database(): Promise<SqliteDatabase> {
    const opened = await this.#refresh();
    if (opened === undefined) {
      throw new NoDatabaseError();
    }
    return opened.database;
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
      this.#opened = { sealed, database, journal };
    } else if (this.#opened.journal !== journal) {
      foldAgain(this.#folder, this.#opened.database, sealed.number);
      this.#opened = { ...this.#opened, journal };
    }
    return this.#opened;
  }
}
