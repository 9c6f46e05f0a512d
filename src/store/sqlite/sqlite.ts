import { existsSync } from 'node:fs';
import { join } from 'node:path';
import initSqlJs, { type Database, type SqlJsStatic, type Statement } from 'sql.js';
import { DatabaseBrokenError, MirrorFullError, toError } from '../errors';
import type { Cell, SqlParameters } from '../resultSet';
import { namedValues, rowOf, wellFormed } from './sqliteValues';

/** What can be bound. Numbers must be finite; text is made well-formed. */
export type Value = string | number | bigint | Uint8Array | null;
export type Row = readonly Cell[];

/** Rows of one statement, at most as many as were asked for. */
export interface Selection {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  readonly truncated: boolean;
  /** Characters and bytes of the rows, with a few for each cell. */
  readonly size: number;
  /** The rows are so large that no more were read, whatever their number. */
  readonly isFull?: boolean;
}

/** How much of a statement's rows is read. */
export interface SelectionLimit {
  readonly rows: number;
  /** Characters and bytes of all rows, with a few for each cell; the row that exceeds it is the last. Default: no limit. */
  readonly size?: number | undefined;
  /** Takes the rows as they come; the selection then has none. */
  readonly sink?: RowSink | undefined;
}

/** Takes the rows of a statement one by one. It must not throw: that would be taken for a failure of the database. */
export interface RowSink {
  /** Called again when the statement had to start over: what came before counts no more. */
  begin(columns: readonly string[]): void;
  /** @returns whether more rows are wanted */
  row(row: Row): boolean;
}

/** What a cell takes beside its content. */
const CELL_SIZE = 8;

let loading: Promise<SqlJsStatic> | undefined;
let loaded: SqlJsStatic | undefined;

/** Loads sql.js once per thread. `sql-wasm.wasm` lies beside the bundle, or in `node_modules` when run from source. */
export function loadSqlite(wasmPath = findWasm()): Promise<SqlJsStatic> {
  loading ??= initSqlJs({ locateFile: () => wasmPath }).then((sqlJs) => (loaded = sqlJs));
  return loading;
}

function findWasm(): string {
  const beside = join(__dirname, 'sql-wasm.wasm');
  return existsSync(beside) ? beside : join(__dirname, '../../../node_modules/sql.js/dist/sql-wasm.wasm');
}

/** No cache spill: uncommitted pages must not reach the image. No disk lies below, so nothing is to be synced. */
const SETTINGS = `
  PRAGMA cache_spill = OFF;
  PRAGMA journal_mode = MEMORY;
  PRAGMA synchronous = OFF;
  PRAGMA temp_store = MEMORY;
  PRAGMA foreign_keys = ON;`;

/** Strings above this length go over as bytes: sql.js encodes text three times, char by char. */
const LONG_TEXT = 100;

/**
 * A SQLite database in memory. All calls are synchronous. Statements are prepared once per text and kept; after an
 * error that did not come from SQLite the connection is given up (`DatabaseBrokenError`).
 */
export class SqliteDatabase {
  readonly #database: Database;
  readonly #statements = new Map<string, Statement>();
  #broken: Error | undefined;
  #thrownByFunction: Error | undefined;
  #isInTransaction = false;

