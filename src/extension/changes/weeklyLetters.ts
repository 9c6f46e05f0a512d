import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { letterFileName } from '../../reports/changes/changesLetter';
import { weekToTell } from '../../reports/changes/weeklyLetter';
import type { MirrorStatus } from '../../store/runs';
import { detailOf } from '../errors';
import type { Log } from '../log';
import { writeOnce } from './writeOnce';

/** What weekly letters need of their host. */
export interface WeeklyLettersDeps {
  /** Whether the user wants them. */
  readonly isOn: () => boolean;
  readonly status: () => Pick<MirrorStatus, 'generation' | 'instances'>;
  /** Whether a sync runs here or in another window: its end is worth waiting for. */
  readonly isSyncing: () => boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** IANA name of the mirror's zone. */
  readonly zone: () => string;
  /** The export folder; undefined where there is none on this computer. */
  readonly folder: () => string | undefined;
  /** The letter of a week as Markdown. */
  readonly letterOf: (week: string) => Promise<string>;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
}

/**
 * Writes what changed in a week after the first sync that ended after it. The file itself says that it was written: all
 * windows look at it, and whoever deletes it gets it again.
 */
export class WeeklyLetters {
  readonly #deps: WeeklyLettersDeps;
  /** A file generation is looked at once, so that a failure is not repeated until there is something new. */
  #seen = 0;
  #work: Promise<void> = Promise.resolve();

  constructor(deps: WeeklyLettersDeps) {
    this.#deps = deps;
  }

  /** Looks whether a letter is due; cheap where none is. Never rejects: the log tells a failure. */
  check(): Promise<void> {
    const { isOn, isSyncing, status } = this.#deps;
    const { generation } = status();
    if (generation > this.#seen && isOn() && !isSyncing()) {
      this.#seen = generation;
      this.#work = this.#work.then(() => this.#writeDue());
    }
    return this.#work;
  }

  async #writeDue(): Promise<void> {
    const { status, now, zone, folder, letterOf, log } = this.#deps;
    const lastSyncs = status().instances.flatMap(({ lastSyncEpoch }) => lastSyncEpoch ?? []);
    const week = weekToTell({ now: Math.floor(now() / 1000), zone: zone(), lastSyncs });
    if (week === undefined) {
      return;
    }
    const target = folder();
    if (target === undefined) {
      log.warn(`What changed in ${week} was not written: set an absolute export folder, or open a folder.`);
      return;
    }
    const path = join(target, letterFileName(week, undefined));
    try {
      if (!existsSync(path) && (await writeOnce(path, await letterOf(week)))) {
        log.info(`What changed in ${week} written to ${path}`);
      }
    } catch (error) {
      log.error(`Failed to write what changed in ${week}: ${detailOf(error)}`);
    }
  }
}
