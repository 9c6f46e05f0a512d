import { utcDateOf } from '../costs/costEntries';
import type { Cell } from '../resultSet';
import type { Value } from '../sqlite/sqlite';
import { cellText, keyedRow, rowChanges, type KeyedRow } from './rowChanges';
import { placeholders, stamp, type Session } from './session';

/** A row of a table that is replaced by days, without the place that it belongs to. */
export interface DatedRow extends KeyedRow {
  readonly utcDay: number;
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
    assertWithin(rows, days);
    const { written, gone } = rowChanges(this.#stored(session, place, days), rows);
    const insert = this.#insertSql(Object.keys(place));
    for (const { utcDay, key, values } of written) {
      session.database.run(insert, [
        ...[...Object.values(place), ...key, ...values],
        ...[utcDateOf(utcDay), runId, ...stamp(session)],
      ]);
    }
    const mark = this.#deleteSql(Object.keys(place));
    for (const key of gone) {
      session.database.run(mark, [runId, ...stamp(session), ...Object.values(place), ...key]);
    }
    return written.length + gone.length;
  }

  /** Rows that are not marked deleted. */
  #stored(
    session: Session,
    place: Place,
    days: { readonly first: number; readonly last: number },
  ): readonly KeyedRow[] {
    const { key, values } = this.#columns;
    const where = Object.keys(place).map((column) => `${column} = ?`);
    return session.database
      .all<readonly Cell[]>(
        `SELECT ${[...key, ...values].join(', ')} FROM ${this.#table}
         WHERE ${where.join(' AND ')} AND utc_day BETWEEN ? AND ? AND is_deleted = 0`,
        [...Object.values(place), days.first, days.last],
      )
      .map((cells) => keyedRow(cells, key.length));
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

function assertWithin(
  rows: readonly DatedRow[],
  days: { readonly first: number; readonly last: number },
): void {
  const seen = new Set<string>();
  for (const { utcDay, key } of rows) {
    const name = cellText(key);
    if (utcDay < days.first || utcDay > days.last) {
      throw new Error(`A row of ${utcDateOf(utcDay)} lies outside of what is replaced`);
    }
    if (seen.has(name)) {
      throw new Error(`A row is there twice: ${name}`);
    }
    seen.add(name);
  }
}
