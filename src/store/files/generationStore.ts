import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as l10n from '@vscode/l10n';
import type { DataFolder } from './dataFolder';
import {
  copyDurably,
  isProcessAlive,
  removeIfPossible,
  renameWithRetry,
  syncFolder,
  temporaryName,
  temporaryOwner,
  writeNewFile,
} from './durableFiles';
import { codeOf, DiskFullError, PublishConflictError } from '../errors';
import { lacksHardLinks, nameExclusively } from './exclusiveName';
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
import { giveWay } from './spareFiles';
import { explained, storageFailure, unlessStorageFails } from './storageFailure';

const KEPT_GENERATIONS = 3;
const KEPT_DAYS = 3;
const SWEEP_AFTER_MS = 3_600_000;

/** Files that may hold the newest state, best first: generations, one a day, at last the fixed-name copy. */
export function candidatesIn(folder: DataFolder): string[] {
  return [...generationPaths(folder), ...dailyPaths(folder), folder.fixedName];
}

function generationPaths({ generations }: DataFolder): string[] {
  return listGenerations(generations).map((number) => generationPath(generations, number));
}

function dailyPaths(folder: DataFolder): string[] {
  return dailyNames(folder).map((name) => join(folder.daily, name));
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
  #isWithoutHardLinks: boolean | undefined;
  #putAside: string[] = [];

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
   * @throws PublishConflictError when another process was first; StorageError, then nothing is visible.
   */
  publish(image: Uint8Array, number: number, day: string): void {
    const path = generationPath(this.#folder.generations, number);
    const temporary = temporaryName(path);
    this.#write(temporary, [image, sealOf(image, number)]);
    try {
      this.#claim(temporary, path);
    } finally {
      removeIfPossible(temporary);
    }
    this.#confirm(path, number);
    this.#keepDayAndPrune(path, day);
  }

  /**
   * Whether the file system has no hard links: then only one host may write.
   * @param number a generation that is there; looked at where nothing was published yet
   */
  isWithoutHardLinks(number: number): boolean {
    this.#isWithoutHardLinks ??= lacksHardLinks(generationPath(this.#folder.generations, number));
    return this.#isWithoutHardLinks;
  }

  /** Puts a damaged file aside; nothing is ever thrown away. */
  setAside(path: string, time: string): void {
    if (path === this.#folder.fixedName) {
      return;
    }
    const name = `${basename(path, '.db')}-${time}-${process.pid}.db`;
    try {
      renameWithRetry(path, join(this.#folder.corrupt, name));
      this.#putAside.push(`corrupt/${name}`);
    } catch (error) {
      // Another process was faster.
      if (codeOf(error) !== 'ENOENT') {
        throw error;
      }
    }
  }

  /** Names, below the data folder, of the damaged files that were put aside since this was last asked. */
  takePutAside(): readonly string[] {
    return this.#putAside.splice(0);
  }

  /** Reads a generation back before older ones are deleted for good. @throws when a byte differs */
  assertSound(number: number): void {
    const sealed = readSealed(generationPath(this.#folder.generations, number));
    if (typeof sealed === 'string') {
      throw new Error(
        l10n.t('The new file could not be read back, so that the older ones were kept. Try again.'),
      );
    }
  }

  /** Removes what crashed processes left half-written. */
  sweep(): void {
    const { root, generations, daily, pinned, content } = this.#folder;
    for (const parent of [root, generations, daily, pinned, content]) {
      for (const name of namesIn(parent)) {
        const pid = temporaryOwner(name);
        if (pid !== undefined && !isProcessAlive(pid) && isOlderThan(join(parent, name), SWEEP_AFTER_MS)) {
          rmSync(join(parent, name), { force: true });
        }
      }
    }
  }

  /** On a full disk, older files give way one after the other. */
  #write(temporary: string, parts: readonly Uint8Array[]): void {
    const bytes = parts.reduce((sum, part) => sum + part.length, 0);
    for (;;) {
      try {
        writeNewFile(temporary, parts, { written: 'publish:written', synced: 'publish:synced' });
        return;
      } catch (error) {
        if (!(error instanceof DiskFullError) || !this.#makeRoom(bytes)) {
          throw error;
        }
      }
    }
  }

  /**
   * Older generations go first, then days, which reach further back; the newest sound file never, and none that is
   * damaged. @returns whether it is worth another try
   */
  #makeRoom(bytes: number): boolean {
    const isSound = (path: string): boolean => typeof readSealed(path) === 'object';
    const generations = generationPaths(this.#folder).filter(isSound);
    const days = dailyPaths(this.#folder).filter(isSound);
    const [newest] = [...generations, ...days];
    const spare = [...generations.reverse(), ...days.reverse()].filter((path) => path !== newest);
    return giveWay(spare, bytes);
  }

  #claim(temporary: string, path: string): void {
    const naming = nameExclusively(temporary, path);
    if (naming === 'taken') {
      throw conflict();
    }
    this.#isWithoutHardLinks = naming === 'renamed';
  }

  #confirm(path: string, number: number): void {
    const { generations } = this.#folder;
    try {
      reached('publish:linked');
      // A writer that slept while others published and pruned may find its number free again.
      if (newestGeneration(generations) > number) {
        throw conflict();
      }
      reached('publish:listed');
      syncFolder(generations);
    } catch (error) {
      // Nobody was told that it is there. If it cannot go either, the next try of its number is a conflict.
      removeIfPossible(path);
      throw storageFailure(error, generations, 0);
    }
  }

  /** The generation is durable: what fails from here on is done by the next publish. */
  #keepDayAndPrune(path: string, day: string): void {
    unlessStorageFails(() =>
      explained(this.#folder.root, 0, () => {
        reached('publish:folderSynced');
        this.#keepDaily(path, day);
        this.#prune(day);
        reached('publish:pruned');
      }),
    );
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

  #prune(day: string): void {
    for (const number of listGenerations(this.#folder.generations).slice(KEPT_GENERATIONS)) {
      removeIfPossible(join(this.#folder.generations, generationName(number)));
    }
    const names = dailyNames(this.#folder);
    // Days to come are of a clock that was wrong; they must not push out those that were.
    const isPast = (name: string): boolean => name <= `${day}.db`;
    const byWorth = [...names.filter(isPast), ...names.filter((name) => !isPast(name))];
    for (const name of byWorth.slice(KEPT_DAYS)) {
      removeIfPossible(join(this.#folder.daily, name));
    }
  }
}

function conflict(): PublishConflictError {
  return new PublishConflictError(
    l10n.t('Another process has published meanwhile. The run starts again from there.'),
  );
}

function isOlderThan(path: string, ageMs: number): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && Date.now() - stats.mtimeMs > ageMs;
}
