import type * as vscode from 'vscode';
import { ScheduledCosts } from '../../sync/costs/scheduledCosts';
import { isCancel, detailOf } from '../errors';
import type { Log } from '../log';
import type { ReloadableMirror } from '../mirrorState';
import { readSettings } from '../readSettings';
import { parseCostSync } from '../settings';
import type { CostConnections } from './costConnections';
import type { CostController, NamedCostRun } from './costController';

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

/** {@link ScheduledCosts} as the settings say, while a window is open: after the syncs that are due at the same time. */
export class CostTimer implements vscode.Disposable {
  readonly #costs: ScheduledCosts;
  #every: NodeJS.Timeout | undefined;

  constructor({ connections, runs, mirror, log, present }: CostTimerParts) {
    this.#costs = new ScheduledCosts({
      connections: () => connections.list(),
      isOn: () => this.isOn,
      scopes: () => mirror.status.costs ?? [],
      isSyncing: () => mirror.running.length > 0,
      signInProblems: () => runs.problems(),
      reload: () => mirror.reload(),
      sync: async (due, trigger) => present(await runs.sync(due, { trigger })),
      onFailure: (error) => {
        if (!isCancel(error)) {
          log.error(`Costs: ${detailOf(error)}`);
        }
      },
    });
  }

  get isOn(): boolean {
    return parseCostSync(readSettings()) === 'daily';
  }

  /** Starts ticking. */
  start(): void {
    this.#every ??= setInterval(() => void this.tick(), TICK_MS);
  }

  /** One look at the clock; starts what is due. Never rejects: the log tells a failure. */
  tick(now = Date.now()): Promise<void> {
    return this.#costs.tick(now);
  }

  dispose(): void {
    clearInterval(this.#every);
  }
}
