import * as vscode from 'vscode';
import type { Instance } from '../../store/instances/instance';
import type { InstanceList } from '../instances/instanceList';
import type { SyncTrigger } from '../../store/runs';
import { nextDue } from '../../sync/schedule/nextDue';
import type { Schedule } from '../../sync/schedule/schedule';
import type { Ownable } from '../disposables';
import { isCancel } from '../errors';
import type { SignInMonitor } from '../instances/signInMonitor';
import type { Log } from '../log';
import type { ReloadableMirror } from '../mirrorState';
import { readSettings } from '../readSettings';
import { parseSchedule, SETTINGS_SECTION } from '../settings';
import { dueInstances, lastCompletedAt, observeTick } from './ticks';
import type { TickState } from './ticks';

const TICK_MS = 30_000;
/** The editor's own start comes first. */
const FIRST_TICK_MS = 15_000;

/** What the timer works with. */
export interface TimerParts {
  readonly instances: InstanceList;
  readonly mirror: ReloadableMirror;
  readonly signIns: SignInMonitor;
  readonly log: Log;
  /** Syncs without asking anybody. */
  readonly sync: (instances: readonly Instance[], trigger: SyncTrigger) => Promise<void>;
}

/**
 * Syncs when it is time. One tick compares the clock with what is due, so sleep and clock changes lead to one catch-up
 * at most; the lock and a fresh look at the last runs let one window of several do it.
 */
export class Timer implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #owned: Ownable[] = [this.#changed];
  /** Attempts that left no run behind, by instance id: they are not repeated at each tick. */
  readonly #attemptedAt = new Map<number, number>();
  #ticks: TickState = { quietUntil: 0 };
  #schedule: Schedule = parseSchedule(readSettings());
  #isBusy = false;

  /** Fires when the schedule was changed. */
  readonly onDidChange = this.#changed.event;

  constructor(private readonly parts: TimerParts) {
    this.#owned.push(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`${SETTINGS_SECTION}.timer`)) {
          this.#schedule = parseSchedule(readSettings());
          this.#changed.fire(undefined);
        }
      }),
    );
  }

  get isOn(): boolean {
    return this.#schedule.kind !== 'off';
  }

  /** Starts ticking. */
  start(): void {
    const first = setTimeout(() => void this.tick(), FIRST_TICK_MS);
    const every = setInterval(() => void this.tick(), TICK_MS);
    this.#owned.push({
      dispose: () => {
        clearTimeout(first);
        clearInterval(every);
      },
    });
  }

  /** When each instance on the timer is due, ms since 1970; a past time means at once. */
  nextRuns(now = Date.now()): ReadonlyMap<number, number> {
    const { instances, mirror } = this.parts;
    const zone = instances.zone();
    const due = instances.list().flatMap(({ id, enabled }): [number, number][] => {
      const status = mirror.status.instances.find(({ instanceId }) => instanceId === id);
      const ends = [lastCompletedAt(status?.runs ?? []), this.#attemptedAt.get(id)].filter(
        (end) => end !== undefined,
      );
      const context = {
        now,
        zone,
        jitterId: `instance ${id}`,
        notBefore: status?.nextAllowedEpoch && status.nextAllowedEpoch * 1000,
        lastCompletedAt: ends.length === 0 ? undefined : Math.max(...ends),
      };
      const at = enabled ? nextDue(this.#schedule, context) : undefined;
      return at === undefined ? [] : [[id, at]];
    });
    return new Map(due);
  }

  /** One look at the clock; starts what is due. */
  async tick(now = Date.now()): Promise<void> {
    // What is due at the first look was missed while no window was open.
    const trigger: SyncTrigger = this.#ticks.lastTickAt === undefined ? 'startup' : 'schedule';
    this.#ticks = observeTick(this.#ticks, now);
    if (this.#isBusy || !this.isOn || now < this.#ticks.quietUntil || this.#due(now).length === 0) {
      return;
    }
    this.#isBusy = true;
    try {
      // Another window may have synced since our last look.
      await this.parts.mirror.reload();
      await this.#sync(this.#due(now), trigger, now);
    } finally {
      this.#isBusy = false;
    }
  }

  /** Whether anything is due by the newest status on disk: asked again once the lock is ours. */
  async isStillDue(ids: readonly number[]): Promise<boolean> {
    await this.parts.mirror.reload();
    const asked = this.parts.instances.list().filter(({ id }) => ids.includes(id));
    return this.#dueOf(asked, this.#ticks.lastTickAt ?? Date.now()).length > 0;
  }

  dispose(): void {
    for (const item of this.#owned.reverse()) {
      item.dispose();
    }
  }

  #due(now: number): readonly Instance[] {
    const { instances, mirror } = this.parts;
    const running = new Set(mirror.running.map(({ instanceId }) => instanceId));
    return this.#dueOf(
      instances.list().filter(({ id }) => !running.has(id)),
      now,
    );
  }

  #dueOf(instances: readonly Instance[], now: number): readonly Instance[] {
    return dueInstances(instances, this.nextRuns(now), this.parts.signIns.problems(), now);
  }

  async #sync(due: readonly Instance[], trigger: SyncTrigger, now: number): Promise<void> {
    if (due.length === 0) {
      return;
    }
    try {
      await this.parts.sync(due, trigger);
    } catch (error) {
      due.forEach(({ id }) => this.#attemptedAt.set(id, now));
      if (!isCancel(error)) {
        this.parts.log.error(`Timer: ${String(error)}`);
      }
    }
  }
}
