import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { DataFolder } from '../files/dataFolder';
import { isProcessAlive } from '../files/durableFiles';
import { codeOf } from '../errors';
import type { EpochSeconds } from '../records';
import type { RunStart } from '../runs';

const schema = v.object({
  pid: v.number(),
  host: v.string(),
  /** When the lock was taken, seconds since 1970. */
  start: v.number(),
  /** Random name of this taking of the lock. */
  id: v.string(),
  version: v.string(),
  /** Grows while its owner lives. */
  beat: v.number(),
});

/** Content of `sync.lock`. */
export type LockContent = v.InferOutput<typeof schema>;

/** The lock as it lies there; undefined when there is none or it is unreadable. */
export function readLock(path: string): LockContent | undefined {
  try {
    const parsed = v.safeParse(schema, JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.output : undefined;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

/** Whether the lock's process is known to have ended. A lock of another host says nothing. */
export function isOwnerDead(lock: Pick<LockContent, 'host' | 'pid'>): boolean {
  return lock.host === hostname() && !isProcessAlive(lock.pid);
}

/** Whether a journaled run without an end is still under way: its process holds the lock since before it started. */
export function isRunUnderWay(folder: DataFolder, start: RunStart, pid: number): boolean {
  const lock = readLock(folder.lock);
  return lock?.pid === pid && lock.start <= start.startedAt && !isOwnerDead(lock);
}

/** Refuses what needs the mirror for itself. @throws when another process may be writing to it */
export function assertNobodyElseSyncs({ lock }: DataFolder): void {
  const owner = readLock(lock);
  if (owner !== undefined && owner.pid !== process.pid && !isOwnerDead(owner)) {
    throw new Error(
      l10n.t('Another window or program is syncing. Wait until it has finished, or cancel it.'),
    );
  }
}

/** Since when a process that lives reads costs, this one or another; undefined: none does. */
export function costsReadSince({ costLock }: DataFolder): EpochSeconds | undefined {
  const owner = readLock(costLock);
  return owner === undefined || isOwnerDead(owner) ? undefined : owner.start;
}
