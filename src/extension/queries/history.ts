import * as v from 'valibot';
import type { RanStatement } from './ranStatements';

/** Where the history is kept: VS Code's memento of the user. */
export interface HistoryState {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const entrySchema = v.object({
  id: v.string(),
  sql: v.string(),
  sourceId: v.picklist(['mirror', 'demo']),
  startedAt: v.number(),
  elapsedMs: v.number(),
  rowCount: v.optional(v.number()),
  error: v.optional(v.string()),
});

/** A statement that ended: its text, when and how; never a row of its result. */
export type HistoryEntry = Readonly<v.InferOutput<typeof entrySchema>>;

/** What is kept at most. */
export interface HistoryLimits {
  readonly entries: number;
  /** UTF-16 units of all statements and errors together. */
  readonly chars: number;
}

export const HISTORY_LIMITS: HistoryLimits = { entries: 500, chars: 128 * 1024 };

/** Errors are told shortly. */
const MAX_ERROR_CHARS = 500;

const ENTRIES = 'openwebuiSync.queryHistory';
const PAUSED = 'openwebuiSync.queryHistoryPaused';

/** The statements that people ran, newest first; one that runs again moves to the top. The oldest go when it is full. */
export class QueryHistory {
  constructor(
    private readonly state: HistoryState,
    /** Called after each change. */
    private readonly onChange: () => void,
    private readonly limits: HistoryLimits = HISTORY_LIMITS,
  ) {}

  /** What this version cannot read is left out. */
  list(): readonly HistoryEntry[] {
    const kept = this.state.get(ENTRIES);
    return (Array.isArray(kept) ? kept : [])
      .map((entry: unknown) => v.safeParse(entrySchema, entry))
      .flatMap(({ success, output }) => (success ? [output] : []));
  }

  find(id: string): HistoryEntry | undefined {
    return this.list().find((entry) => entry.id === id);
  }

  /** Whether statements are not kept until somebody resumes. */
  get isPaused(): boolean {
    return this.state.get(PAUSED) === true;
  }

  async setPaused(isPaused: boolean): Promise<void> {
    await this.state.update(PAUSED, isPaused);
    this.onChange();
  }

  /** Keeps a statement, unless the history is paused or the statement alone would fill it. */
  async add({ sql, sourceId, startedAt, elapsedMs, rowCount, error }: RanStatement): Promise<void> {
    const text = sql.trim();
    if (this.isPaused || text === '' || text.length > this.limits.chars / 4) {
      return;
    }
    const others = this.list().filter((entry) => entry.sql !== text || entry.sourceId !== sourceId);
    const entry: HistoryEntry = {
      id: freeId(String(startedAt), others),
      sql: text,
      sourceId,
      startedAt,
      elapsedMs,
      ...(rowCount === undefined ? {} : { rowCount }),
      ...(error === undefined ? {} : { error: error.slice(0, MAX_ERROR_CHARS) }),
    };
    await this.#keep(this.#within([entry, ...others]));
  }

  async remove(ids: readonly string[]): Promise<void> {
    const gone = new Set(ids);
    await this.#keep(this.list().filter(({ id }) => !gone.has(id)));
  }

  async clear(): Promise<void> {
    await this.#keep([]);
  }

  #within(entries: readonly HistoryEntry[]): readonly HistoryEntry[] {
    let chars = 0;
    const end = entries.findIndex(({ sql, error }, index) => {
      chars += sql.length + (error?.length ?? 0);
      return index >= this.limits.entries || chars > this.limits.chars;
    });
    return end === -1 ? entries : entries.slice(0, end);
  }

  async #keep(entries: readonly HistoryEntry[]): Promise<void> {
    await this.state.update(ENTRIES, entries.length === 0 ? undefined : entries);
    this.onChange();
  }
}

function freeId(wish: string, others: readonly HistoryEntry[]): string {
  const taken = new Set(others.map(({ id }) => id));
  let id = wish;
  for (let number = 2; taken.has(id); number += 1) {
    id = `${wish}-${number}`;
  }
  return id;
}
