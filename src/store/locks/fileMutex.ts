import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { dirname } from 'node:path';
import { isProcessAlive } from '../files/durableFiles';
import { codeOf } from '../errors';
import { storageFailure } from '../files/storageFailure';

const RETRY_MS = 15;
/** Far longer than a file edit takes: its owner's process id was given to another process. */
const GIVE_UP_AFTER_MS = 5_000;

/** Runs `work` while no other process and no other caller here does; for edits of a small file. */
export async function withFileMutex<T>(path: string, work: () => Promise<T>): Promise<T> {
  await acquire(path);
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function acquire(path: string): Promise<void> {
  for (let waited = 0; ; waited += RETRY_MS) {
    try {
      await writeFile(path, String(process.pid), { flag: 'wx', mode: 0o600 });
      return;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') {
        throw storageFailure(error, dirname(path), 0);
      }
    }
    if (waited >= GIVE_UP_AFTER_MS || (await isOwnerGone(path))) {
      await takeAway(path);
    } else {
      await sleep(RETRY_MS);
    }
  }
}

/** An owner that has not written its id yet counts as alive. */
async function isOwnerGone(path: string): Promise<boolean> {
  try {
    const pid = Number.parseInt(await readFile(path, 'utf8'), 10);
    return Number.isInteger(pid) && !isProcessAlive(pid);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return false;
    }
    throw error;
  }
}

/** Renaming first: of two that find the same leftover only one takes it. */
async function takeAway(path: string): Promise<void> {
  const aside = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    await rename(path, aside);
    await rm(aside, { force: true });
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') {
      throw error;
    }
  }
}
