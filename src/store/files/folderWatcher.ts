import { existsSync, statSync, watch, type FSWatcher } from 'node:fs';
import { dataFolderAt, ensureDataFolder } from './dataFolder';
import { newestGeneration } from './fileGeneration';
import { unlessStorageFails } from './storageFailure';

/** File events get lost on some systems: the folder is listed as well. */
const LIST_EVERY_MS = 15_000;
/** Several events of one publish become one call. */
const SETTLE_MS = 50;

export interface FolderWatcherOptions {
  /** Default 15 s. */
  readonly listEveryMs?: number | undefined;
}

/** Watches a data folder until disposed. */
export interface FolderWatcher {
  dispose(): void;
}

/**
 * Calls `onChange` after a new file generation, status, journal line, lock, list (of instances, connections to Azure or
 * warehouses) or analysis file has appeared, a scheduled run has ended, or the demo came or went, by whichever process.
 */
export function watchDataFolder(
  root: string,
  onChange: () => void,
  { listEveryMs = LIST_EVERY_MS }: FolderWatcherOptions = {},
): FolderWatcher {
  // What does not exist cannot be watched; a folder that cannot be written may be read all the same.
  unlessStorageFails(() => ensureDataFolder(root));
  const folder = dataFolderAt(root);
  const watchers: FSWatcher[] = [];
  let settle: NodeJS.Timeout | undefined;
  let last = signatureOf(root);

  const look = (): void => {
    const before = last;
    last = signatureOf(root);
    if (last !== before) {
      onChange();
    }
  };
  const lookSoon = (): void => {
    clearTimeout(settle);
    settle = setTimeout(look, SETTLE_MS).unref();
  };
  const timer = setInterval(look, listEveryMs).unref();
  for (const path of [folder.root, folder.generations]) {
    try {
      const watcher = watch(path, { persistent: false }, lookSoon);
      // A watcher may fail later, for example when the folder is removed; listing goes on.
      watcher.on('error', () => watcher.close());
      watchers.push(watcher);
    } catch {
      // No watching here, for example out of inotify handles: listing goes on.
    }
  }
  return {
    dispose: () => {
      clearInterval(timer);
      clearTimeout(settle);
      for (const watcher of watchers) {
        watcher.close();
      }
    },
  };
}

/** Changes when something does that is worth looking at; not with the lock's beat. A handful of system calls. */
function signatureOf(root: string): string {
  const folder = dataFolderAt(root);
  const { generations, status, instances, analysis, azure, warehouses, journal, lock, cli, demo } = folder;
  const lists = [instances, azure, warehouses];
  const files = [status, ...lists, analysis, journal, cli, dataFolderAt(demo).status].map(timeOf);
  return [newestIn(generations), ...files, existsSync(lock)].join('|');
}

/** An unreadable folder counts as empty here; whoever is called looks himself and tells. */
function newestIn(folder: string): number {
  try {
    return newestGeneration(folder);
  } catch {
    return 0;
  }
}

function timeOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? '' : `${stats.mtimeMs}/${stats.size}`;
}
