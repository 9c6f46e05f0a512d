import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DataFolder } from './dataFolder';
import {
  copyDurably,
  isProcessAlive,
  linkFile,
  renameWithRetry,
  syncFolder,
  temporaryName,
  temporaryOwner,
  writeNewFile,
} from './durableFiles';
import { codeOf, linkFailure } from './errors';
import { reached } from './failpoints';
import {
  generationName,
  generationPath,
  listGenerations,
  namesIn,
  newestGeneration,
  openSealed,
  sealOf,
  type SealedImage,
} from './fileGeneration';
import { PublishConflictError } from './mirrorWriter';

const KEPT_GENERATIONS = 3;
const KEPT_DAYS = 3;
const SWEEP_AFTER_MS = 3_600_000;

/** Files that may hold the newest state, best first: generations, one a day, at last the fixed-name copy. */
export function candidatesIn(folder: DataFolder): string[] {
  return [
    ...listGenerations(folder.generations).map((number) => generationPath(folder.generations, number)),
    ...dailyNames(folder).map((name) => join(folder.daily, name)),
    folder.fixedName,
  ];
}

/** Newest first. */
function dailyNames(folder: DataFolder): string[] {
  return namesIn(folder.daily)
    .filter((name) => /^\d{4}-\d{2}-\d{2}\.db$/u.test(name))
    .sort()
    .reverse();
}

/** Reads a file and checks its seal: `missing` when it was pruned meanwhile, `damaged` when a byte differs. */
export function readSealed(path: string): SealedImage | 'missing' | 'damaged' {
  try {
    return openSealed(readFileSync(path)) ?? 'damaged';
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return 'missing';
    }
    throw error;
  }
}

/** The numbered file generations of a data folder: publishing by compare-and-swap, pruning, damage. */
export class GenerationStore {
  readonly #folder: DataFolder;

  constructor(folder: DataFolder) {
    this.#folder = folder;
  }

  /** The highest number that was ever used, those of damaged files included: numbers are never used twice. */
  highestNumber(): number {
    // In this order: a file that is put aside meanwhile is seen in one of the two folders.
    const newest = newestGeneration(this.#folder.generations);
    const damaged = namesIn(this.#folder.corrupt).map((name) => Number(/^(\d{8,})-/u.exec(name)?.[1] ?? 0));
    return Math.max(newest, ...damaged);
  }

  /**
   * Makes an image visible under its number, all or nothing.
   * @param day UTC date of today, `YYYY-MM-DD`; the first generation of a day is kept for 3 days.
   * @throws PublishConflictError when another process was first; NoHardLinksError.
   */
  publish(image: Uint8Array, number: number, day: string): void {
    const { generations } = this.#folder;
    const path = generationPath(generations, number);
    const temporary = temporaryName(path);
    writeNewFile(temporary, [image, sealOf(image, number)], {
      written: 'publish:written',
      synced: 'publish:synced',
    });
    try {
      this.#claim(temporary, path);
    } finally {
      rmSync(temporary, { force: true });
    }
    reached('publish:linked');
    // A writer that slept while others published and pruned may find its number free again.
    if (newestGeneration(generations) > number) {
      rmSync(path, { force: true });
      throw conflict();
    }
    reached('publish:listed');
    syncFolder(generations);
    reached('publish:folderSynced');
    this.#keepDaily(path, day);
    this.#prune();
    reached('publish:pruned');
  }

  /** Puts a damaged file aside; nothing is ever thrown away. */
  setAside(path: string, time: string): void {
    if (path === this.#folder.fixedName) {
      return;
    }
    const name = basename(path, '.db');
    try {
      renameWithRetry(path, join(this.#folder.corrupt, `${name}-${time}-${process.pid}.db`));
    } catch (error) {
      // Another process was faster.
      if (codeOf(error) !== 'ENOENT') {
        throw error;
      }
    }
  }

  /** Reads a generation back before older ones are deleted for good. @throws when a byte differs */
  assertSound(number: number): void {
    const sealed = readSealed(generationPath(this.#folder.generations, number));
    if (typeof sealed === 'string') {
      throw new Error('The new file could not be read back, so that the older ones were kept. Try again.');
    }
  }

  /** Removes all but one generation, after its seal was read back: what was erased must not live on in older files. */
  keepOnly(number: number): void {
    const newest = readSealed(generationPath(this.#folder.generations, number));
    if (typeof newest === 'string') {
      return;
    }
    for (const other of listGenerations(this.#folder.generations)) {
      if (other < number) {
        rmSync(generationPath(this.#folder.generations, other), { force: true });
      }
    }
    for (const name of namesIn(this.#folder.daily)) {
      rmSync(join(this.#folder.daily, name), { force: true });
    }
  }

  /** Removes what crashed processes left half-written. */
  sweep(): void {
    for (const parent of [this.#folder.root, this.#folder.generations, this.#folder.daily]) {
      for (const name of namesIn(parent)) {
        const pid = temporaryOwner(name);
        if (pid !== undefined && !isProcessAlive(pid) && isOlderThan(join(parent, name), SWEEP_AFTER_MS)) {
          rmSync(join(parent, name), { force: true });
        }
      }
    }
  }

  #claim(temporary: string, path: string): void {
    try {
      linkFile(temporary, path);
    } catch (error) {
      throw codeOf(error) === 'EEXIST' ? conflict() : linkFailure(error);
    }
  }

  /** A copy, not a link: what damages a generation in place must not reach it. */
  #keepDaily(path: string, day: string): void {
    const daily = join(this.#folder.daily, `${day}.db`);
    if (existsSync(daily)) {
      return;
    }
    const temporary = temporaryName(daily);
    try {
      copyDurably(path, temporary);
      renameWithRetry(temporary, daily);
      reached('publish:dailyCopied');
    } catch (error) {
      rmSync(temporary, { force: true });
      // A faster writer has pruned ours; it keeps one itself.
      if (codeOf(error) !== 'ENOENT') {
        throw error;
      }
    }
  }

  #prune(): void {
    for (const number of listGenerations(this.#folder.generations).slice(KEPT_GENERATIONS)) {
      rmSync(join(this.#folder.generations, generationName(number)), { force: true });
    }
    for (const name of dailyNames(this.#folder).slice(KEPT_DAYS)) {
      rmSync(join(this.#folder.daily, name), { force: true });
    }
  }
}

function conflict(): PublishConflictError {
  return new PublishConflictError(
    'Another process has published meanwhile. The run starts again from there.',
  );
}

function isOlderThan(path: string, ageMs: number): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && Date.now() - stats.mtimeMs > ageMs;
}
