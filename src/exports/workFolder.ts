import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { codeOf, StorageError } from '../store/errors';
import { makeFolder } from '../store/files/makeFolder';
import { WRITE_REASONS } from '../store/files/writeReasons';
import { isOwnerDead } from '../store/locks/lockFile';
import { ExportError } from './exportError';

/** Where files are written before they get their names; whoever has it is the only one to export to the folder. */
const WORK_NAME = '.openwebui-sync-export';
const OWNER = 'owner';

/** How often an export says that it lives, in ms. */
export const BEAT_MS = 20_000;
/** Without a sign for so long it has ended: its process id was given to another process, or it was on another computer. */
const SILENT_MS = 10 * 60_000;

/**
 * Takes the folder of an export; what a process that has ended left behind goes.
 * @param id of this export, unique
 * @returns where files are written @throws ExportError while another export writes to it, or where it takes no files
 */
export function takeWorkFolder(output: string, id: string): string {
  try {
    return taken(output, id);
  } catch (error) {
    throw writeFailure(output, error);
  }
}

/** Whether an export has the folder, or left something unfinished in it. */
export function hasWorkFolder(output: string): boolean {
  return existsSync(join(output, WORK_NAME));
}

/** What is told where a folder does not take files; another failure as it is. */
export function writeFailure(output: string, error: unknown): unknown {
  if (error instanceof StorageError) {
    return error; // Of the data folder, where exports are noted.
  }
  const cause = error instanceof Error ? error.cause : undefined;
  const reason = WRITE_REASONS[codeOf(error) ?? codeOf(cause) ?? ''];
  return reason === undefined
    ? error
    : new ExportError(l10n.t('The export to {0} failed: {1}.', output, reason), { cause: error });
}

function taken(output: string, id: string): string {
  const path = join(output, WORK_NAME);
  makeFolder(output);
  const made = scrapOf(path, id);
  mkdirSync(made, { mode: 0o700 });
  try {
    writeFileSync(join(made, OWNER), ownerText(id));
    if (isTaken(made, path) && (!removeLeftover(path) || isTaken(made, path))) {
      throw busy(output);
    }
    return path;
  } finally {
    rmSync(made, { recursive: true, force: true });
    removeScraps(output);
  }
}

/** Says that an export lives: call every {@link BEAT_MS}. What hinders it hinders the export as well, which tells of it. */
export function beatWorkFolder(output: string, id: string): void {
  const path = join(output, WORK_NAME);
  try {
    if (ownerOf(path) === ownerText(id)) {
      const now = new Date();
      utimesSync(join(path, OWNER), now, now);
    }
  } catch (error) {
    if (codeOf(error) === undefined) {
      throw error;
    }
  }
}

/** @throws ExportError when another export took the folder because this one was silent for too long, as in sleep */
export function assertWorkFolder(output: string, id: string): void {
  if (ownerOf(join(output, WORK_NAME)) !== ownerText(id)) {
    throw busy(output);
  }
}

/** A thread that is ending may put one more file into a folder that is just removed. */
const REMOVING = { recursive: true, force: true, maxRetries: 10, retryDelay: 50 } as const;

/** Lets go of what an export took, with all that is unfinished in it. Of another export's nothing is touched. */
export function releaseWorkFolder(output: string, id: string): void {
  const path = join(output, WORK_NAME);
  if (ownerOf(path) === ownerText(id)) {
    rmSync(path, REMOVING);
  }
  // Where the output is no folder at all, nothing was taken.
  const scrap = scrapOf(path, id);
  if (existsSync(scrap)) {
    rmSync(scrap, REMOVING);
  }
}

/** What becomes the work folder as soon as it is complete. */
function scrapOf(path: string, id: string): string {
  return `${path}-${id}`;
}

/** A folder that holds something is never replaced: of two that try only one gets the name. */
function isTaken(made: string, path: string): boolean {
  try {
    renameSync(made, path);
    return false;
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES'].includes(codeOf(error) ?? '')) {
      return true;
    }
    throw error;
  }
}

/**
 * Removes a work folder whose export has ended. Renaming first: of two that find the same one only one takes it.
 * @returns false: its export lives
 */
function removeLeftover(path: string): boolean {
  const owner = ownerOf(path);
  if (isAlive(owner, path)) {
    return false;
  }
  const aside = `${path}-${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return true;
    }
    throw error;
  }
  if (ownerOf(aside) !== owner) {
    // Somebody took it between the look and the renaming.
    renameSync(aside, path);
    return false;
  }
  rmSync(aside, { recursive: true, force: true });
  return true;
}

/** What was killed between two steps left behind. */
function removeScraps(output: string): void {
  for (const name of readdirSync(output)) {
    const path = join(output, name);
    if (name.startsWith(`${WORK_NAME}-`) && isSilent(path)) {
      rmSync(path, { recursive: true, force: true });
    }
  }
}

/** Whether the export of a work folder goes on, here or on another computer. */
function isAlive(owner: string, path: string): boolean {
  const [pid = '', host = ''] = owner.split(' ');
  return owner !== '' && !isOwnerDead({ host, pid: Number(pid) }) && !isSilent(join(path, OWNER));
}

function isSilent(path: string): boolean {
  const { mtimeMs = 0 } = statSync(path, { throwIfNoEntry: false }) ?? {};
  return Date.now() - mtimeMs > SILENT_MS;
}

function ownerText(id: string): string {
  return `${process.pid} ${hostname()} ${id}`;
}

/** Process, computer and id of the export that has it; '' where nobody has. */
function ownerOf(path: string): string {
  try {
    return readFileSync(join(path, OWNER), 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) {
      return '';
    }
    throw error;
  }
}

function busy(output: string): ExportError {
  return new ExportError(l10n.t('Another export writes to {0}. Wait until it ends.', output));
}
