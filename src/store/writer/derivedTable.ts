import type { Cell } from '../resultSet';
import type { Value } from '../sqlite/sqlite';
import { placeholders, stamp, type Session } from './session';

/** A row of a table that is made of others. */
export interface DerivedRow {
  readonly key: readonly Value[];
  readonly values: readonly Value[];
}

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
  replace(session: Session, from: string, bound: readonly Value[], rows: readonly DerivedRow[]): void {
    const { database } = session;
    const columns = [...this.#key, ...this.#values].map((column) => `t.${column}`).join(', ');
    const size = this.#key.length;
    const before = new Map(
      database
        .all<readonly Cell[]>(`SELECT ${columns} ${from}`, bound)
        .map((cells) => [
          textOf(cells.slice(0, size)),
          { key: cells.slice(0, size), values: textOf(cells.slice(size)) },
        ]),
    );
    for (const { key, values } of rows) {
      const name = textOf(key);
      if (before.get(name)?.values !== textOf(values)) {
        database.run(this.#write, [...key, ...values, ...stamp(session)]);
      }
      before.delete(name);
    }
    const where = this.#key.map((column) => `${column} = ?`).join(' AND ');
    for (const { key } of before.values()) {
      database.run(`DELETE FROM ${this.#table} WHERE ${where}`, key);
    }
  }
}

/** Integers come as numbers and as bigint: both are written alike, to the last digit. */
function textOf(cells: readonly (Cell | Value)[]): string {
  return JSON.stringify(
    cells.map((cell) => (typeof cell === 'string' || cell === null ? cell : [String(cell)])),
  );
}
