import type { InstanceHealth } from '../../store/mirrorFacts';
import type { EpochSeconds } from '../../store/records';
import type { RunStatus, SyncTrigger } from '../../store/runs';

/** Failed runs in a row from which on the timer keeps away for a while. */
const FAILURES_TO_PAUSE = 5;
const FIRST_PAUSE = 60;
const LONGEST_PAUSE = 3_600;
/** However long a server asks to stay away. */
const LONGEST_WAIT = 86_400;

/** Nothing but a new key or a change on the server helps: the timer need not find that out five times. */
const SIGN_IN_FAILURES: ReadonlySet<string> = new Set([
  'keyRejected',
  'keyExpired',
  'notAdmin',
  'apiKeysOff',
]);

/** What a run's end says about its server. */
export interface RunVerdict {
  readonly status: RunStatus;
  readonly errorCode?: string | undefined;
  /** How long the server asked to stay away, when that was too long to wait for within the run. */
  readonly retryAfterMs?: number | undefined;
}

/**
 * How a server did after one more run. A run that was answered forgets all that was before; each failed one after the
 * fifth doubles the time (1 min to 1 h) in which the timer keeps away, so that there is one try per such time.
 */
export function healthAfter(before: InstanceHealth, run: RunVerdict, now: EpochSeconds): InstanceHealth {
  if (run.retryAfterMs !== undefined) {
    const wait = Math.min(LONGEST_WAIT, Math.ceil(run.retryAfterMs / 1000));
    return { failures: before.failures, nextAllowedAt: now + wait };
  }
  if (run.status === 'ok' || run.status === 'partial') {
    return { failures: 0 };
  }
  if (run.status !== 'failed') {
    return before;
  }
  const failures = before.failures + 1;
  const pause = pauseAfter(failures, run.errorCode);
  return { failures, nextAllowedAt: pause === 0 ? undefined : now + pause };
}

function pauseAfter(failures: number, errorCode: string | undefined): number {
  if (errorCode !== undefined && SIGN_IN_FAILURES.has(errorCode)) {
    return LONGEST_PAUSE;
  }
  return failures < FAILURES_TO_PAUSE
    ? 0
    : Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (failures - FAILURES_TO_PAUSE));
}

/** Whether nobody asked for the run: such runs leave a server alone that wants or needs that. */
export function isByTimer(trigger: SyncTrigger): boolean {
  return trigger === 'schedule' || trigger === 'startup';
}

/** Whether a run may start now. A time further ahead than any that is ever noted comes from a clock that was set back. */
export function mayStart(
  { nextAllowedAt }: Pick<InstanceHealth, 'nextAllowedAt'>,
  trigger: SyncTrigger,
  now: EpochSeconds,
): boolean {
  return (
    !isByTimer(trigger) ||
    nextAllowedAt === undefined ||
    nextAllowedAt <= now ||
    nextAllowedAt - now > LONGEST_WAIT
  );
}

export function isSameHealth(a: InstanceHealth, b: InstanceHealth): boolean {
  return a.failures === b.failures && a.nextAllowedAt === b.nextAllowedAt;
}
