import type { SqliteDatabase } from '../sqlite/sqlite';

/** 1 GiB in pages of 4 KiB: SQLite then says "full", where more memory would end in a crash. */
export const MAX_PAGES = 262_144;

/** Part of the pages that rows of servers must leave free: a run that has to stop still has to write down its end. */
const RESERVED_PART = 1 / 64;

/** How far the image may grow, by what is being written. SQLite refuses what goes beyond with a MirrorFullError. */
export class PageLimit {
  readonly #database: SqliteDatabase;
  readonly #pages: number;
  #inForce = 0;

  /** @param pages the largest image; nothing of the reserve is given to rows of servers */
  constructor(database: SqliteDatabase, pages: number = MAX_PAGES) {
    this.#database = database;
    this.#pages = pages;
  }

  /** Puts the limit for one kind of change in force. */
  allow(kind: 'rows' | 'runs'): void {
    const pages = kind === 'runs' ? this.#pages : Math.floor(this.#pages * (1 - RESERVED_PART));
    if (pages !== this.#inForce) {
      this.#database.script(`PRAGMA max_page_count = ${pages}`);
      this.#inForce = pages;
    }
  }
}
