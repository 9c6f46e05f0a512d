import { randomUUID } from 'node:crypto';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../store/errors';
import { dataFolderAt } from '../../store/files/dataFolder';

/** Folders of a demo that is being made or removed: `demo.<random>`, beside the demo. */
const ASIDE = /^demo\./u;
/** Making a demo takes seconds: what is older was left behind by a window that ended meanwhile. */
const LEFT_BEHIND_MS = 3_600_000;
/** Another window may read a file at this moment, which some systems do not let go then. */
const PATIENT = { recursive: true, force: true, maxRetries: 5, retryDelay: 100 } as const;

/**
 * Tells the demo of a data folder from one that is made later; undefined where there is none.
 * @param root the mirror's data folder
 */
export async function demoMark(root: string): Promise<string | undefined> {
  try {
    const { ino, mtimeMs, size } = await stat(dataFolderAt(dataFolderAt(root).demo).status);
    return `${ino}/${mtimeMs}/${size}`;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

/**
 * Has a demo made beside its place and puts it there whole: whoever looks meanwhile sees no half of one. Nothing is left of
 * one that could not be made, nor of one that comes after another window's.
 * @param make fills a folder that does not exist yet
 */
export async function placeDemo(root: string, make: (folder: string) => Promise<void>): Promise<void> {
  await removeLeftBehind(root, LEFT_BEHIND_MS);
  const folder = asideOf(root);
  try {
    await make(folder);
    await rename(folder, dataFolderAt(root).demo).catch(async (error: unknown) => {
      if ((await demoMark(root)) === undefined) {
        throw error;
      }
    });
  } finally {
    await rm(folder, PATIENT);
  }
}

/** Removes the demo: all at once for whoever looks, then from the disk. Removing twice is no error. */
export async function removeDemoFolder(root: string): Promise<void> {
  const aside = asideOf(root);
  try {
    await rename(dataFolderAt(root).demo, aside);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') {
      throw error;
    }
  }
  await rm(aside, PATIENT);
  await removeLeftBehind(root, LEFT_BEHIND_MS);
}

function asideOf(root: string): string {
  return join(root, `demo.${randomUUID()}`);
}

async function removeLeftBehind(root: string, olderThanMs: number): Promise<void> {
  const limit = Date.now() - olderThanMs;
  for (const name of (await readdir(root)).filter((entry) => ASIDE.test(entry))) {
    const path = join(root, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }));
    if (mtimeMs < limit) {
      await rm(path, PATIENT);
    }
  }
}
