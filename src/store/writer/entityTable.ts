import type { EpochSeconds } from '../records';
import { NO_CHANGES, type ChangeCounts } from '../runs';
import type { Cell } from '../resultSet';
import type { Value } from '../sqlite/sqlite';
import { placeholders, rowHash, stamp, timePair, type RunContext, type Session } from './session';

export type Change = 'inserted' | 'updated' | 'unchanged' | 'restored';

/** Content of one row; undefined = the server did not tell. */
export interface EntityValues<C extends string, T extends string> {
  readonly values: Readonly<Record<C, Value | undefined>>;
  readonly times: Readonly<Record<T, EpochSeconds | undefined>>;
}

export interface EntityDefinition<C extends string, T extends string> {
  readonly table: string;
  /** Column of the server's own id, unique per instance. */
  readonly key: string;
  readonly columns: readonly C[];
  /** Time columns, each with its `_epoch` twin. */
  readonly times: readonly T[];
  /** What the server does not tell stays as it was: its lists differ in what they carry. */
  readonly keepsUnknown: boolean;
}

/** The table of a definition that is declared `as const`. */
export type TableOf<D extends { readonly columns: readonly string[]; readonly times: readonly string[] }> =
  EntityTable<D['columns'][number], D['times'][number]>;

type StoredRow = readonly [id: number, hash: string, isDeleted: number, ...values: Cell[]];

/** Guarded upserts and soft deletes of one table whose rows mirror objects of the server. */
export class EntityTable<C extends string, T extends string> {
  readonly #session: Session;
  readonly #definition: EntityDefinition<C, T>;
  readonly #sql: Readonly<Record<'select' | 'insert' | 'update' | 'delete', string>>;

  constructor(session: Session, definition: EntityDefinition<C, T>) {
    const { table, key, columns, times } = definition;
    const stored = [...columns, ...times.flatMap((time) => [time, `${time}_epoch`])];
    const tail = ['row_hash', 'last_changed_run', 'sync_datetime', 'sync_datetime_epoch'];
    const inserted = ['instance_id', key, 'first_seen_run', ...stored, ...tail];
    const epochs = times.map((time) => `${time}_epoch`);
    this.#session = session;
    this.#definition = definition;
    this.#sql = {
      select: `SELECT ${['id', 'row_hash', 'is_deleted', ...columns, ...epochs].join(', ')}
        FROM ${table} WHERE instance_id = ? AND ${key} = ?`,
      insert: `INSERT INTO ${table} (${inserted.join(', ')}) VALUES (${placeholders(inserted.length)}) RETURNING id`,
      update: `UPDATE ${table} SET ${[...stored, ...tail].map((name) => `${name} = ?`).join(', ')}, is_deleted = 0
        WHERE id = ?`,
      delete: `UPDATE ${table} SET is_deleted = 1, last_changed_run = ?, sync_datetime = ?, sync_datetime_epoch = ?
        WHERE instance_id = ? AND ${key} = ? AND is_deleted = 0`,
    };
  }

  /** Writes one row when it differs from the stored one or was marked deleted. */
  apply(
    run: RunContext,
    key: string,
    row: EntityValues<C, T>,
  ): { readonly id: number; readonly change: Change } {
    const { database } = this.#session;
    const stored = database.get<StoredRow>(this.#sql.select, [run.instanceId, key]);
    const { values, epochs } = this.#merge(row, stored);
    const hash = rowHash([...values, ...epochs]);
    if (stored?.[1] === hash && stored[2] === 0) {
      return { id: stored[0], change: 'unchanged' };
    }
    const times = epochs.flatMap((epoch) => timePair(this.#session.localTime, epoch));
    const written: Value[] = [...values, ...times, hash, run.rowId, ...stamp(this.#session)];
    if (stored === undefined) {
      const insert = [run.instanceId, key, run.rowId, ...written];
      const [id] = database.get<[number]>(this.#sql.insert, insert) ?? [0];
      return { id, change: 'inserted' };
    }
    database.run(this.#sql.update, [...written, stored[0]]);
    return { id: stored[0], change: stored[2] === 0 ? 'updated' : 'restored' };
  }

  /** Local id of a row, marked deleted or not. */
  idOf(instanceId: number, key: string): number | undefined {
    return this.#session.database.get<StoredRow>(this.#sql.select, [instanceId, key])?.[0];
  }

  /** Marks rows deleted. @returns the keys of those that were not marked yet. */
  markDeleted(run: RunContext, keys: readonly string[]): string[] {
    return keys.filter(
      (key) =>
        this.#session.database.run(this.#sql.delete, [
          run.rowId,
          ...stamp(this.#session),
          run.instanceId,
          key,
        ]) > 0,
    );
  }

  /** Makes the hashes of an instance's rows those of what they hold: some of it was emptied. */
  rehash(instanceId: number): void {
    const { database } = this.#session;
    const { table, columns, times } = this.#definition;
    const hashed = [...columns, ...times.map((time) => `${time}_epoch`)];
    const rows = database.all<readonly [id: number, hash: string, ...values: Cell[]]>(
      `SELECT id, row_hash, ${hashed.join(', ')} FROM ${table} WHERE instance_id = ?`,
      [instanceId],
    );
    for (const [id, before, ...values] of rows) {
      const hash = rowHash(values);
      if (hash !== before) {
        database.run(`UPDATE ${table} SET row_hash = ? WHERE id = ?`, [hash, id]);
      }
    }
  }

  #merge(
    { values, times }: EntityValues<C, T>,
    stored: StoredRow | undefined,
  ): { readonly values: Value[]; readonly epochs: (number | null)[] } {
    const { columns, times: timeColumns, keepsUnknown } = this.#definition;
    const known = keepsUnknown ? (stored?.slice(3) ?? []) : [];
    return {
      values: columns.map((column, index) => values[column] ?? known[index] ?? null),
      epochs: timeColumns.map((time, index) => {
        const before = known[columns.length + index];
        return floor(times[time]) ?? (typeof before === 'number' ? before : null);
      }),
    };
  }
}

function floor(epoch: EpochSeconds | undefined): number | undefined {
  return epoch === undefined ? undefined : Math.floor(epoch);
}

/** Counts what became of rows. */
export class ChangeTally {
  readonly #counts = { ...NO_CHANGES } as { -readonly [K in keyof ChangeCounts]: number };

  /** Counts a row that the server showed. */
  add(change: Change): void {
    this.#counts.seen++;
    this.#counts[change]++;
  }

  addDeleted(rows: number): void {
    this.#counts.deleted += rows;
  }

  counts(): ChangeCounts {
    return { ...this.#counts };
  }
}