  private constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Name of this database's file inside sql.js, by which other databases of the thread can ATTACH it. It must stay
   * open meanwhile: the name of a closed one would attach an empty database. Missing in the type declarations.
   */
  get filename(): string {
    return (this.#database as unknown as { readonly filename: string }).filename;
  }

  /** Opens an image, or an empty database. A `Buffer` is used in place, other bytes are copied. */
  static async open(image?: Uint8Array): Promise<SqliteDatabase> {
    await loadSqlite();
    return SqliteDatabase.openLoaded(image);
  }

  /** {@link SqliteDatabase.open} where another database of this thread was opened before. */
  static openLoaded(image?: Uint8Array): SqliteDatabase {
    if (loaded === undefined) {
      throw new Error('SQLite was not loaded yet');
    }
    const database = new SqliteDatabase(new loaded.Database(image));
    database.script(SETTINGS);
    return database;
  }

  /**
   * Opens the image at the beginning of an array and lets it grow there. It leans on what sql.js does inside: see
   * by the bytes whether they are the database's, and take {@link SqliteDatabase.export} where they are not.
   */
  static openWithin(room: Uint8Array, imageLength: number): SqliteDatabase {
    const image = room.subarray(0, imageLength);
    // sql.js keeps what `slice` returns as the file's storage.
    return SqliteDatabase.openLoaded(Object.defineProperty(image, 'slice', { value: () => room }));
  }

  /** Runs a statement and throws its rows away. @returns the number of rows that it changed. */
  run(sql: string, values: readonly Value[] = []): number {
    return this.#withStatement(sql, values, (statement) => {
      let hasRow = statement.step();
      while (hasRow) {
        hasRow = statement.step();
      }
      return this.#database.getRowsModified();
    });
  }

  /** The first row, or undefined. The caller names the cells' types, as the schema has them. */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- a cast at each caller says no more
  get<T extends Row>(sql: string, values: readonly Value[] = []): T | undefined {
    return this.#withStatement(sql, values, (statement) =>
      statement.step() ? (rowOf(statement) as T) : undefined,
    );
  }

  /** All rows. The caller names the cells' types, as the schema has them. */
  all<T extends Row>(sql: string, values: readonly Value[] = []): T[] {
    return this.#withStatement(sql, values, (statement) => {
      const rows: T[] = [];
      while (statement.step()) {
        rows.push(rowOf(statement) as T);
      }
      return rows;
    });
  }

  /**
   * Runs a statement of unknown text once, with `:name` parameters.
   * @param limit a number: of rows
   * @param onRow told of each row before the next one is looked for
   */
  select(
    sql: string,
    limit: number | SelectionLimit,
    parameters: SqlParameters = {},
    onRow?: () => void,
  ): Selection {
    const {
      rows: mostRows,
      size: mostSize = Infinity,
      sink,
    }: SelectionLimit = typeof limit === 'number' ? { rows: limit } : limit;
    return this.#guard(() => {
      const statement = this.#database.prepare(sql);
      try {
        statement.bind(namedValues(parameters));
        const rows: Row[] = [];
        const take = sink === undefined ? (row: Row) => rows.push(row) > 0 : (row: Row) => sink.row(row);
        sink?.begin(statement.getColumnNames());
        let count = 0;
        let size = 0;
        let truncated = false;
        while (!truncated && statement.step()) {
          truncated = count === mostRows || size > mostSize;
          if (!truncated) {
            const row = rowOf(statement);
            truncated = !take(row);
            count += 1;
            size += sizeOfRow(row);
            onRow?.();
          }
        }
        const isFull = truncated && size > mostSize;
        return { columns: statement.getColumnNames(), rows, truncated, size, ...(isFull ? { isFull } : {}) };
      } finally {
        statement.free();
      }
    });
  }

  /** Compiles a statement without running it. @throws as SQLite does when it is wrong. */
  check(sql: string): void {
    this.#guard(() => {
      this.#database.prepare(sql).free();
    });
  }

  /** Names of the columns that a statement returns, without running it. @throws as SQLite does when it is wrong. */
  columnNames(sql: string): readonly string[] {
    return this.#guard(() => {
      const statement = this.#database.prepare(sql);
      try {
        return statement.getColumnNames();
      } finally {
        statement.free();
      }
    });
  }

  /** What follows the first statement of a text. */
  remainder(sql: string): string {
    return this.#guard(() => {
      const statements = this.#database.iterateStatements(sql);
      try {
        statements.next();
        return statements.getRemainingSQL();
      } finally {
        // Frees the statement; missing in the type declarations.
        (statements as { return?: () => unknown }).return?.();
      }
    });
  }

  /** Runs several statements without values. */
  script(sql: string): void {
    this.#guard(() => this.#database.exec(sql));
  }

  /** All of `work` or nothing. It must be synchronous: an await would mix in other callers' rows. */
  transaction<T>(work: () => T): T {
    if (this.#isInTransaction) {
      return work();
    }
    this.run('BEGIN IMMEDIATE');
    this.#isInTransaction = true;
    try {
      const result = work();
      this.run('COMMIT');
      return result;
    } catch (error) {
      if (this.#broken === undefined) {
        this.#rollBack();
      }
      throw error;
    } finally {
      this.#isInTransaction = false;
    }
  }

  /** Registers a scalar SQL function. What it throws reaches the caller of the statement as it was thrown. */
  defineFunction(name: string, work: (...values: Value[]) => Value): void {
    const passingOn = (...values: Value[]): Value => {
      try {
        return work(...values);
      } catch (error) {
        this.#thrownByFunction = toError(error);
        throw error;
      }
    };
    // sql.js takes the number of arguments from it.
    Object.defineProperty(passingOn, 'length', { value: work.length });
    this.#guard(() => this.#database.create_function(name, passingOn));
  }

  /** A copy of the whole database as a file. Not allowed inside a transaction. */
  export(): Uint8Array {
    return this.#guard(() => this.#database.export());
  }

  close(): void {
    this.#statements.clear();
    // A broken module may fail again; its memory goes with the thread.
    if (this.#broken === undefined) {
      this.#database.close();
    }
  }

  /** A failed statement may have ended the transaction itself; then there is nothing to roll back. */
  #rollBack(): void {
    try {
      this.run('ROLLBACK');
    } catch (error) {
      if (!toError(error).message.includes('no transaction is active')) {
        throw error;
      }
    }
  }

  #withStatement<T>(sql: string, values: readonly Value[], use: (statement: Statement) => T): T {
    return this.#guard(() => {
      let statement = this.#statements.get(sql);
      if (statement === undefined) {
        statement = this.#database.prepare(sql);
        this.#statements.set(sql, statement);
      }
      try {
        statement.bind(values.map(bindable) as never[]);
        return use(statement);
      } finally {
        statement.reset();
      }
    });
  }

  /** Normalises what sql.js throws. Anything that flew through SQLite leaves its memory in an unknown state. */
  #guard<T>(work: () => T): T {
    if (this.#broken !== undefined) {
      throw new DatabaseBrokenError('The database connection is broken. Start the run again.', {
        cause: this.#broken,
      });
    }
    try {
      return work();
    } catch (thrown) {
      const error = toError(thrown);
      if (error instanceof RangeError || error.name === 'RuntimeError') {
        this.#broken = error;
        throw new DatabaseBrokenError(`SQLite stopped: ${error.message}`, { cause: error });
      }
      const original = this.#thrownByFunction;
      if (original !== undefined) {
        this.#thrownByFunction = undefined;
        throw original;
      }
      if (error.message === 'database or disk is full') {
        throw new MirrorFullError('The database has reached its largest size.', { cause: error });
      }
      throw error;
    }
  }
}

function bindable(value: Value): Value {
  return typeof value === 'string' ? wellFormed(value) : value;
}

/** Text for a place that says `CAST(? AS TEXT)`: long text as bytes, which is 3-4 times faster. */
export function longText(text: string): Value {
  return text.length > LONG_TEXT ? Buffer.from(text) : text;
}

function sizeOfRow(row: Row): number {
  let size = row.length * CELL_SIZE;
  for (const cell of row) {
    size += typeof cell === 'string' || cell instanceof Uint8Array ? cell.length : 0;
  }
  return size;
}
