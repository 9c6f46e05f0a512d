import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { codeOf } from '../errors';
import { beforeStep, reached, writable, type Failpoint } from './failpoints';
import { explained, storageFailure } from './storageFailure';

/** A name beside `path` that no other process uses; swept when its process is gone. */
export function temporaryName(path: string): string {
  return `${path}.tmp-${process.pid}-${randomBytes(4).toString('hex')}`;
}

/** Pid of the process that made a {@link temporaryName}; undefined for any other name. */
export function temporaryOwner(name: string): number | undefined {
  const pid = /\.tmp-(\d+)-[0-9a-f]{8}$/u.exec(name)?.[1];
  return pid === undefined ? undefined : Number(pid);
}

/** Removes what this process left of a file beside it, once whatever wrote it was ended in the middle. */
export function removeOwnTemporaries(path: string): void {
  const folder = dirname(path);
  const prefix = `${basename(path)}.tmp-`;
  for (const name of readdirSync(folder)) {
    if (name.startsWith(prefix) && temporaryOwner(name) === process.pid) {
      rmSync(join(folder, name), { force: true });
    }
  }
}

/** What is told while a file is written, see `failpoints.ts`. */
export interface WritePoints {
  readonly written?: Failpoint;
  readonly synced?: Failpoint;
}

/**
 * Writes a new file (0600) completely and durably. @throws StorageError; what the system says when the file exists.
 * What was written is removed on failure.
 */
export function writeNewFile(path: string, parts: readonly Uint8Array[], points: WritePoints = {}): void {
  const bytes = parts.reduce((sum, part) => sum + part.length, 0);
  explained(dirname(path), bytes, () => {
    beforeStep('write', path);
    const descriptor = openSync(path, 'wx', 0o600);
    try {
      for (const part of parts) {
        writeFully(descriptor, part, path);
      }
      passed(points.written);
      beforeStep('sync', path);
      fsyncSync(descriptor);
      passed(points.synced);
    } catch (error) {
      closeSync(descriptor);
      rmSync(path, { force: true });
      throw error;
    }
    closeSync(descriptor);
  });
}

/** Adds a line durably; one that a crash cut short before it stays apart. @throws StorageError */
export function appendLines(path: string, lines: string, points: WritePoints = {}): void {
  explained(dirname(path), lines.length, () => {
    const descriptor = openSync(path, 'a+', 0o600);
    try {
      // One write where the system takes it as one: lines of two processes never mix.
      writeFully(descriptor, Buffer.from(`${endsInsideLine(descriptor) ? '\n' : ''}${lines}`), path);
      passed(points.written);
      beforeStep('sync', path);
      fsyncSync(descriptor);
      passed(points.synced);
    } finally {
      closeSync(descriptor);
    }
  });
}

function endsInsideLine(descriptor: number): boolean {
  const { size } = fstatSync(descriptor);
  const last = Buffer.alloc(1);
  return size > 0 && readSync(descriptor, last, 0, 1, size - 1) === 1 && last.toString() !== '\n';
}

/** A single write may be short, for example on a nearly full disk. @param path for tests */
function writeFully(descriptor: number, bytes: Uint8Array, path: string): void {
  let offset = 0;
  while (offset < bytes.length) {
    beforeStep('write', path);
    offset += writeSync(descriptor, bytes, offset, writable(path, bytes.length - offset));
  }
}

function passed(point: Failpoint | undefined): void {
  if (point !== undefined) {
    reached(point);
  }
}

/** What is told while a file is put in place. */
export interface PutPoints {
  readonly written?: Failpoint;
  readonly renamed?: Failpoint;
}

/** Puts a file in place as a whole: readers see the old or the new content. @throws StorageError */
export function replaceFile(path: string, content: string | Uint8Array, points: PutPoints = {}): void {
  const temporary = temporaryName(path);
  writeNewFile(temporary, [typeof content === 'string' ? Buffer.from(content) : content]);
  explained(dirname(path), content.length, () => {
    try {
      passed(points.written);
      renameWithRetry(temporary, path);
      passed(points.renamed);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
    syncFolder(dirname(path));
  });
}

/** {@link replaceFile} for the main thread. @param isDurable whether it must survive a power cut. @throws StorageError */
export async function putFile(
  path: string,
  content: string,
  isDurable: boolean,
  points: PutPoints = {},
): Promise<void> {
  const temporary = temporaryName(path);
  try {
    beforeStep('write', temporary);
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(content);
      if (isDurable) {
        beforeStep('sync', temporary);
        await file.sync();
      }
    } finally {
      await file.close();
    }
    passed(points.written);
    beforeStep('rename', path);
    await rename(temporary, path);
    passed(points.renamed);
  } catch (error) {
    await rm(temporary, { force: true });
    throw storageFailure(error, dirname(path), content.length);
  }
}

/** Gives a file a second name. @throws EEXIST when the name is taken */
export function linkFile(path: string, name: string): void {
  beforeStep('link', name);
  linkSync(path, name);
}

/**
 * Copies a file durably, without moving bytes where the file system can. What was written is removed on failure.
 * @throws StorageError; EEXIST when `to` is there, ENOENT when `from` is not
 */
export function copyDurably(from: string, to: string): void {
  const bytes = statSync(from).size;
  explained(dirname(to), bytes, () => {
    try {
      beforeStep('copy', to);
      copyFileSync(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      syncFile(to);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') {
        rmSync(to, { force: true });
      }
      throw error;
    }
  });
}

const BUSY_CODES = new Set(['EPERM', 'EACCES', 'EBUSY']);
const REMOVALS = 5;
const REMOVAL_WAIT_MS = 20;
const RENAME_WAITS_MS = [10, 20, 40, 80, 160, 320];

/** Renames; on Windows a virus scanner holds files open for a moment. @throws StorageError */
export function renameWithRetry(from: string, to: string): void {
  explained(dirname(to), 0, () => {
    beforeStep('rename', to);
    for (const wait of RENAME_WAITS_MS) {
      try {
        renameSync(from, to);
        return;
      } catch (error) {
        if (process.platform !== 'win32' || !BUSY_CODES.has(codeOf(error) ?? '')) {
          throw error;
        }
        pause(wait);
      }
    }
    renameSync(from, to);
  });
}

/** Lets this thread wait. @param ms milliseconds */
export function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** Deletes a file; one that is not there is no failure. @returns false when the system does not let it go */
export function removeIfPossible(path: string): boolean {
  try {
    beforeStep('remove', path);
    rmSync(path, { force: true, maxRetries: REMOVALS, retryDelay: REMOVAL_WAIT_MS });
    return true;
  } catch (error) {
    if (codeOf(error) === undefined) {
      throw error;
    }
    return false;
  }
}

const NO_FOLDER_SYNC = new Set(['EPERM', 'EINVAL', 'ENOTSUP', 'EISDIR', 'EBADF', 'EACCES']);

/** Makes renames and links in a folder survive a power cut, where the system can. @throws StorageError */
export function syncFolder(path: string): void {
  explained(path, 0, () => syncFolderNow(path));
}

function syncFolderNow(path: string): void {
  try {
    beforeStep('sync', path);
    const descriptor = openSync(path, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (process.platform === 'linux' || !NO_FOLDER_SYNC.has(codeOf(error) ?? '')) {
      throw error;
    }
  }
}

/** Makes a file's content survive a power cut. */
export function syncFile(path: string): void {
  beforeStep('sync', path);
  const descriptor = openSync(path, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Whether a process of this machine lives. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
