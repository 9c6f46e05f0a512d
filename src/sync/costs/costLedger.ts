import type {
  CostMonth,
  CostMonthResult,
  CostRunEnd,
  CostRunSummary,
  CostScope,
  CostTrigger,
} from '../../store/costs/costTypes';
import type { EpochSeconds } from '../../store/records';
import type { CostStore } from './costSyncTypes';

/** One session with the database, under its lock. */
export type WriteSession = <T>(change: (writer: CostStore) => Promise<T>) => Promise<T>;

/** A month that the writer took, or kept as it was. */
export interface WrittenMonth {
  readonly month: CostMonth;
  readonly result: CostMonthResult;
}

/** What a run wrote so far. */
export type LedgerSums = Pick<CostRunSummary, 'months' | 'rowsSeen' | 'rowsChanged' | 'restatedDays'>;

/** What only the run itself knows of its end. */
export type LedgerEnd = Omit<CostRunEnd, 'runId'>;

export interface LedgerRun {
  readonly scope: CostScope;
  readonly trigger: CostTrigger;
  readonly startedAt: EpochSeconds;
}

/**
 * Writes one run's months in sessions of their own, so that nothing keeps the database while Azure is waited for. What a
 * session could not write stays for the next one; the run's row comes with the first session.
 */
export class CostLedger {
  readonly #run: LedgerRun;
  #runId: number | undefined;
  #scopeId = 0;
  #pending: readonly { readonly month: CostMonth; readonly fetchedAt: EpochSeconds }[] = [];
  #written: readonly WrittenMonth[] = [];

  constructor(run: LedgerRun) {
    this.#run = run;
  }

  get hasPending(): boolean {
    return this.#pending.length > 0;
  }

  /** A month for the next session. */
  add(month: CostMonth, fetchedAt: EpochSeconds): void {
    this.#pending = [...this.#pending, { month, fetchedAt }];
  }

  /** Writes and publishes what is pending. */
  write(session: WriteSession): Promise<void> {
    return this.#write(session, () => Promise.resolve());
  }

  /**
   * Writes what is pending, and the run's end. @param endOf is told all that was written
   * @returns the run as it is recorded
   */
  async finish(
    session: WriteSession,
    endOf: (written: readonly WrittenMonth[]) => LedgerEnd,
    finishedAt: EpochSeconds,
  ): Promise<CostRunSummary> {
    let end = endOf([]);
    await this.#write(session, async (writer, runId, written) => {
      end = endOf(written);
      await writer.endCostRun({ ...end, runId }, finishedAt);
    });
    return this.summary(end, finishedAt);
  }

  /** The run as far as it was written. */
  summary(end: LedgerEnd, finishedAt: EpochSeconds): CostRunSummary {
    const { trigger, startedAt } = this.#run;
    const { status, calls, waitedMs, error, notes } = end;
    return {
      runId: this.#runId ?? 0,
      scopeId: this.#scopeId,
      trigger,
      status,
      startedAt,
      finishedAt,
      ...sumsOf(this.#written),
      calls,
      waitedMs,
      ...(error === undefined ? {} : { error }),
      notes,
    };
  }

  async #write(
    session: WriteSession,
    atEnd: (writer: CostStore, runId: number, written: readonly WrittenMonth[]) => Promise<void>,
  ): Promise<void> {
    const { scope, trigger, startedAt } = this.#run;
    // What an attempt that broke off did is on no disk: only a whole session counts.
    const done = await session(async (writer) => {
      const runId = this.#runId ?? (await writer.startCostRun(scope, trigger, startedAt));
      const written = [...this.#written];
      for (const { month, fetchedAt } of this.#pending) {
        written.push({ month, result: await writer.replaceCostMonth(runId, month, fetchedAt) });
      }
      await atEnd(writer, runId, written);
      await writer.publish();
      const facts = await writer.costFacts();
      const own = facts.find((one) => one.source === scope.source && one.scope === scope.scope);
      return { runId, scopeId: own?.scopeId ?? 0, written };
    });
    this.#runId = done.runId;
    this.#scopeId = done.scopeId;
    this.#written = done.written;
    this.#pending = [];
  }
}

function sumsOf(written: readonly WrittenMonth[]): LedgerSums {
  const results = written.map(({ result }) => result);
  const sum = (numberOf: (result: CostMonthResult) => number): number =>
    results.reduce((total, result) => total + numberOf(result), 0);
  return {
    months: results.filter(({ refused }) => refused === undefined).length,
    rowsSeen: sum(({ seen }) => seen),
    rowsChanged: sum(({ changed }) => changed),
    restatedDays: sum(({ restatedDays }) => restatedDays),
  };
}
