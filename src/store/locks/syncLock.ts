import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { dataFolderAt, ensureDataFolder, type DataFolder } from '../files/dataFolder';
import { putFile, temporaryName } from '../files/durableFiles';
import { codeOf } from '../errors';
import { isWithoutHardLinks } from '../files/exclusiveName';
import { beforeStep, reached } from '../files/failpoints';
import { isOwnerDead, readLock, type LockContent } from './lockFile';
import { storageFailure } from '../files/storageFailure';

export const BEAT_MS = 5_000;
const POLL_MS = 1_000;
/** Polls without a beat before a silent owner counts as gone: four beats. */
const SILENT_POLLS = 20;
/** A poll that took so much longer means that this machine slept, and the owner with it. */
const SLEPT_MS = 4 * POLL_MS;

/** The rights that one process of a data folder has at a time: to write, to read costs of a cloud. */
export type LockName = keyof Pick<DataFolder, 'lock' | 'costLock'>;

export interface SyncLockOptions {
  /** Of the product. */
  readonly version: string;
  /** Which right of the data folder it is; default: to sync. */
  readonly name?: LockName | undefined;
  /** Waits between two polls; tests pass another. Default: real time. */
  readonly sleep?: ((ms: number) => Promise<void>) | undefined;
  /** Between two beats, in ms; tests pass less. */
  readonly beatMs?: number | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
  /** Told when the lock was taken away, for example after a long sleep of the machine. */
  readonly onLost?: (() => void) | undefined;
}

/** One process's right to sync; saves work, does not guard correctness (publishing does). */
export interface SyncLock {
  readonly content: LockContent;
  /** Gives the lock back, if it still is ours. */
  release(): Promise<void>;
}

export type LockResult =
  | { readonly status: 'acquired'; readonly lock: SyncLock }
  | { readonly status: 'held'; readonly owner: LockContent };

/**
 * Takes `sync.lock`, or another lock of the folder. An owner whose process has ended is replaced at once; one that lives is watched until its beat
 * moves (`held`, within about 5 s) or has stood still for 20 s (replaced). Times of files are never compared.
 */
export async function acquireSyncLock(root: string, options: SyncLockOptions): Promise<LockResult> {
  const { version, now = Date.now, name = 'lock' } = options;
  const path = ensureDataFolder(root)[name];
  const content: LockContent = {
    pid: process.pid,
    host: hostname(),
    start: Math.floor(now() / 1000),
    id: randomUUID(),
    version,
    beat: 0,
  };
  for (;;) {
    if (await create(path, content)) {
      return { status: 'acquired', lock: beating(path, content, options) };
    }
    const owner = readLock(path) ?? (await secondLook(path, options));
    if (owner !== undefined && (await isLiving(path, owner, options))) {
      return { status: 'held', owner };
    }
    await takeAway(path, owner);
  }
}

/** Whether a sync is under way in some process, as far as can be told at once. @param root the data folder. */
export function lockOwner(root: string, name: LockName = 'lock'): LockContent | undefined {
  const owner = readLock(dataFolderAt(root)[name]);
  return owner === undefined || isOwnerDead(owner) ? undefined : owner;
}

/** Where hard links are missing, a new lock is empty for a moment. */
async function secondLook(
  path: string,
  { sleep = delay }: SyncLockOptions,
): Promise<LockContent | undefined> {
  if (!existsSync(path)) {
    return undefined;
  }
  await sleep(POLL_MS);
  return readLock(path);
}

/** The lock appears with its content in it, or not at all. @throws StorageError */
async function create(path: string, content: LockContent): Promise<boolean> {
  const temporary = temporaryName(path);
  const text = JSON.stringify(content);
  try {
    await writeExclusively(temporary, text);
    reached('lock:written');
    const isOurs = await placeLock(temporary, path, text);
    if (isOurs) {
      reached('lock:taken');
    }
    return isOurs;
  } catch (error) {
    throw storageFailure(error, dirname(path), text.length);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** @returns false when there is a lock already */
async function placeLock(temporary: string, path: string, text: string): Promise<boolean> {
  try {
    beforeStep('link', path);
    await link(temporary, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') {
      return false;
    }
    if (isWithoutHardLinks(error)) {
      return placeWithoutLink(path, text);
    }
    throw error;
  }
}

async function placeWithoutLink(path: string, text: string): Promise<boolean> {
  try {
    await writeExclusively(path, text);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') {
      return false;
    }
    throw error;
  }
}

function writeExclusively(path: string, text: string): Promise<void> {
  beforeStep('write', path);
  return writeFile(path, text, { flag: 'wx', mode: 0o600 });
}

async function isLiving(path: string, owner: LockContent, options: SyncLockOptions): Promise<boolean> {
  const { sleep = delay, now = Date.now } = options;
  if (isOwnerDead(owner)) {
    return false;
  }
  for (let silent = 0; silent < SILENT_POLLS; silent++) {
    const before = now();
    await sleep(POLL_MS);
    const seen = readLock(path);
    if (seen?.id !== owner.id) {
      return false;
    }
    if (seen.beat !== owner.beat) {
      return true;
    }
    if (now() - before > SLEPT_MS) {
      silent = -1;
    }
  }
  return false;
}

/** Moves a left lock away; of two observers one wins, and a living lock caught by mistake is put back. */
async function takeAway(path: string, judged: LockContent | undefined): Promise<void> {
  const aside = temporaryName(path);
  try {
    await rename(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return;
    }
    throw error;
  }
  const caught = readLock(aside);
  if (caught !== undefined && (caught.id !== judged?.id || caught.beat !== judged.beat)) {
    await putBack(aside, path);
  }
  await rm(aside, { force: true });
}

async function putBack(aside: string, path: string): Promise<void> {
  try {
    await link(aside, path);
  } catch (error) {
    if (isWithoutHardLinks(error)) {
      await (existsSync(path) ? Promise.resolve() : rename(aside, path));
    } else if (codeOf(error) !== 'EEXIST') {
      throw error;
    }
  }
}

function beating(
  path: string,
  content: LockContent,
  { onLost, beatMs = BEAT_MS }: SyncLockOptions,
): SyncLock {
  let beat = 0;
  let isEnded = false;
  let last: Promise<void> = Promise.resolve();
  const end = (): void => {
    isEnded = true;
    clearInterval(timer);
  };
  const isOurs = async (): Promise<boolean> => {
    try {
      return (JSON.parse(await readFile(path, 'utf8')) as { readonly id?: unknown }).id === content.id;
    } catch {
      return false;
    }
  };
  const tick = async (): Promise<void> => {
    if (isEnded) {
      return;
    }
    if (await isOurs()) {
      await putFile(path, JSON.stringify({ ...content, beat: ++beat }), false, {
        written: 'lock:beatWritten',
        renamed: 'lock:beat',
      });
    } else {
      end();
      onLost?.();
    }
  };
  const timer = setInterval(() => {
    // A beat that cannot be written now may be written next time; four missed ones lose the lock.
    last = last.then(tick).catch(() => undefined);
  }, beatMs);
  timer.unref();
  return {
    content,
    release: async () => {
      end();
      await last;
      if (await isOurs()) {
        await rm(path, { force: true });
        reached('lock:released');
      }
    },
  };
}
