/**
 * Places in the store where a process may end, a disk fail or time pass, and what holds at each of them. Tests stand on
 * them; the product passes by.
 */
export const FAILPOINTS = {
  'publish:written': 'the temporary file holds image and seal; they may not be on the disk yet',
  'publish:synced': 'the temporary file is on the disk under its temporary name',
  'publish:linked': 'the generation has its number; nobody has looked whether a higher one is there',
  'publish:listed': 'no higher number is there; the name may not be on the disk yet',
  'publish:folderSynced': 'the generation is durable',
  'publish:dailyCopied': 'the first generation of the day is copied',
  'publish:pruned': 'older generations and days are gone; the journal does not know of the publish yet',
  'journal:written': 'a line is in the journal; it may not be on the disk yet',
  'journal:synced': 'a line of the journal is durable',
  'copy:copied': 'the new copy lies beside the fixed name',
  'copy:editKept': 'somebody’s edited copy has its own name; nothing has the fixed name',
  'copy:renamed': 'the copy has the fixed name; the name may not be on the disk yet',
  'status:written': 'the new status lies beside `status.json`',
  'status:renamed': 'the new status is in place',
  'lock:written': 'the lock’s content lies beside its name',
  'lock:taken': 'the lock is ours',
  'lock:beatWritten': 'the next beat lies beside the lock',
  'lock:beat': 'the beat is in place',
  'lock:released': 'the lock is given back',
  'instances:written': 'the new list lies beside `instances.json`',
  'instances:renamed': 'the new list of instances is in place; the mutex is still held',
  'shard:written': 'a shard is in `content/` and durable; no generation names it',
  'shard:named': 'the database in memory names the new shard and holds its texts no more',
  'compaction:done': 'all shards of this publish are written and named; the generation is not',
  'restore:journaled': 'the journal says that a backup follows; the present generation is still the newest',
  'restore:published': 'the backup is the newest generation',
  'purge:published': 'the purged generation is published; older files still hold what was removed',
  'purge:deleted': 'older files are gone; the database in memory still has the list',
} as const;

/** Name of a failpoint. */
export type Failpoint = keyof typeof FAILPOINTS;

/** A step on the file system that may fail. */
export type FileStep = 'write' | 'sync' | 'link' | 'rename' | 'copy' | 'remove';

/** What a test lets happen. Everything may throw what the system would, end the process or wait. */
export interface Faults {
  /** Called at each failpoint. */
  readonly at?: ((point: Failpoint) => void) | undefined;
  /** Called before each step on a file; `path` is what comes to be or goes. */
  readonly before?: ((step: FileStep, path: string) => void) | undefined;
  /** How many of `length` bytes the next write takes, at least 1; all of them unless told otherwise. */
  readonly shortened?: ((path: string, length: number) => number) | undefined;
}

let faults: Faults | undefined;

/** Lets faults happen in this thread, or no more. Only tests do. */
export function injectFaults(next: Faults | undefined): void {
  faults = next;
}

/** Marks that a step is done. */
export function reached(point: Failpoint): void {
  faults?.at?.(point);
}

/** Marks that a step on a file comes next. */
export function beforeStep(step: FileStep, path: string): void {
  faults?.before?.(step, path);
}

/** How much of a write is asked of the system at once. */
export function writable(path: string, length: number): number {
  return faults?.shortened?.(path, length) ?? length;
}
