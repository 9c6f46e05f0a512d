import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { HeadlessFolder } from '../../headless/headlessFolder';
import { everyOption, type Every } from '../../headless/every';

/** Where schedules of a user are kept. */
export interface UserPlaces {
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Number of the user; 0 where the system has none. */
  readonly uid: number;
}

/** All that a schedule says. */
export interface SchedulePlan extends UserPlaces {
  /** Its name for the system, one for each data folder. */
  readonly name: string;
  readonly dataFolder: string;
  readonly headless: HeadlessFolder;
  /** The Node that it runs. */
  readonly node: string;
  readonly every: Every;
  /** Name of the warehouse that is pushed to after each sync. */
  readonly push?: string | undefined;
  /** IANA name of the mirror's zone, where the clock of this machine shows another one; a daily time is of it. */
  readonly zone?: string | undefined;
}

/** The program and its arguments, none of them secret. */
export function commandOf({
  node,
  headless,
  dataFolder,
  every,
  push,
}: SchedulePlan): readonly [string, ...string[]] {
  return [
    ...([node, headless.launcher, 'schedule', 'run', '--every', everyOption(every)] as const),
    ...(push === undefined ? [] : ['--push', push]),
    ...['--data', dataFolder],
  ];
}

/** The same folder has the same name, however it is written on systems that do not tell cases apart. */
export function scheduleName(dataFolder: string, platform: NodeJS.Platform): string {
  const path = resolve(dataFolder);
  return `openwebui-sync-${digestOf(platform === 'linux' ? path : path.toLowerCase()).slice(0, 8)}`;
}

/** A minute of the half hour: machines do not all ask at the same one. */
export function minuteOf({ name }: Pick<SchedulePlan, 'name'>): number {
  return Number.parseInt(digestOf(name).slice(0, 6), 16) % 30;
}

/** What no file of a schedule can hold. @returns the sentence that says so */
export function objectionTo({
  node,
  dataFolder,
  push = '',
}: Pick<SchedulePlan, 'node' | 'dataFolder' | 'push'>): string | undefined {
  const odd = [node, dataFolder, push].find((word) => /[\u0000-\u001f\u007f]/u.test(word));
  return odd === undefined
    ? undefined
    : `A schedule cannot hold ${JSON.stringify(odd)}: it has a control character.`;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
