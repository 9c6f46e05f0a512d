import { localTimeIn } from '../../store/localTime';
import { startOfWeek } from '../days';
import { isoWeekOf } from './isoWeek';

/** What is known when somebody asks whether a letter is to be written. */
export interface LetterState {
  /** Seconds since 1970 (UTC). */
  readonly now: number;
  /** IANA name of the mirror's zone, which weeks end in. */
  readonly zone: string;
  /** Ends of each instance's last complete sync, seconds since 1970. */
  readonly lastSyncs: readonly number[];
}

/**
 * The week whose letter can be written: the last one, once a sync of some instance ended after it. Instances that are behind
 * do not hold the letter up; it says so itself. Undefined before that.
 */
export function weekToTell({ now, zone, lastSyncs }: LetterState): string | undefined {
  const dayOf = (epoch: number): number => localTimeIn(zone)(epoch).day;
  const monday = startOfWeek(dayOf(now));
  return lastSyncs.some((epoch) => dayOf(epoch) >= monday) ? isoWeekOf(monday - 1) : undefined;
}
