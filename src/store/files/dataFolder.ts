import { chmodSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { makeFolder } from './makeFolder';
import { explained } from './storageFailure';

/** Where everything lies below the data folder. */
export interface DataFolder {
  readonly root: string;
  /** The fixed-name copy for people and other programs. */
  readonly fixedName: string;
  /** Numbered file generations: the truth. */
  readonly generations: string;
  /** One generation a day, as a net. */
  readonly daily: string;
  /** Files from before a step that cannot be taken back: a migration, a restore. */
  readonly pinned: string;
  /** Damaged files, kept. */
  readonly corrupt: string;
  /** Sealed files of older message text. */
  readonly content: string;
  readonly status: string;
  readonly instances: string;
  /** What changes numbers, beside the mirrored data. */
  readonly analysis: string;
  /** Which costs are read of Azure, and who signs in. */
  readonly azure: string;
  /** Databases that the mirror is pushed to. */
  readonly warehouses: string;
  /** What was exported to where, so that an erasure can name it. */
  readonly exports: string;
  /** Keys that the command line keeps for people without an environment to hold them, a file of 0600 each. */
  readonly keys: string;
  readonly lock: string;
  /** Who reads costs now. */
  readonly costLock: string;
  readonly journal: string;
  /** A request to the lock's owner to cancel. */
  readonly cancel: string;
  /** The command line that schedules run, and what is noted of them. */
  readonly cli: string;
  /** The demo: a data folder of its own, in which nothing of this one is. */
  readonly demo: string;
}

/** The name of a file below a folder, with `/` on all systems. */
export function nameBelow(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}

/** Names the places below `root`; touches nothing. */
export function dataFolderAt(root: string): DataFolder {
  return {
    root,
    fixedName: join(root, 'openwebui_sync.db'),
    generations: join(root, 'db'),
    daily: join(root, 'daily'),
    pinned: join(root, 'pinned'),
    corrupt: join(root, 'corrupt'),
    content: join(root, 'content'),
    status: join(root, 'status.json'),
    instances: join(root, 'instances.json'),
    analysis: join(root, 'analysis.json'),
    azure: join(root, 'azure.json'),
    warehouses: join(root, 'warehouses.json'),
    exports: join(root, 'exports.json'),
    keys: join(root, 'keys'),
    lock: join(root, 'sync.lock'),
    costLock: join(root, 'costs.lock'),
    journal: join(root, 'journal.jsonl'),
    cancel: join(root, 'cancel'),
    cli: join(root, 'cli'),
    demo: join(root, 'demo'),
  };
}

/**
 * Makes the folder and those below it, readable by their owner only. The rights of a folder that already holds
 * something stay: it may be anything, such as a project or `/tmp`.
 * @throws FolderUnusableError, DiskFullError
 */
export function ensureDataFolder(root: string): DataFolder {
  const folder = dataFolderAt(root);
  explained(root, 0, () => makeFolders(folder));
  return folder;
}

function makeFolders({ root, generations, daily, pinned, corrupt, content }: DataFolder): void {
  if (!makeFolder(root, 0o700) && readdirSync(root).length === 0) {
    // Made for us, perhaps by the editor with wider rights.
    chmodSync(root, 0o700);
  }
  for (const path of [generations, daily, pinned, corrupt, content]) {
    makeFolder(path, 0o700);
  }
}
