import { mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 1000;
/** An owner writes his id right after creating the file; a lock that stays empty longer has lost him. */
const emptyLimitMs = 10_000;

/**
 * Runs `job` while holding `<folder>.lock`, so that two commands do not install the same thing at once. A lock whose
 * process is gone is taken over.
 * @template T
 * @param {string} folder
 * @param {() => Promise<T>} job
 * @returns {Promise<T>}
 */
export async function withFolderLock(folder, job) {
  const lock = `${folder}.lock`;
  await mkdir(path.dirname(folder), { recursive: true });
  while (!(await tryLock(lock))) {
    if (await isAbandoned(lock)) {
      await rm(lock, { force: true });
    } else {
      await delay(pollMs);
    }
  }
  try {
    return await job();
  } finally {
    await rm(lock, { force: true });
  }
}

async function tryLock(lock) {
  try {
    const handle = await open(lock, 'wx');
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') {
      return false;
    }
    throw error;
  }
}

async function isAbandoned(lock) {
  try {
    const pid = Number(await readFile(lock, 'utf8'));
    if (pid > 0) {
      process.kill(pid, 0);
      return false;
    }
    return Date.now() - (await stat(lock)).mtimeMs > emptyLimitMs;
  } catch (error) {
    // ESRCH: its process is gone. ENOENT: released just now, the next try gets it.
    if (error.code === 'ESRCH') {
      return true;
    }
    if (error.code === 'ENOENT' || error.code === 'EPERM') {
      return false;
    }
    throw error;
  }
}
