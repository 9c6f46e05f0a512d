import { utcDateOf } from '../costs/costEntries';
import type { Cell } from '../resultSet';
import type { Value } from '../sqlite/sqlite';
import { placeholders, stamp, type Session } from './session';

/** A row of a table that is replaced by days, without the place that it belongs to. */
export interface DatedRow {
  readonly utcDay: number;
  /** In the order of the table's key. */
  readonly key: readonly Value[];
  /** In the order of the table's values. */
  readonly values: readonly Value[];
}

/** What rows belong to: columns of the key that are the same for all rows of a replacement. */
export type Place = Readonly<Record<string, Value>>;

interface Columns {
  /** Of the unique key, beside those of the place; `utc_day` is one of them. */
  readonly key: readonly string[];
  readonly values: readonly string[];
}

/** A table of amounts by UTC day that is replaced as a whole for some days. Equal rows are untouched. */
export class DatedTable {
  readonly #table: string;
  readonly #columns: Columns;

  constructor(table: string, columns: Columns) {
    this.#table = table;
    this.#columns = columns;
  }

  /**
   * Makes the rows of these days those that are given; the others are marked deleted.
   * @returns how many were added, changed or marked @throws where a row lies outside of the days or is there twice
   */
  replace(
    session: Session,
    place: Place,
    days: { readonly first: number; readonly last: number },
    runId: number,
    rows: readonly DatedRow[],
  ): number {
    const before = this.#stored(session, place, days);
    const insert = this.#insertSql(Object.keys(place));
    const seen = new Set<string>();
    let changed = 0;
    for (const { utcDay, key, values } of rows) {
      const name = JSON.stringify(key);
      if (utcDay < days.first || utcDay > days.last) {
        throw new Error(`A row of ${utcDateOf(utcDay)} lies outside of what is replaced`);
      }
      if (seen.has(name)) {
        throw new Error(`A row is there twice: ${name}`);
      }
      seen.add(name);
      if (before.get(name) !== textOf(values)) {
        const date = utcDateOf(utcDay);
        session.database.run(insert, [
          ...Object.values(place),
          ...key,
          ...values,
          date,
          runId,
          ...stamp(session),
        ]);
        changed++;
      }
    }
    const gone = [...before].filter(([name, values]) => values !== undefined && !seen.has(name));
    for (const [name] of gone) {
      const key = JSON.parse(name) as readonly Value[];
      session.database.run(this.#deleteSql(Object.keys(place)), [
        ...[runId, ...stamp(session)],
        ...[...Object.values(place), ...key],
      ]);
    }
    return changed + gone.length;
  }

  /** Values as text by key; undefined of a row that is marked deleted. */
  #stored(
    session: Session,
    place: Place,
    days: { readonly first: number; readonly last: number },
  ): Map<string, string | undefined> {
    const { key, values } = this.#columns;
    const where = Object.keys(place).map((column) => `${column} = ?`);
    const rows = session.database.all<readonly [isDeleted: number, ...cells: Cell[]]>(
      `SELECT is_deleted, ${[...key, ...values].join(', ')} FROM ${this.#table}
       WHERE ${where.join(' AND ')} AND utc_day BETWEEN ? AND ?`,
      [...Object.values(place), days.first, days.last],
    );
    return new Map(
      rows.map(([isDeleted, ...cells]) => [
        JSON.stringify(cells.slice(0, key.length)),
        isDeleted === 1 ? undefined : textOf(cells.slice(key.length)),
      ]),
    );
  }

  #insertSql(place: readonly string[]): string {
    const { key, values } = this.#columns;
    const written = [...values, 'date', 'run_id', 'sync_datetime', 'sync_datetime_epoch'];
    const names = [...place, ...key, ...written];
    return `INSERT INTO ${this.#table} (${names.join(', ')}) VALUES (${placeholders(names.length)})
      ON CONFLICT (${[...place, ...key].join(', ')}) DO UPDATE SET
        ${written.map((column) => `${column} = excluded.${column}`).join(', ')}, is_deleted = 0`;
  }

  #deleteSql(place: readonly string[]): string {
    const where = [...place, ...this.#columns.key].map((column) => `${column} = ?`);
    return `UPDATE ${this.#table} SET is_deleted = 1, run_id = ?, sync_datetime = ?, sync_datetime_epoch = ?
      WHERE ${where.join(' AND ')}`;
  }
}

/** Amounts come as integers of either kind; both are written alike. */
function textOf(values: readonly (Value | Cell)[]): string {
  return values
    .map((value) => (value === null ? '' : `${typeof value === 'string' ? 's' : 'n'}${String(value)}`))
    .join('\n');
}
