import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isProcessAlive, putFile, temporaryName, temporaryOwner } from '../store/files/durableFiles';
import { codeOf } from '../store/errors';
import { storageFailure } from '../store/files/storageFailure';
import { withFileMutex } from '../store/locks/fileMutex';
import { FURTHER_FILES, NEEDED_FILES } from './cliFiles';
import {
  currentCopy,
  dropIfDamaged,
  forgetCopies,
  isCopyName,
  switchTo,
  type CliCopy,
  type EarlierCopy,
} from './currentCopy';
import { headlessFolderAt } from './headlessFolder';
import { LAUNCHER, LAUNCHER_PACKAGE } from './launcher';
import { compareVersions } from './versions';

/** A build of the command line. */
export interface CliSource {
  /** Folder of its bundles. */
  readonly dist: string;
  /** Of the product. */
  readonly version: string;
}

/** A run may take long and loads some of its files late. */
const KEPT_S = 24 * 3_600;
const HASH_DIGITS = 12;

/**
 * Copies the command line into the data folder and makes schedules run it, unless a newer version is there. What runs
 * meanwhile keeps its files. @returns what schedules run now @throws StorageError, Error when the source is not whole
 */
export async function installCopy(dataFolder: string, source: CliSource, now: number): Promise<CliCopy> {
  const { root, launcher } = headlessFolderAt(dataFolder);
  await mkdir(root, { recursive: true, mode: 0o700 });
  // Another version that sweeps meanwhile would take a copy away that is not yet the current one.
  return withFileMutex(join(root, 'install.lock'), async () => {
    await putIfDifferent(join(root, 'package.json'), LAUNCHER_PACKAGE);
    await putIfDifferent(launcher, LAUNCHER);
    await dropIfDamaged(dataFolder);
    const copy = await makeCopy(root, source);
    const seconds = Math.floor(now / 1000);
    const { current, earlier } = await switchTo(dataFolder, copy, seconds);
    await sweep(dataFolder, current, earlier, seconds);
    return current;
  });
}

/**
 * Brings a copy that is there up to date with a newer version; where there is none, or it is as new, nothing happens.
 * @returns the copy when it was replaced
 */
export async function updateCopy(
  dataFolder: string,
  source: CliSource,
  now: number,
): Promise<CliCopy | undefined> {
  const before = await currentCopy(dataFolder);
  if (before === undefined || compareVersions(source.version, before.version) <= 0) {
    return undefined;
  }
  const copy = await installCopy(dataFolder, source, now);
  return copy.folder === before.folder ? undefined : copy;
}

/** A new folder appears whole under its name, which its content makes its own. */
async function makeCopy(root: string, { dist, version }: CliSource): Promise<CliCopy> {
  const files = filesOf(dist);
  const digest = await digestOf(dist, files);
  const folder = `${version}-${digest}`;
  const path = join(root, folder);
  if (existsSync(path)) {
    if (await isSame(path, files, digest)) {
      return { version, folder };
    }
    // Damaged: nothing that runs is well served by it.
    await rename(path, temporaryName(path));
  }
  const temporary = temporaryName(path);
  try {
    for (const file of files) {
      await copyWhole(join(dist, file), join(temporary, file));
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    // Another process was as quick with the same files.
    if (!(await isSame(path, files, digest))) {
      throw storageFailure(error, root, 0);
    }
  }
  return { version, folder };
}

/** @throws Error when the build lacks what it does not start without */
function filesOf(dist: string): readonly string[] {
  const missing = NEEDED_FILES.filter((file) => !existsSync(join(dist, file)));
  if (missing.length > 0) {
    throw new Error(`${dist} is no complete command line: ${missing.join(', ')} is missing.`);
  }
  return [...NEEDED_FILES, ...FURTHER_FILES.filter((file) => existsSync(join(dist, file)))];
}

async function digestOf(folder: string, files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(`${file}\n`);
    for await (const bytes of createReadStream(join(folder, file))) {
      hash.update(bytes as Buffer);
    }
  }
  return hash.digest('hex').slice(0, HASH_DIGITS);
}

async function isSame(folder: string, files: readonly string[], digest: string): Promise<boolean> {
  return files.every((file) => existsSync(join(folder, file))) && (await digestOf(folder, files)) === digest;
}

async function copyWhole(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await copyFile(from, to);
  const file = await open(to, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function putIfDifferent(path: string, text: string): Promise<void> {
  if ((await textOf(path)) !== text) {
    await putFile(path, text, true);
  }
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

/** Removes copies that nothing runs any more: not the one before the present one, nor any of the last day. */
async function sweep(
  dataFolder: string,
  current: CliCopy,
  earlier: readonly EarlierCopy[],
  now: number,
): Promise<void> {
  const { root } = headlessFolderAt(dataFolder);
  const kept = new Set([
    current.folder,
    ...earlier.filter(({ until }, index) => index === 0 || now - until < KEPT_S).map(({ folder }) => folder),
  ]);
  const gone = new Set<string>();
  for (const name of await readdir(root)) {
    const owner = temporaryOwner(name);
    const isOld = owner === undefined ? isCopyName(name) && !kept.has(name) : !isProcessAlive(owner);
    if (isOld && (await isRemoved(join(root, name)))) {
      gone.add(name);
    }
  }
  if (gone.size > 0) {
    await forgetCopies(dataFolder, gone);
  }
}

/** What the system does not let go of today is tried again with the next version. */
async function isRemoved(path: string): Promise<boolean> {
  try {
    await rm(path, { recursive: true, force: true, maxRetries: 3 });
    return true;
  } catch (error) {
    if (codeOf(error) === undefined) {
      throw error;
    }
    return false;
  }
}
