import type { CostConnection } from '../../store/costs/costConnection';
import type { CostScopeStatus, CostTrigger } from '../../store/costs/costTypes';
import { observeTick, type TickState } from '../schedule/ticks';
import { dueConnections } from './costSchedule';

/** What a timer of costs works with; everything is asked for anew at each look. */
export interface ScheduledCostParts {
  readonly connections: () => readonly CostConnection[];
  readonly isOn: () => boolean;
  /** As they were read last. */
  readonly scopes: () => readonly CostScopeStatus[];
  /** Whether a sync runs, here or elsewhere: costs come after it. */
  readonly isSyncing: () => boolean;
  /** Connections that nobody is signed in to. */
  readonly signInProblems: () => ReadonlyMap<string, string>;
  /** Reads the status again: others may have read costs since. */
  readonly reload: () => Promise<void>;
  /** Reads costs without asking anybody. */
  readonly sync: (
    connections: readonly CostConnection[],
    trigger: Extract<CostTrigger, 'startup' | 'schedule'>,
  ) => Promise<void>;
  /** Told of attempts that left no run behind. */
  readonly onFailure: (error: unknown) => void;
}

/** Reads costs once a day, for whoever calls `tick` every now and then; of several processes one does it. */
export class ScheduledCosts {
  readonly #attemptedAt = new Map<string, number>();
  #ticks: TickState = { quietUntil: 0 };
  #isBusy = false;

  constructor(private readonly parts: ScheduledCostParts) {}

  /** One look at the clock; starts what is due. Never rejects for a run that failed. @param now ms since 1970 */
  async tick(now: number): Promise<void> {
    const trigger = this.#ticks.lastTickAt === undefined ? 'startup' : 'schedule';
    this.#ticks = observeTick(this.#ticks, now);
    const { connections, isOn, isSyncing, reload } = this.parts;
    if (
      this.#isBusy ||
      connections().length === 0 ||
      !isOn() ||
      now < this.#ticks.quietUntil ||
      isSyncing() ||
      this.#due(now).length === 0
    ) {
      return;
    }
    this.#isBusy = true;
    try {
      await reload();
      await this.#sync(trigger, now);
    } finally {
      this.#isBusy = false;
    }
  }

  #due(now: number): readonly CostConnection[] {
    const { connections, scopes, signInProblems } = this.parts;
    return dueConnections(
      {
        connections: connections(),
        scopes: scopes(),
        signInProblems: signInProblems(),
        attemptedAt: this.#attemptedAt,
      },
      now,
    );
  }

  async #sync(trigger: 'startup' | 'schedule', now: number): Promise<void> {
    const due = this.#due(now);
    if (due.length === 0) {
      return;
    }
    try {
      await this.parts.sync(due, trigger);
      await this.parts.reload();
    } catch (error) {
      due.forEach(({ id }) => this.#attemptedAt.set(id, now));
      this.parts.onFailure(error);
    }
  }
}
