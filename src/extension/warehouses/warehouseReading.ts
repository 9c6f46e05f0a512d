import type { ReadFrom } from '../../reports/reportRequest';
import type { ReportReader, ResultSet, SqlParameters } from '../../store/resultSet';
import { CancelledError } from '../errors';
import type { WarehouseReader } from '../../warehouse/warehouseTypes';

/** How long a connection stays open when nothing is asked, in ms: a filter's list is asked for soon after a report. */
const IDLE_MS = 60_000;

/**
 * Reads a warehouse for one tab. Each report is built on a connection of its own, so that it says when its rows were pushed,
 * and that a server that came back is found.
 */
export class WarehouseReading implements ReportReader {
  readonly dialect = 'postgres';
  readonly #open: () => Promise<WarehouseReader>;
  #reader: Promise<WarehouseReader> | undefined;
  #idle: NodeJS.Timeout | undefined;
  /** Questions under way: some take minutes. */
  #asked = 0;
  #isDisposed = false;

  constructor(
    /** As it is called; its name stands in settings. */
    readonly name: string,
    open: () => Promise<WarehouseReader>,
  ) {
    this.#open = open;
  }

  /** Connects anew. @throws WarehouseError, UnknownWarehouseError */
  begin(): Promise<ReadFrom> {
    this.#close();
    return this.#ask(({ zone, pushedAt }) => ({ zone, warehouse: { name: this.name, pushedAt } }));
  }

  query(sql: string, parameters?: SqlParameters): Promise<ResultSet> {
    return this.#ask((reader) => reader.query(sql, parameters));
  }

  generation(): Promise<number> {
    return this.#ask((reader) => reader.generation());
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#close();
  }

  async #ask<T>(what: (reader: WarehouseReader) => T | Promise<T>): Promise<T> {
    if (this.#isDisposed) {
      throw new CancelledError();
    }
    clearTimeout(this.#idle);
    this.#asked += 1;
    const opening = (this.#reader ??= this.#open());
    try {
      return await what(await opening);
    } catch (error) {
      // By its name: the bundle that speaks to warehouses has classes of its own. Behind such a failure the connection goes on.
      if (this.#reader === opening && !(error instanceof Error && error.name === 'SqlError')) {
        this.#close();
      }
      throw error;
    } finally {
      this.#asked -= 1;
      this.#closeWhenIdle();
    }
  }

  #closeWhenIdle(): void {
    clearTimeout(this.#idle);
    if (this.#asked === 0) {
      this.#idle = setTimeout(() => this.#close(), IDLE_MS);
      this.#idle.unref();
    }
  }

  #close(): void {
    clearTimeout(this.#idle);
    const closing = this.#reader;
    this.#reader = undefined;
    // Who asked was told already why it did not open.
    closing?.then(
      (reader) => reader.dispose(),
      () => undefined,
    );
  }
}
