import type { Instance } from '../../store/instances/instance';
import type { RunSummary } from '../../store/runs';

/** A gap between two ticks above this means that the machine slept or its clock was set. */
const JUMP_MS = 2 * 60_000;
/** After waking, networks need a moment. */
const WAKE_PAUSE_MS = 15_000;

/** What the timer remembers between two ticks; times are ms since 1970. */
export interface TickState {
  readonly lastTickAt?: number | undefined;
  /** Nothing is started before. */
  readonly quietUntil: number;
}

/** Notes a tick. After a jump in time nothing starts for 15 s; a clock set back never makes the pause longer. */
export function observeTick(state: TickState, now: number): TickState {
  const hasJumped = state.lastTickAt !== undefined && Math.abs(now - state.lastTickAt) > JUMP_MS;
  const quietUntil = hasJumped ? now + WAKE_PAUSE_MS : Math.min(state.quietUntil, now + WAKE_PAUSE_MS);
  return { lastTickAt: now, quietUntil };
}

/** Instances whose next run is due, unless signing in to them is pointless. */
export function dueInstances(
  instances: readonly Instance[],
  nextRuns: ReadonlyMap<number, number>,
  signInProblems: ReadonlyMap<number, string>,
  now: number,
): readonly Instance[] {
  return instances.filter(({ id }) => {
    const dueAt = nextRuns.get(id);
    return dueAt !== undefined && dueAt <= now && !signInProblems.has(id);
  });
}

/**
 * When the runs ended from which the next one may be counted, ms since 1970. A run that somebody cancelled counts: the timer
 * must not start at once what was just stopped. An interrupted one does not: it is caught up.
 */
export function completedAt(runs: readonly RunSummary[]): readonly number[] {
  return runs
    .filter(({ status }) => status !== 'running' && status !== 'interrupted')
    .map(({ finishedAt, startedAt }) => (finishedAt ?? startedAt) * 1000);
}

/** The newest end; one that lies ahead was noted by a clock that has been set back since, and says nothing. */
export function newestEnd(ends: readonly (number | undefined)[], now: number): number | undefined {
  const past = ends.filter((end) => end !== undefined).filter((end) => end - now <= JUMP_MS);
  return past.length === 0 ? undefined : Math.max(...past);
}
