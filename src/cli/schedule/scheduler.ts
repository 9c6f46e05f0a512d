import type { SchedulerId } from '../../headless/installedSchedule';
import type { SchedulePlan } from './plan';

/** A file that a scheduler reads. */
export interface ScheduleFile {
  readonly path: string;
  readonly text: string;
  /** Default `utf8`. */
  readonly encoding?: 'utf8' | 'utf16le';
}

/** A program of the system that is found on the PATH. */
export interface SystemCommand {
  readonly program: string;
  readonly args: readonly string[];
  /** Nothing follows from its failure, such as when what it takes away is not there. */
  readonly mayFail?: boolean;
}

/** One way to start syncs without the editor, as data: what is written, what is called. */
export interface Scheduler {
  readonly id: SchedulerId;
  /** What people call it, such as `systemd timer`. */
  readonly title: string;
  /** What is written before {@link Scheduler.enable}, and deleted after {@link Scheduler.disable}. */
  readonly files: (plan: SchedulePlan) => readonly ScheduleFile[];
  readonly enable: (plan: SchedulePlan) => readonly SystemCommand[];
  readonly disable: (plan: SchedulePlan) => readonly SystemCommand[];
  /** Called once the files are deleted. */
  readonly forget?: readonly SystemCommand[];
  /** Succeeds while the schedule is on; absent where no program tells. */
  readonly check?: (plan: SchedulePlan) => SystemCommand;
  /** What to do by hand: nothing can be written for it. */
  readonly byHand?: (plan: SchedulePlan) => string;
  /** What helps when enabling fails. */
  readonly hint: string;
  /** What people should know of it once it is installed. */
  readonly note?: string;
  /** Daily times are of the mirror's zone, not of the machine's clock. */
  readonly isZoned?: boolean;
  /** The minute, of an hour or less, at which runs begin. */
  readonly minute: (plan: SchedulePlan) => number;
  /** Where runs tell what they did. */
  readonly output: (plan: SchedulePlan) => string;
}
