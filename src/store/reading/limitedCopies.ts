import type { DataFolder } from '../files/dataFolder';
import type { SealedImage } from '../files/fileGeneration';
import { journalSignature } from '../files/journal';
import { SqliteDatabase } from '../sqlite/sqlite';
import { openFolded, plainBytes } from './foldedCopy';
import { limitCopy } from './limitedCopy';
import type { Visible } from './limitedCopyTypes';

interface LimitedImage {
  readonly sealed: SealedImage;
  readonly journal: string;
  /** {@link Visible} as text. */
  readonly visible: string;
  readonly image: Uint8Array;
}

/** Copies for statements that may see certain instances only. The last one is kept, so that the next question is quick. */
export class LimitedCopies {
  readonly #folder: DataFolder;
  #last: LimitedImage | undefined;

  constructor(folder: DataFolder) {
    this.#folder = folder;
  }

  /** A fresh copy, protected against writing; close it. @throws NewerDatabaseError and as `limitCopy` does */
  async open(sealed: SealedImage, visible: Visible): Promise<SqliteDatabase> {
    const database = await SqliteDatabase.open(await this.#image(sealed, visible));
    database.script('PRAGMA query_only = ON');
    return database;
  }

  async #image(sealed: SealedImage, visible: Visible): Promise<Uint8Array> {
    const wanted = {
      sealed,
      // Runs that the journal knows are in the copy.
      journal: journalSignature(this.#folder),
      visible: JSON.stringify(visible.instances.map(({ id, text }) => [id, text])),
    };
    const last = this.#last;
    if (last?.sealed === sealed && last.journal === wanted.journal && last.visible === wanted.visible) {
      return last.image;
    }
    this.#last = undefined;
    const image = await this.#make(sealed, visible);
    this.#last = { ...wanted, image };
    return image;
  }

  async #make(sealed: SealedImage, visible: Visible): Promise<Uint8Array> {
    const database = await openFolded(this.#folder, { ...sealed, image: plainBytes(sealed.image) });
    try {
      limitCopy(database, visible);
      return plainBytes(database.export());
    } finally {
      database.close();
    }
  }
}
