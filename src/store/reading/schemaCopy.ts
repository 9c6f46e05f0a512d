import type { DataFolder } from '../files/dataFolder';
import { NoDatabaseError } from '../errors';
import { SqliteDatabase } from '../sqlite/sqlite';
import { openFolded, plainBytes } from './foldedCopy';
import type { NewestImage } from './newestImage';

/** Definitions in an order in which they can be made; indexes that constraints bring have none. */
const DEFINITIONS = `SELECT sql FROM main.sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
ORDER BY type <> 'table', rowid`;

/** Some PRAGMAs take effect when they are compiled. */
const PRAGMA = /\bpragma\b/i;

/** The tables and views of the newest generation without their rows: what compiles here compiles on the data, and costs little. */
export class SchemaCopy {
  readonly #folder: DataFolder;
  readonly #newest: NewestImage;
  #copy: { readonly generation: number; readonly database: SqliteDatabase } | undefined;

  constructor(folder: DataFolder, newest: NewestImage) {
    this.#folder = folder;
    this.#newest = newest;
  }

  /** Made once for a generation. @throws NoDatabaseError, NewerDatabaseError */
  async current(): Promise<SqliteDatabase> {
    const sealed = this.#newest.current();
    if (sealed === undefined) {
      throw new NoDatabaseError();
    }
    if (this.#copy?.generation !== sealed.number) {
      this.#drop();
      const image = await openFolded(this.#folder, { ...sealed, image: plainBytes(sealed.image) });
      try {
        this.#copy = { generation: sealed.number, database: await emptyCopy(image) };
      } finally {
        image.close();
      }
    }
    return this.#copy.database;
  }

  /** Call it after a statement was compiled here: what it changed must not meet the next one. */
  leave(sql: string): void {
    if (PRAGMA.test(sql)) {
      this.#drop();
    }
  }

  #drop(): void {
    this.#copy?.database.close();
    this.#copy = undefined;
  }
}

async function emptyCopy(image: SqliteDatabase): Promise<SqliteDatabase> {
  const copy = await SqliteDatabase.open();
  copy.script(
    image
      .all<[string]>(DEFINITIONS)
      .map(([sql]) => `${sql};`)
      .join('\n'),
  );
  return copy;
}
