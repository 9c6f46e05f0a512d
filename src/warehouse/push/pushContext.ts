import type { ClientBase } from 'pg';
import type { PushProgress, TableChanges, Warehouse } from '../warehouseTypes';
import type { LocalMirror } from './localMirror';

/** What the parts of a push work with. */
export interface PushContext {
  readonly client: ClientBase;
  readonly warehouse: Warehouse;
  readonly mirror: LocalMirror;
  readonly tally: PushTally;
  /** Also rows go that the mirror lost by a restore. */
  readonly afterRestore: boolean;
  readonly onProgress: (progress: PushProgress) => void;
  readonly signal: AbortSignal;
  /** Whether all of the push that readers see is one transaction. */
  readonly isAtOnce: boolean;
  /** A batch's own transaction, or a part of a larger one. */
  readonly batch: (work: () => Promise<void>) => Promise<void>;
}

type Changes = { -readonly [Kind in keyof TableChanges]: number };

const NOTHING: TableChanges = { inserted: 0, updated: 0, marked: 0, deleted: 0 };

/** Counts what was committed, by table. */
export class PushTally {
  #tables = new Map<string, Changes>();

  /** Counts what `work` does only if it comes to its end. */
  async countingAll(work: () => Promise<void>): Promise<void> {
    const before = structuredClone(this.#tables);
    try {
      await work();
    } catch (error) {
      this.#tables = before;
      throw error;
    }
  }

  add(table: string, changes: Partial<TableChanges>): void {
    const counts = this.#tables.get(table) ?? { ...NOTHING };
    for (const kind of Object.keys(NOTHING) as (keyof TableChanges)[]) {
      counts[kind] += changes[kind] ?? 0;
    }
    if (Object.values(counts).some((count) => count > 0)) {
      this.#tables.set(table, counts);
    }
  }

  byTable(): Readonly<Record<string, TableChanges>> {
    return Object.fromEntries(this.#tables);
  }

  of(table: string, kind: keyof TableChanges): number {
    return this.#tables.get(table)?.[kind] ?? 0;
  }

  sum(kind: keyof TableChanges): number {
    return [...this.#tables.values()].reduce((sum, counts) => sum + counts[kind], 0);
  }
}

/** All of `work` or nothing. */
export async function inTransaction<T>(client: ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // Where the connection is gone the server does it by itself.
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
