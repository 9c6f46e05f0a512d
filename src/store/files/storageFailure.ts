import { existsSync, statfsSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import { codeOf, DiskFailureError, DiskFullError, FolderUnusableError, StorageError } from '../errors';

type Explain = (folder: string, bytes: number) => StorageError;

const full: Explain = (folder, bytes) =>
  new DiskFullError(
    l10n.t(
      'The disk that holds the mirror is full: {0} more are needed at {1}.',
      megabytes(bytes - freeBytes(folder), bytes),
      folder,
    ),
  );
const unwritable: Explain = (folder) =>
  new FolderUnusableError(
    l10n.t(
      'The data folder cannot be written: {0}. Allow this user to write there, or choose another folder.',
      folder,
    ),
  );
const missing: Explain = (folder) =>
  new FolderUnusableError(
    l10n.t('The data folder is gone: {0}. Bring it back, or choose another folder.', folder),
  );
const failing: Explain = (folder) =>
  new DiskFailureError(
    l10n.t(
      'The disk that holds the mirror reports an error at {0}. Check the disk, then sync again.',
      folder,
    ),
  );

/** What the system's codes mean for whoever wants to keep data. Others are not about storage. */
const EXPLANATIONS: Readonly<Record<string, Explain>> = {
  ENOSPC: full,
  EDQUOT: full,
  EROFS: unwritable,
  EACCES: unwritable,
  EPERM: unwritable,
  ENOENT: missing,
  ENOTDIR: missing,
  EIO: failing,
};

/**
 * Why a file could not be written, in words for the user; the `code` stays. Errors that are not about storage come back
 * as they are. @param folder of the file @param bytes how many were to be written
 */
export function storageFailure(error: unknown, folder: string, bytes: number): unknown {
  const code = codeOf(error);
  const explain = code === undefined ? undefined : EXPLANATIONS[code];
  const isFileMissing = code === 'ENOENT' && existsSync(folder);
  if (explain === undefined || isFileMissing || error instanceof StorageError) {
    return error;
  }
  return Object.assign(explain(folder, bytes), { code, cause: error });
}

/** Runs a step of writing a file. @throws what {@link storageFailure} makes of its error */
export function explained<T>(folder: string, bytes: number, step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw storageFailure(error, folder, bytes);
  }
}

/** Does what may be left undone on a disk that does not take it; then undefined comes back. */
export function unlessStorageFails<T>(step: () => T): T | undefined {
  try {
    return step();
  } catch (error) {
    if (error instanceof StorageError) {
      return undefined;
    }
    throw error;
  }
}

/** Bytes that this user may still write to the disk of a folder; 0 when the system does not tell. */
export function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch (error) {
    if (codeOf(error) === undefined) {
      throw error;
    }
    return 0;
  }
}

/** @param missing what is known to be missing; where a quota says "full" there is room on the disk: then `all`. */
function megabytes(missing: number, all: number): string {
  const bytes = missing > 0 ? missing : all;
  return `${Math.max(1, Math.ceil(bytes / 1_000_000))} MB`;
}
