import type { Cell } from '../resultSet';
import type { Value } from '../sqlite/sqlite';
import { keyedRow, rowChanges, type KeyedRow } from './rowChanges';
import { placeholders, stamp, type Session } from './session';

/** A table whose rows are worked out anew: those that come out the same are untouched, the others go. */
export class DerivedTable {
  readonly #table: string;
  readonly #key: readonly string[];
  readonly #values: readonly string[];
  readonly #write: string;

  constructor(table: string, key: readonly string[], values: readonly string[]) {
    this.#table = table;
    this.#key = key;
    this.#values = values;
    const written = [...values, 'sync_datetime', 'sync_datetime_epoch'];
    this.#write = `INSERT INTO ${table} (${[...key, ...written].join(', ')})
      VALUES (${placeholders(key.length + written.length)})
      ON CONFLICT (${key.join(', ')}) DO UPDATE SET
        ${written.map((column) => `${column} = excluded.${column}`).join(', ')}, is_deleted = 0`;
  }

  /** @param from what selects the rows that there are, as `t`, with its values */
  replace(session: Session, from: string, bound: readonly Value[], rows: readonly KeyedRow[]): void {
    const { database } = session;
    const columns = [...this.#key, ...this.#values].map((column) => `t.${column}`).join(', ');
    const present = database
      .all<readonly Cell[]>(`SELECT ${columns} ${from}`, bound)
      .map((cells) => keyedRow(cells, this.#key.length));
    const { written, gone } = rowChanges(present, rows);
    for (const { key, values } of written) {
      database.run(this.#write, [...key, ...values, ...stamp(session)]);
    }
    const where = this.#key.map((column) => `${column} = ?`).join(' AND ');
    for (const key of gone) {
      database.run(`DELETE FROM ${this.#table} WHERE ${where}`, key);
    }
  }
}
