import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SqlParameters } from '../../src/store/resultSet';
import type { SizeName } from './sizes';

/** What one process measured: milliseconds, bytes and counts by name. */
export type Measured = Readonly<Record<string, number>>;

/** One statement of a report or another question, ready to run. */
export interface Question {
  readonly name: string;
  readonly sql: string;
  readonly parameters: SqlParameters;
}

/** What a case is given; each uses what it needs. */
export interface CaseInput {
  readonly size: SizeName;
  /** Data folder of the built mirror. */
  readonly folder: string;
  /** A plain SQLite file with all text inside. */
  readonly complete: string;
  /** File of a `StatementLog`. */
  readonly log: string;
  readonly questions: readonly Question[];
  readonly repetitions: number;
}

/** One measurement; it runs in a process of its own. */
export type Case = (input: CaseInput) => Promise<Measured> | Measured;

export function msOf(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

/** Time that went by, and what this process computed meanwhile: on a busy machine the steadier one. Milliseconds. */
export function timesOf(work: () => unknown): { readonly ms: number; readonly cpuMs: number } {
  const before = process.cpuUsage();
  const ms = msOf(work);
  const { user, system } = process.cpuUsage(before);
  return { ms, cpuMs: (user + system) / 1000 };
}

export async function msOfAsync(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** A folder that is gone afterwards. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T> | T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'openwebui-sync-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
