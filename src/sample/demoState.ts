import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';
import type { GrowthState } from './growth';

const growthStateSchema = v.object({
  visits: v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
  isWalked: v.boolean(),
});

const demoStateSchema = v.object({
  formatVersion: v.literal(1),
  now: v.pipe(v.number(), v.integer(), v.minValue(0)),
  instances: v.record(v.string(), growthStateSchema),
});

/** What the demo remembers between two starts. `now` is the end of the generated history, seconds since 1970. */
export interface DemoState {
  readonly now: number;
  readonly instances: Readonly<Record<string, GrowthState>>;
}

/**
 * The demo's memory in a small JSON file, so that the next start goes on where this one ended. Without a file it
 * remembers nothing.
 */
export class DemoMemory {
  readonly #file: string | null;
  #state: DemoState;

  /**
   * @param now used when the file does not exist yet
   * @throws Error when the file is there but cannot be read
   */
  constructor(file: string | null, now: number) {
    this.#file = file;
    this.#state = (file === null ? null : readState(file)) ?? { now, instances: {} };
  }

  get now(): number {
    return this.#state.now;
  }

  growthOf(name: string): GrowthState | undefined {
    return this.#state.instances[name];
  }

  keep(name: string, growth: GrowthState): void {
    this.#state = { ...this.#state, instances: { ...this.#state.instances, [name]: growth } };
    if (this.#file === null) {
      return;
    }
    mkdirSync(dirname(this.#file), { recursive: true });
    const draft = `${this.#file}.${process.pid}.tmp`;
    writeFileSync(draft, `${JSON.stringify({ formatVersion: 1, ...this.#state })}\n`, { mode: 0o600 });
    renameSync(draft, this.#file);
  }
}

function readState(file: string): DemoState | null {
  if (!existsSync(file)) {
    return null;
  }
  try {
    return v.parse(demoStateSchema, JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error(`Cannot read the demo's state in ${file}. Delete the file to start afresh.`, {
      cause: error,
    });
  }
}
