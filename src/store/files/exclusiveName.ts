import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import {
  isProcessAlive,
  linkFile,
  pause,
  removeIfPossible,
  renameWithRetry,
  temporaryName,
} from './durableFiles';
import { codeOf } from '../errors';
import { storageFailure } from './storageFailure';

/** `renamed`: the file system has no hard links; then only processes of one host keep out of each other's way. */
export type Naming = 'linked' | 'renamed' | 'taken';

/**
 * Gives a finished file its name, unless another file has it: all or nothing, whoever else tries. The temporary name may
 * remain. @throws StorageError
 */
export function nameExclusively(temporary: string, path: string): Naming {
  try {
    linkFile(temporary, path);
    return 'linked';
  } catch (error) {
    if (codeOf(error) === 'EEXIST') {
      return 'taken';
    }
    if (isWithoutHardLinks(error)) {
      return renameIfFree(temporary, path) ? 'renamed' : 'taken';
    }
    throw storageFailure(error, dirname(path), 0);
  }
}

const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EINVAL', 'ENOSYS', 'EISDIR', 'EXDEV', 'EMLINK']);

/** Whether a link failed because the file system has none. */
export function isWithoutHardLinks(error: unknown): boolean {
  return NO_LINKS.has(codeOf(error) ?? '');
}

/** Whether a file that is there cannot get a second name. False also where that cannot be told. */
export function lacksHardLinks(path: string): boolean {
  const second = temporaryName(path);
  try {
    linkFile(path, second);
  } catch (error) {
    if (codeOf(error) === undefined) {
      throw error;
    }
    return isWithoutHardLinks(error);
  }
  removeIfPossible(second);
  return false;
}

/** A rename replaces what is there: looking first and renaming is one step among the processes of this host. */
function renameIfFree(temporary: string, path: string): boolean {
  return alone(join(dirname(path), 'naming.lock'), () => {
    if (existsSync(path)) {
      return false;
    }
    renameWithRetry(temporary, path);
    return true;
  });
}

const RETRY_MS = 15;
/** Far longer than a look and a rename take: its owner is gone or stands still. */
const GIVE_UP_AFTER_MS = 2_000;

function alone<T>(claim: string, work: () => T): T {
  const mine = `${process.pid}-${randomBytes(4).toString('hex')}`;
  for (let waited = 0; !take(claim, mine); waited += RETRY_MS) {
    if (waited >= GIVE_UP_AFTER_MS || isLeft(claim)) {
      takeAway(claim);
    } else {
      pause(RETRY_MS);
    }
  }
  try {
    return work();
  } finally {
    // One that was taken from us belongs to another now.
    if (contentOf(claim) === mine) {
      rmSync(claim, { force: true });
    }
  }
}

function take(claim: string, content: string): boolean {
  try {
    writeFileSync(claim, content, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') {
      return false;
    }
    throw storageFailure(error, dirname(claim), content.length);
  }
}

/** An owner that has not written its id yet counts as alive. */
function isLeft(claim: string): boolean {
  const pid = Number.parseInt(contentOf(claim) ?? '', 10);
  return Number.isInteger(pid) && !isProcessAlive(pid);
}

function contentOf(claim: string): string | undefined {
  try {
    return readFileSync(claim, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

/** Renaming first: of two that find the same leftover only one takes it. */
function takeAway(claim: string): void {
  const aside = temporaryName(claim);
  try {
    renameWithRetry(claim, aside);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') {
      throw error;
    }
  }
  rmSync(aside, { force: true });
}
