import { rm } from 'node:fs/promises';
import * as v from 'valibot';
import type { EpochSeconds } from '../store/records';
import { editJson, loadJson, type JsonFile } from '../store/files/jsonFile';
import { DamagedFileError } from './damagedFile';
import { headlessFolderAt } from './headlessFolder';
import { compareVersions } from './versions';

/** One copy of the command line in the data folder. */
export interface CliCopy {
  /** Of the product. */
  readonly version: string;
  /** Its name below `cli/`. */
  readonly folder: string;
}

/** A copy that was run until then. */
export interface EarlierCopy {
  readonly folder: string;
  readonly until: EpochSeconds;
}

interface CurrentFile {
  readonly version?: string | undefined;
  readonly folder?: string | undefined;
  /** Newest first. */
  readonly earlier: readonly EarlierCopy[];
}

const FOLDER = /^[0-9A-Za-z.+-]+-[0-9a-f]{12}$/u;
const folderName = v.pipe(v.string(), v.regex(FOLDER, 'not a copy'));

const schema = v.object({
  version: v.optional(v.pipe(v.string(), v.nonEmpty())),
  folder: v.optional(folderName),
  earlier: v.optional(v.array(v.object({ folder: folderName, until: v.number() })), []),
}) satisfies v.GenericSchema<unknown, CurrentFile>;

function fileOf(dataFolder: string): JsonFile<CurrentFile> {
  return {
    path: headlessFolderAt(dataFolder).current,
    schema,
    missing: () => ({ earlier: [] }),
    unusable: (path, reason) => new DamagedFileError(path, reason),
  };
}

/** Whether a name below `cli/` is that of a copy. */
export function isCopyName(name: string): boolean {
  return FOLDER.test(name);
}

/** The copy that schedules run; undefined when there is none. @throws Error when the file that says so is damaged */
export async function currentCopy(dataFolder: string): Promise<CliCopy | undefined> {
  return copyOf(await loadJson(fileOf(dataFolder)));
}

/** Removes what says which copy is run, when nothing can be read from it. */
export async function dropIfDamaged(dataFolder: string): Promise<void> {
  try {
    await currentCopy(dataFolder);
  } catch (error) {
    if (!(error instanceof DamagedFileError)) {
      throw error;
    }
    await rm(fileOf(dataFolder).path, { force: true });
  }
}

/**
 * Makes schedules run a copy that is whole on disk, unless the present one is of a newer version.
 * @returns which one is run now, and those that were before it, newest first
 */
export function switchTo(
  dataFolder: string,
  copy: CliCopy,
  now: EpochSeconds,
): Promise<{ readonly current: CliCopy; readonly earlier: readonly EarlierCopy[] }> {
  return editJson(fileOf(dataFolder), (file) => {
    const before = copyOf(file);
    if (before !== undefined && mustStay(before, copy)) {
      return [file, { current: before, earlier: file.earlier }];
    }
    const others = file.earlier.filter(({ folder }) => folder !== copy.folder);
    const earlier = before === undefined ? others : [{ folder: before.folder, until: now }, ...others];
    return [
      { ...copy, earlier },
      { current: copy, earlier },
    ];
  });
}

/** Forgets copies that are gone from the disk. */
export function forgetCopies(dataFolder: string, gone: ReadonlySet<string>): Promise<void> {
  return editJson(fileOf(dataFolder), (file) => [
    { ...file, earlier: file.earlier.filter(({ folder }) => !gone.has(folder)) },
    undefined,
  ]);
}

function mustStay(before: CliCopy, copy: CliCopy): boolean {
  return before.folder === copy.folder || compareVersions(before.version, copy.version) > 0;
}

function copyOf({ version, folder }: CurrentFile): CliCopy | undefined {
  return version === undefined || folder === undefined ? undefined : { version, folder };
}
