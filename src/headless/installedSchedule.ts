import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import * as v from 'valibot';
import type { EpochSeconds } from '../store/records';
import { putFile } from '../store/files/durableFiles';
import { loadJson, type JsonFile } from '../store/files/jsonFile';
import { everyOption, parseEvery, type Every } from './every';
import { DamagedFileError } from './damagedFile';
import { headlessFolderAt } from './headlessFolder';

/** What can start syncs without the editor. */
export const SCHEDULER_IDS = ['systemd', 'launchd', 'windows', 'cron'] as const;
export type SchedulerId = (typeof SCHEDULER_IDS)[number];

/** A schedule as it was installed, `cli/schedule.json`. */
export interface InstalledSchedule {
  readonly scheduler: SchedulerId;
  readonly every: Every;
  /** The Node that it runs. */
  readonly node: string;
  /** Name of the warehouse that it pushes to. */
  readonly push?: string | undefined;
  readonly installedAt: EpochSeconds;
}

/** How a scheduled run ended, `cli/last-run.json`. */
export interface ScheduledRun {
  readonly startedAt: EpochSeconds;
  readonly finishedAt: EpochSeconds;
  /** See the exit codes of the command line: 0 done, 4 another window syncs, ... */
  readonly exitCode: number;
  /** The sentence that it ended with, when it was not 0. */
  readonly message?: string | undefined;
}

const scheduleSchema = v.object({
  scheduler: v.picklist(SCHEDULER_IDS),
  every: v.pipe(
    v.string(),
    v.rawTransform(({ dataset, addIssue, NEVER }): Every => {
      const every = parseEvery(dataset.value);
      if (every === undefined) {
        addIssue({ message: 'not an interval' });
        return NEVER;
      }
      return every;
    }),
  ),
  node: v.string(),
  push: v.optional(v.string()),
  installedAt: v.number(),
}) satisfies v.GenericSchema<unknown, InstalledSchedule>;

const runSchema = v.object({
  startedAt: v.number(),
  finishedAt: v.number(),
  exitCode: v.number(),
  message: v.optional(v.string()),
}) satisfies v.GenericSchema<unknown, ScheduledRun>;

/** The schedule of a data folder; undefined when none is installed. @throws Error when the file is damaged */
export function installedSchedule(dataFolder: string): Promise<InstalledSchedule | undefined> {
  return load(headlessFolderAt(dataFolder).schedule, scheduleSchema);
}

/** The same for what replaces it or takes it away: undefined too when the file is damaged. */
export async function replaceableSchedule(dataFolder: string): Promise<InstalledSchedule | undefined> {
  try {
    return await installedSchedule(dataFolder);
  } catch (error) {
    if (error instanceof DamagedFileError) {
      return undefined;
    }
    throw error;
  }
}

/** Notes that a schedule was installed. @throws StorageError */
export function noteInstalled(dataFolder: string, schedule: InstalledSchedule): Promise<void> {
  return write(headlessFolderAt(dataFolder).schedule, { ...schedule, every: everyOption(schedule.every) });
}

/** Notes that there is no schedule any more. */
export function noteRemoved(dataFolder: string): Promise<void> {
  return rm(headlessFolderAt(dataFolder).schedule, { force: true });
}

/** The newest scheduled run; undefined when none has ended yet. @throws Error when the file is damaged */
export function lastScheduledRun(dataFolder: string): Promise<ScheduledRun | undefined> {
  return load(headlessFolderAt(dataFolder).lastRun, runSchema);
}

/** Notes how a scheduled run ended; nothing where no command line was copied to. @throws StorageError */
export async function noteRun(dataFolder: string, run: ScheduledRun): Promise<void> {
  const { root, lastRun } = headlessFolderAt(dataFolder);
  if (existsSync(root)) {
    await write(lastRun, run);
  }
}

function write(path: string, content: object): Promise<void> {
  return putFile(path, `${JSON.stringify(content, undefined, 2)}\n`, true);
}

function load<T>(path: string, schema: v.GenericSchema<unknown, T>): Promise<T | undefined> {
  const file: JsonFile<T | undefined> = {
    path,
    schema,
    missing: () => undefined,
    unusable: (name, reason) => new DamagedFileError(name, reason),
  };
  return loadJson(file);
}
