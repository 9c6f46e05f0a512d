import type { Instance } from '../../store/instances/instance';
import type { MirrorStatus, SyncTrigger } from '../../store/runs';
import { nextDue } from './nextDue';
import type { Schedule } from './schedule';
import { completedAt, dueInstances, newestEnd, observeTick, type TickState } from './ticks';

/** What a timer works with; everything is asked for anew at each look. Times are ms since 1970. */
export interface ScheduledSyncParts {
  readonly schedule: () => Schedule;
  readonly instances: () => readonly Instance[];
  /** IANA name of the mirror's zone. */
  readonly zone: () => string;
  /** As it was read last. */
  readonly status: () => Pick<MirrorStatus, 'instances'>;
  /** Instances that are synced now, here or elsewhere. */
  readonly running: () => ReadonlySet<number>;
  /** Instances that nobody can sign in to, with the sentence that says why. */
  readonly signInProblems: () => ReadonlyMap<number, string>;
  /** Reads the status again: others may have synced since. */
  readonly reload: () => Promise<void>;
  /** Syncs without asking anybody. */
  readonly sync: (instances: readonly Instance[], trigger: SyncTrigger) => Promise<void>;
  /** Told of attempts that left no run behind. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Syncs when it is time, for whoever calls `tick` every now and then: the editor, or a terminal. One tick compares the
 * clock with what is due, so sleep and clock changes lead to one catch-up at most; the lock and a fresh look at the last
 * runs let one process of several do it.
 */
export class ScheduledSyncs {
  /** By instance id. Attempts that left no run behind, or none that is shown, are not repeated at each tick. */
  readonly #attemptedAt = new Map<number, number>();
  #ticks: TickState = { quietUntil: 0 };
  #isBusy = false;

  constructor(private readonly parts: ScheduledSyncParts) {}

  /** When each instance is due, ms since 1970; a past time means at once, an absent instance never. */
  nextRuns(now: number): ReadonlyMap<number, number> {
    const { instances, status, zone, schedule } = this.parts;
    const due = instances().flatMap(({ id, enabled }): [number, number][] => {
      const known = status().instances.find(({ instanceId }) => instanceId === id);
      const context = {
        now,
        zone: zone(),
        jitterId: `instance ${id}`,
        notBefore: known?.nextAllowedEpoch && known.nextAllowedEpoch * 1000,
        lastCompletedAt: newestEnd([...completedAt(known?.runs ?? []), this.#attemptedAt.get(id)], now),
      };
      const at = enabled ? nextDue(schedule(), context) : undefined;
      return at === undefined ? [] : [[id, at]];
    });
    return new Map(due);
  }

  /** One look at the clock; starts what is due. */
  async tick(now: number): Promise<void> {
    // What is due at the first look was missed while nobody looked.
    const trigger: SyncTrigger = this.#ticks.lastTickAt === undefined ? 'startup' : 'schedule';
    this.#ticks = observeTick(this.#ticks, now);
    const isOff = this.parts.schedule().kind === 'off';
    if (this.#isBusy || isOff || now < this.#ticks.quietUntil || this.#due(now).length === 0) {
      return;
    }
    this.#isBusy = true;
    try {
      await this.parts.reload();
      await this.#sync(this.#due(now), trigger, now);
    } finally {
      this.#isBusy = false;
    }
  }

  /** Whether anything is due by the newest status on disk: asked again once the lock is ours. */
  async isStillDue(ids: readonly number[]): Promise<boolean> {
    await this.parts.reload();
    const asked = this.parts.instances().filter(({ id }) => ids.includes(id));
    return this.#dueOf(asked, this.#ticks.lastTickAt ?? Date.now()).length > 0;
  }

  #due(now: number): readonly Instance[] {
    const running = this.parts.running();
    return this.#dueOf(
      this.parts.instances().filter(({ id }) => !running.has(id)),
      now,
    );
  }

  #dueOf(instances: readonly Instance[], now: number): readonly Instance[] {
    return dueInstances(instances, this.nextRuns(now), this.parts.signInProblems(), now);
  }

  async #sync(due: readonly Instance[], trigger: SyncTrigger, now: number): Promise<void> {
    if (due.length === 0) {
      return;
    }
    try {
      await this.parts.sync(due, trigger);
    } catch (error) {
      this.parts.onFailure(error);
    } finally {
      due.forEach(({ id }) => this.#attemptedAt.set(id, now));
    }
  }
}
