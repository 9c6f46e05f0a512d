import type { CostConnection } from '../../store/costs/costConnection';
import { azureScope } from '../../store/costs/costScope';
import type { CostRunSummary, CostScopeFacts } from '../../store/costs/costTypes';
import type { EpochSeconds } from '../../store/records';
import { AzureThrottledError } from '../azure/azureErrors';
import type { CostClient, CostDetail } from '../azure/azureModule';
import { SyncBusyError } from '../engine/coordinatorTypes';
import { secondsOf } from '../engine/syncTypes';
import { CostLedger, type LedgerEnd, type WrittenMonth } from './costLedger';
import { openClient } from './costClient';
import type { CostRunProgress, CostSyncDeps, CostSyncRequest } from './costSyncTypes';
import { MonthFailures } from './monthFailures';
import { changedNote, keptNote, missingNote, planNotes, restatedNote } from './notes';
import { isOfOneMonth, outcomeOf, type Outcome } from './outcome';
import {
  areSameTotals,
  heldUntil,
  planCosts,
  type ControlledPart,
  type CostPlan,
  type PlannedPart,
} from './plan';
import { END_PATIENCE_MS, impatient, patient } from './writeSessions';

/** Reads one scope once. */
export class ScopeRun {
  readonly #connection: CostConnection;
  readonly #request: CostSyncRequest;
  readonly #deps: CostSyncDeps;
  readonly #onProgress: () => void;
  readonly #notes: string[] = [];
  readonly #failures = new MonthFailures();
  readonly #missing = new Set<CostDetail>();
  #client: CostClient | undefined;
  #progress: CostRunProgress;

  constructor(
    connection: CostConnection,
    request: CostSyncRequest,
    deps: CostSyncDeps,
    onProgress: () => void,
  ) {
    this.#connection = connection;
    this.#request = request;
    this.#deps = deps;
    this.#onProgress = onProgress;
    const { id: connectionId, name } = connection;
    this.#progress = { connectionId, name, trigger: request.trigger, phase: 'queued', done: 0, total: 0 };
  }

  get connection(): CostConnection {
    return this.#connection;
  }

  get progress(): CostRunProgress {
    return this.#progress;
  }

  /** @param facts of all scopes @returns how it ended; of what goes wrong with this scope nothing is thrown */
  async execute(facts: readonly CostScopeFacts[], signal: AbortSignal): Promise<CostRunSummary> {
    const { clock } = this.#deps;
    const { scope, name } = this.#connection;
    const { trigger, isWhole = false } = this.#request;
    const startedAt = secondsOf(clock);
    const ledger = new CostLedger({ scope: { source: 'azure', scope, name }, trigger, startedAt });
    const plan = planCosts(scope, facts, { isByTimer: trigger !== 'manual', isWhole }, startedAt);
    this.#notes.push(...planNotes(plan, startedAt));
    const known = azureScope(facts, scope);
    const outcome = await this.#outcome(plan, ledger, known?.retryAfter, signal);
    return this.#finish(ledger, outcome, signal);
  }

