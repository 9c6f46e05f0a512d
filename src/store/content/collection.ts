import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DataFolder } from '../files/dataFolder';
import { removeIfPossible } from '../files/durableFiles';
import { codeOf } from '../errors';
import { namesIn } from '../files/fileGeneration';
import { listShards } from './shardFile';

/** A shard that no file names may be one that another process is about to name. */
const COLLECTED_AFTER_MS = 86_400_000;

export interface CollectionOptions {
  /** Names of the shards that the newest generation names. */
  readonly named: ReadonlySet<string>;
  /** Milliseconds since 1970, by the clock that the file system uses. */
  readonly now?: number | undefined;
  /** Younger files stay. Default 24 h. */
  readonly afterMs?: number | undefined;
}

/**
 * Deletes the shards that {@link collectableShards} finds. @returns names of the files that it deleted; one that another
 * program holds open is left for the next time
 */
export function collectShards(folder: DataFolder, options: CollectionOptions): string[] {
  return collectableShards(folder, options).filter((name) => removeIfPossible(join(folder.content, name)));
}

/**
 * Shards that no file of the data folder names any more: what was merged or emptied, and what a writer left that lost
 * its race or crashed. Costs a listing as long as nothing is old enough. @returns file names
 */
export function collectableShards(
  folder: DataFolder,
  { named, now = Date.now(), afterMs = COLLECTED_AFTER_MS }: CollectionOptions,
): readonly string[] {
  const old = listShards(folder.content).filter(
    (name) => !named.has(name) && ageOf(join(folder.content, name), now) >= afterMs,
  );
  return old.length === 0 ? old : unnamedIn(folder, old);
}

/**
 * Looks again until there is no new file: a backup that another process restores and then prunes may be gone before it
 * was read, but its generation is there by then.
 */
function unnamedIn(folder: DataFolder, names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  let unnamed = names;
  for (;;) {
    const unseen = keptFiles(folder).filter((path) => !seen.has(path));
    if (unseen.length === 0) {
      return unnamed;
    }
    for (const path of unseen) {
      unnamed = withoutNamed(path, unnamed);
      seen.add(path);
    }
  }
}

/**
 * All files that may be a version of the database, whatever their state, best guess first: what was merged lately is
 * named by the oldest backups.
 */
function keptFiles(folder: DataFolder): string[] {
  const inFolder = (parent: string): string[] =>
    namesIn(parent)
      .sort()
      .map((name) => join(parent, name));
  const copies = namesIn(folder.root).filter((name) => /^openwebui_sync\.(?:db|edited-)/u.test(name));
  return [
    ...[folder.pinned, folder.daily, folder.corrupt, folder.generations].flatMap(inFolder),
    ...copies.map((name) => join(folder.root, name)),
  ];
}

/** A file that is not there any more has no age: it is left to whoever removed it. */
function ageOf(path: string, now: number): number {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? -Infinity : now - stats.mtimeMs;
}

/** Those of the names that a file does not hold. A file that cannot be read may hold them all. */
function withoutNamed(path: string, names: readonly string[]): readonly string[] {
  if (names.length === 0) {
    return names;
  }
  try {
    const held = namesHeldBy(path, names);
    return names.filter((name) => !held.has(name));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return names;
    }
    if (codeOf(error) === undefined) {
      throw error;
    }
    return [];
  }
}

const CHUNK_BYTES = 4 * 1024 * 1024;

/** Looks for names in the raw bytes, whatever the file is: names are random, and SQLite stores them as they are. */
function namesHeldBy(path: string, names: readonly string[]): ReadonlySet<string> {
  const overlap = Math.max(...names.map((name) => name.length)) - 1;
  const buffer = Buffer.alloc(CHUNK_BYTES + overlap);
  const held = new Set<string>();
  const descriptor = openSync(path, 'r');
  try {
    let carried = 0;
    for (;;) {
      const read = readSync(descriptor, buffer, carried, CHUNK_BYTES, null);
      const chunk = buffer.subarray(0, carried + read);
      names.filter((name) => chunk.includes(name)).forEach((name) => held.add(name));
      if (read === 0 || held.size === names.length) {
        return held;
      }
      carried = Math.min(overlap, chunk.length);
      chunk.copy(buffer, 0, chunk.length - carried);
    }
  } finally {
    closeSync(descriptor);
  }
}
