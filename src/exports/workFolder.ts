import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { codeOf } from '../store/errors';
import { isProcessAlive } from '../store/files/durableFiles';
import { WRITE_REASONS } from '../store/files/writeReasons';
import { ExportError } from './exportError';

/** Where files are written before they get their names; whoever has it is the only one to export to the folder. */
const WORK_NAME = '.openwebui-sync-export';
const OWNER = 'owner';

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

/** What is told where a folder does not take files; another failure as it is. */
export function writeFailure(output: string, error: unknown): unknown {
  const reason = WRITE_REASONS[codeOf(error) ?? ''];
  return reason === undefined
    ? error
    : new ExportError(l10n.t('The export to {0} failed: {1}.', output, reason), { cause: error });
}

function taken(output: string, id: string): string {
  const path = join(output, WORK_NAME);
  mkdirSync(output, { recursive: true });
  const made = mkdtempSync(`${path}-`);
  try {
    writeFileSync(join(made, OWNER), `${process.pid} ${id}`);
    if (!isTaken(made, path)) {
      return path;
    }
    if (isOwnerAlive(path)) {
      throw busy(output);
    }
    rmSync(path, { recursive: true, force: true });
    if (isTaken(made, path)) {
      throw busy(output);
    }
    return path;
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

/** Lets go of what an export took, with all that is unfinished in it. Of another export's nothing is touched. */
export function releaseWorkFolder(output: string, id: string): void {
  const path = join(output, WORK_NAME);
  if (ownerOf(path) === `${process.pid} ${id}`) {
    rmSync(path, { recursive: true, force: true });
  }
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

function isOwnerAlive(path: string): boolean {
  const pid = Number.parseInt(ownerOf(path), 10);
  return Number.isInteger(pid) && isProcessAlive(pid);
}

/** Process and id of the export that has it; '' where nobody has. */
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