  async #outcome(
    plan: CostPlan,
    ledger: CostLedger,
    retryAfter: EpochSeconds | undefined,
    signal: AbortSignal,
  ): Promise<Outcome> {
    try {
      signal.throwIfAborted();
      const held = heldUntil(retryAfter, secondsOf(this.#deps.clock));
      if (held !== undefined) {
        throw new AzureThrottledError(held * 1000);
      }
      this.#client = await openClient(this.#connection, this.#deps, (until) =>
        this.#show({ phase: 'waiting', until }),
      );
      return await this.#read(this.#client, plan, ledger, signal);
    } catch (error) {
      return this.#outcomeOf(error, signal);
    }
  }

  async #read(
    client: CostClient,
    { parts, controls }: CostPlan,
    ledger: CostLedger,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const { tag } = this.#connection;
    const failures = this.#failures;
    for (const [index, part] of parts.entries()) {
      if (!failures.isGivenUp(part.costType)) {
        this.#show({ phase: 'reading', ...part, done: index, total: parts.length });
        try {
          const month = await client.month(part.month, part.costType, { signal, tag });
          ledger.add(month, secondsOf(this.#deps.clock));
          month.missing.forEach((detail) => this.#missing.add(detail));
          failures.end(part);
        } catch (error) {
          if (!isOfOneMonth(error, signal, failures.hasRead)) {
            throw error;
          }
          failures.add(part, error);
        }
      }
      if (failures.areTooMany) {
        break;
      }
      // The last month is written with the run's end.
      if (parts[index + 1] !== undefined && parts[index + 1]?.month !== part.month) {
        await this.#publish(ledger, part);
      }
    }
    const { firstError } = failures;
    if (firstError === undefined) {
      await this.#control(client, controls, ledger, signal);
    }
    return { status: firstError === undefined ? 'ok' : 'partial', error: firstError };
  }

  /** Reads closed months again whose totals have changed. What goes wrong is a note: nothing new was asked for. */
  async #control(
    client: CostClient,
    controls: readonly ControlledPart[],
    ledger: CostLedger,
    signal: AbortSignal,
  ): Promise<void> {
    for (const [index, { totals, ...part }] of controls.entries()) {
      this.#show({ phase: 'reading', ...part, done: index, total: controls.length });
      try {
        if (!areSameTotals(totals, await client.total(part.month, part.costType, signal))) {
          await this.#publish(ledger, part);
          const { tag } = this.#connection;
          ledger.add(
            await client.month(part.month, part.costType, { signal, tag }),
            secondsOf(this.#deps.clock),
          );
          this.#notes.push(changedNote(part));
        }
      } catch (error) {
        if (!isOfOneMonth(error, signal, true)) {
          throw error;
        }
        this.#notes.push(keptNote(part, error.message));
      }
    }
  }

  /** While a sync has the database, what was read waits for the next month's turn. */
  async #publish(ledger: CostLedger, part: PlannedPart): Promise<void> {
    if (!ledger.hasPending) {
      return;
    }
    this.#show({ phase: 'writing', month: part.month });
    try {
      await ledger.write(impatient(this.#deps));
    } catch (error) {
      if (!(error instanceof SyncBusyError)) {
        throw error;
      }
    }
  }

  async #finish(ledger: CostLedger, outcome: Outcome, signal: AbortSignal): Promise<CostRunSummary> {
    const { clock } = this.#deps;
    this.#show({ phase: 'writing' });
    const finishedAt = secondsOf(clock);
    const endOf = (written: readonly WrittenMonth[]): LedgerEnd => this.#endOf(outcome, written);
    const session = signal.aborted ? impatient(this.#deps) : patient(this.#deps, END_PATIENCE_MS, signal);
    try {
      return await ledger.finish(session, endOf, finishedAt);
    } catch (error) {
      // Nobody will find this run in the database: whoever asked is told here.
      const lost = this.#outcomeOf(error, signal);
      return ledger.summary({ ...this.#endOf(outcome, []), ...lost }, finishedAt);
    }
  }

  #endOf(outcome: Outcome, written: readonly WrittenMonth[]): LedgerEnd {
    const refused = written.flatMap(({ result }) => result.refused ?? []);
    const restated = written.flatMap(({ month, result }) =>
      result.restatedDays === 0 ? [] : [restatedNote(month, result.restatedDays)],
    );
    return {
      ...outcome,
      status: statusOf(outcome.status, written),
      calls: this.#client?.calls ?? 0,
      waitedMs: this.#client?.waitedMs ?? 0,
      notes: [
        ...this.#notes,
        ...this.#failures.notes,
        ...[...this.#missing].map(missingNote),
        ...refused,
        ...restated,
      ],
    };
  }

  #outcomeOf(error: unknown, signal: AbortSignal): Outcome {
    return outcomeOf(error, this.#connection.name, signal, this.#deps.log);
  }

  #show(progress: Partial<CostRunProgress>): void {
    this.#progress = { ...this.#progress, until: undefined, ...progress };
    this.#onProgress();
  }
}

/** A run that kept nothing of what it asked for has failed, one that lacks something is partial. */
function statusOf(status: LedgerEnd['status'], written: readonly WrittenMonth[]): LedgerEnd['status'] {
  const kept = written.filter(({ result }) => result.refused === undefined).length;
  if (status === 'partial' && kept === 0) {
    return 'failed';
  }
  return status === 'ok' && kept < written.length ? 'partial' : status;
}
