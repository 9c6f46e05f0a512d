import type { ReadWarehouse } from '../../reports/reportRequest';
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
  #isDisposed = false;

  constructor(
    /** As it is called; its name stands in settings. */
    readonly name: string,
    open: () => Promise<WarehouseReader>,
  ) {
    this.#open = open;
  }

  /** Connects anew. @throws WarehouseError, UnknownWarehouseError */
  async begin(): Promise<ReadWarehouse> {
    this.#close();
    const { pushedAt } = await this.#connected();
    return { name: this.name, pushedAt };
  }

  async query(sql: string, parameters?: SqlParameters): Promise<ResultSet> {
    return (await this.#connected()).query(sql, parameters);
  }

  async generation(): Promise<number> {
    return (await this.#connected()).generation();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#close();
  }

  async #connected(): Promise<WarehouseReader> {
    if (this.#isDisposed) {
      throw new CancelledError();
    }
    clearTimeout(this.#idle);
    const opening = (this.#reader ??= this.#open());
    try {
      return await opening;
    } catch (error) {
      this.#reader = undefined;
      throw error;
    } finally {
      clearTimeout(this.#idle);
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
