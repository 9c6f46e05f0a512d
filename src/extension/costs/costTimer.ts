import type * as vscode from 'vscode';
import type { CostTrigger } from '../../store/costs/costTypes';
import { isCancel, detailOf } from '../errors';
import type { Log } from '../log';
import type { ReloadableMirror } from '../mirrorState';
import { readSettings } from '../readSettings';
import { parseCostSync } from '../settings';
import { observeTick, type TickState } from '../timer/ticks';
import type { CostConnections } from './costConnections';
import type { CostController, NamedCostRun } from './costController';
import { dueConnections } from './costSchedule';

const TICK_MS = 60_000;

/** What the timer works with. */
export interface CostTimerParts {
  readonly connections: CostConnections;
  readonly runs: CostController;
  readonly mirror: ReloadableMirror;
  readonly log: Log;
  /** Told how runs ended that nobody asked for. */
  readonly present: (runs: readonly NamedCostRun[]) => void;
}

/** Reads costs once a day, after the syncs that are due at the same time; of several windows one does it. */
export class CostTimer implements vscode.Disposable {
  readonly #attemptedAt = new Map<string, number>();
  #ticks: TickState = { quietUntil: 0 };
  #every: NodeJS.Timeout | undefined;
  #isBusy = false;

  constructor(private readonly parts: CostTimerParts) {}

  get isOn(): boolean {
    return parseCostSync(readSettings()) === 'daily';
  }

  /** Starts ticking. */
  start(): void {
    this.#every ??= setInterval(() => void this.tick(), TICK_MS);
  }

  /** One look at the clock; starts what is due. Never rejects: the log tells a failure. */
  async tick(now = Date.now()): Promise<void> {
    const { connections, mirror } = this.parts;
    const trigger = this.#ticks.lastTickAt === undefined ? 'startup' : 'schedule';
    this.#ticks = observeTick(this.#ticks, now);
    if (
      this.#isBusy ||
      connections.list().length === 0 ||
      !this.isOn ||
      now < this.#ticks.quietUntil ||
      mirror.running.length > 0 ||
      this.#due(now).length === 0
    ) {
      return;
    }
    this.#isBusy = true;
    try {
      // Another window may have read them since our last look.
      await mirror.reload();
      await this.#sync(trigger, now);
    } finally {
      this.#isBusy = false;
    }
  }

  dispose(): void {
    clearInterval(this.#every);
  }

  #due(now: number) {
    const { connections, runs, mirror } = this.parts;
    return dueConnections(
      {
        connections: connections.list(),
        scopes: mirror.status.costs ?? [],
        signInProblems: runs.problems(),
        attemptedAt: this.#attemptedAt,
      },
      now,
    );
  }

  async #sync(trigger: Extract<CostTrigger, 'startup' | 'schedule'>, now: number): Promise<void> {
    const due = this.#due(now);
    if (due.length === 0) {
      return;
    }
    try {
      this.parts.present(await this.parts.runs.sync(due, { trigger }));
      await this.parts.mirror.reload();
    } catch (error) {
      due.forEach(({ id }) => this.#attemptedAt.set(id, now));
      if (!isCancel(error)) {
        this.parts.log.error(`Costs: ${detailOf(error)}`);
      }
    }
  }
}
