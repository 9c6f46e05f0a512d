/** When an instance is synced by the timer. */
export type Schedule =
  | { readonly kind: 'off' }
  /** Counted from the end of the last completed run. */
  | { readonly kind: 'everyMinutes'; readonly minutes: number }
  | { readonly kind: 'hourly' }
  /** Once per local date at this wall clock time, `HH:MM` of the mirror's zone. */
  | { readonly kind: 'daily'; readonly at: string };

export const SCHEDULE_OFF: Schedule = { kind: 'off' };

const TIME_OF_DAY = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** Whether a text is a time of day such as `02:00`. */
export function isTimeOfDay(text: string): boolean {
  return TIME_OF_DAY.test(text);
}

/** What the arithmetic needs to know; all times are ms since 1970. */
export interface ScheduleContext {
  readonly now: number;
  /** End of the last completed run (ok, partial or failed); absent: never run, due at once. */
  readonly lastCompletedAt?: number | undefined;
  /** The server is to be left alone until then, whatever the schedule says. */
  readonly notBefore?: number | undefined;
  /** IANA name of the mirror's zone. */
  readonly zone: string;
  /** Spreads interval schedules by ±10 %, always the same for the same id (such as `instance 3`). */
  readonly jitterId: string;
}
