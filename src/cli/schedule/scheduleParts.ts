import { homedir } from 'node:os';

/** The machine that schedules are installed on; tests put another one in place. */
export interface ScheduleParts {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  /** Number of the user; 0 where the system has none. */
  readonly uid: number;
  /** Folder of the bundles of this command line. */
  readonly dist: string;
  /** IANA name of the zone that this machine's clock shows; undefined: this terminal has one of its own. */
  readonly clockZone: string | undefined;
}

export const SCHEDULE_PARTS: ScheduleParts = {
  platform: process.platform,
  home: homedir(),
  uid: process.getuid?.() ?? 0,
  dist: __dirname,
  clockZone: process.env['TZ'] ? undefined : new Intl.DateTimeFormat().resolvedOptions().timeZone,
};
