import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DataFolder } from './dataFolder';
import { copyDurably, removeIfPossible, renameWithRetry, syncFolder, temporaryName } from './durableFiles';
import { generationName, namesIn } from './fileGeneration';

/** Of each kind so many are kept, the newest. */
const KEPT = 2;

/** Why a file was pinned, with the beginning of its name: `schema-2-00000124.db`, `restore-00000124.db`. */
const KINDS = {
  /** The last file of an older schema. */
  schema: /^schema-\d+-(\d{8,})\.db$/u,
  /** What was the newest before a backup was restored. */
  restore: /^restore-(\d{8,})\.db$/u,
} as const;

/** Names of the pinned files. */
export function pinnedNames(folder: DataFolder): string[] {
  return namesIn(folder.pinned).filter((name) => Object.values(KINDS).some((pattern) => pattern.test(name)));
}

/** Keeps a copy of a file that an older version of the product can read. @returns its name below the data folder */
export function pinSchema(folder: DataFolder, path: string, schema: number, number: number): string {
  return pin(folder, path, 'schema', `schema-${schema}-${generationName(number)}`);
}

/** Keeps a copy of what is the newest before a restore. @returns its name below the data folder */
export function pinBeforeRestore(folder: DataFolder, path: string, number: number): string {
  return pin(folder, path, 'restore', `restore-${generationName(number)}`);
}

/** A copy, not a link: what damages the file in place must not reach it. */
function pin(folder: DataFolder, path: string, kind: keyof typeof KINDS, name: string): string {
  const target = join(folder.pinned, name);
  if (!existsSync(target)) {
    const temporary = temporaryName(target);
    try {
      copyDurably(path, temporary);
      renameWithRetry(temporary, target);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
    syncFolder(folder.pinned);
  }
  prune(folder, kind);
  return `pinned/${name}`;
}

function prune({ pinned }: DataFolder, kind: keyof typeof KINDS): void {
  const numberOf = (name: string): number => Number(KINDS[kind].exec(name)?.[1]);
  const names = namesIn(pinned).filter((name) => KINDS[kind].test(name));
  for (const name of names.sort((a, b) => numberOf(b) - numberOf(a)).slice(KEPT)) {
    removeIfPossible(join(pinned, name));
  }
}
