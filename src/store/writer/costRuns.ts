import * as l10n from '@vscode/l10n';
import type {
  CostMonth,
  CostMonthResult,
  CostRunEnd,
  CostScope,
  CostScopeFacts,
  CostTrigger,
} from '../costs/costTypes';
import type { EpochSeconds } from '../records';
import {
  costFacts,
  endCostRun,
  eraseScope,
  markScopeRemoved,
  runningCostRun,
  startCostRun,
} from './cloudCostRuns';
import { replaceCostMonth } from './cloudCosts';
import type { MirrorFile } from './mirrorFile';
import { withoutForeignKeys } from './removeInstance';

/** `CostWriter` inside the thread that holds the database. */
export class CostRuns {
  readonly #file: MirrorFile;
  /** Runs that were started here and have not ended, with their scopes. */
  readonly #open = new Map<number, number>();

  constructor(file: MirrorFile) {
    this.#file = file;
  }

  facts(): CostScopeFacts[] {
    this.#file.assertUsable();
    return costFacts(this.#file.session);
  }

  start(scope: CostScope, trigger: CostTrigger, startedAt: EpochSeconds): number {
    const run = this.#file.change('runs', () => {
      const runId = startCostRun(this.#file.session, scope, trigger, startedAt);
      return runningCostRun(this.#file.session, runId);
    });
    this.#open.set(run.runId, run.scopeId);
    return run.runId;
  }

  replaceMonth(runId: number, month: CostMonth, fetchedAt: EpochSeconds): CostMonthResult {
    return this.#file.change('rows', () => replaceCostMonth(this.#file.session, runId, month, fetchedAt));
  }

  /** Rows and not a mere record: when costs were last read must outlive this process, and no journal tells of it. */
  end(end: CostRunEnd, finishedAt: EpochSeconds): void {
    this.#file.change('rows', () => {
      endCostRun(this.#file.session, end, finishedAt);
    });
    this.#open.delete(end.runId);
  }

  /** @throws while a run of the scope goes on, or another process syncs */
  removeScope(scopeId: number, data: 'keep' | 'delete'): void {
    this.#file.assertMayErase();
    if ([...this.#open.values()].includes(scopeId)) {
      throw new Error(l10n.t('Costs of this scope are being read. Cancel that first.'));
    }
    if (data === 'delete') {
      withoutForeignKeys(this.#file.session, () => {
        this.#file.change('rows', () => {
          eraseScope(this.#file.session, scopeId);
        });
      });
    } else {
      this.#file.change('rows', () => {
        markScopeRemoved(this.#file.session, scopeId);
      });
    }
    this.#file.publish();
    this.#file.refreshCopies();
  }
}
