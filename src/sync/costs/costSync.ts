import type { CostConnection } from '../../store/costs/costConnection';
import { azureScope } from '../../store/costs/costScope';
import type { CostRunSummary, CostScopeFacts } from '../../store/costs/costTypes';
import { readStatus } from '../../store/status';
import { SyncBusyError } from '../engine/coordinatorTypes';
import { Mutex } from '../engine/mutex';
import { secondsOf } from '../engine/syncTypes';
import { takeCostLock } from './costLock';
import {
  CostBusyError,
  type CostRunProgress,
  type CostSyncApi,
  type CostSyncDeps,
  type CostSyncEvent,
  type CostSyncRequest,
} from './costSyncTypes';
import { isDue } from './plan';
import { ScopeRun } from './scopeRun';
import { impatient, patient } from './writeSessions';

/** How long a person's cost sync waits for a sync under way before it begins. */
const START_PATIENCE_MS = 5 * 60_000;

/** One call of `sync`, as others may join it. */
interface Batch {
  readonly scopes: ReadonlySet<string>;
  readonly isWhole: boolean;
  readonly summaries: Promise<readonly CostRunSummary[]>;
  readonly cancel: () => void;
}

/** Reads costs for one data folder; see {@link CostSyncApi}. */
export class CostSync implements CostSyncApi {
  readonly #deps: CostSyncDeps;
  readonly #listeners = new Set<(event: CostSyncEvent) => void>();
  /** Batches run one after another. */
  readonly #gate = new Mutex();
  readonly #batches = new Set<Batch>();
  #runs: readonly ScopeRun[] = [];

  constructor(deps: CostSyncDeps) {
    this.#deps = deps;
  }

  async sync(
    connections: readonly CostConnection[],
    request: CostSyncRequest,
    signal?: AbortSignal,
  ): Promise<readonly CostRunSummary[]> {
    const isByTimer = request.trigger !== 'manual';
    if (connections.length === 0 || (isByTimer && this.#batches.size > 0)) {
      return [];
    }
    const covering = [...this.#batches].find((batch) => covers(batch, connections, request));
    if (covering !== undefined) {
      return covering.summaries;
    }
    return this.#begin(connections, request, signal);
  }

  async cancel(): Promise<void> {
    const batches = [...this.#batches];
    batches.forEach(({ cancel }) => cancel());
    await Promise.allSettled(batches.map(({ summaries }) => summaries));
  }

  get running(): readonly CostRunProgress[] {
    return this.#runs.map(({ progress }) => progress);
  }

  onEvent(listener: (event: CostSyncEvent) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  async #begin(
    connections: readonly CostConnection[],
    request: CostSyncRequest,
    signal: AbortSignal | undefined,
  ): Promise<readonly CostRunSummary[]> {
    const cancelled = new AbortController();
    const either = signal === undefined ? cancelled.signal : AbortSignal.any([signal, cancelled.signal]);
    const batch: Batch = {
      scopes: new Set(connections.map(({ scope }) => scope)),
      isWhole: request.isWhole === true,
      summaries: this.#gate.run(() => this.#alone(connections, request, either)),
      cancel: () => cancelled.abort(),
    };
    this.#batches.add(batch);
    try {
      return await batch.summaries;
    } finally {
      this.#batches.delete(batch);
    }
  }

  /** While no other window reads costs. */
  async #alone(
    connections: readonly CostConnection[],
    request: CostSyncRequest,
    signal: AbortSignal,
  ): Promise<readonly CostRunSummary[]> {
    const { root, clientVersion, clock, runLock } = this.#deps;
    const isByTimer = request.trigger !== 'manual';
    const lock = await (runLock ?? (() => takeCostLock(root, clientVersion, clock)))();
    if (lock === undefined) {
      if (isByTimer) {
        return [];
      }
      throw new CostBusyError();
    }
    try {
      // Another window may just have read them.
      const asked = isByTimer ? await this.#stillDue(connections) : connections;
      const facts = asked.length === 0 ? undefined : await this.#facts(isByTimer, signal);
      return facts === undefined ? [] : await this.#runAll(asked, request, facts, signal);
    } finally {
      await lock.release();
    }
  }

  async #stillDue(connections: readonly CostConnection[]): Promise<readonly CostConnection[]> {
    const { root, clock } = this.#deps;
    const { status } = await readStatus(root);
    return connections.filter((connection) => {
      const known = azureScope(status?.costs ?? [], connection.scope);
      return isDue(connection, known, secondsOf(clock));
    });
  }

  /** What the mirror knows; undefined when the timer finds a sync under way. @throws SyncBusyError */
  async #facts(isByTimer: boolean, signal: AbortSignal): Promise<readonly CostScopeFacts[] | undefined> {
    const session = isByTimer ? impatient(this.#deps) : patient(this.#deps, START_PATIENCE_MS, signal);
    try {
      return await session((writer) => writer.costFacts());
    } catch (error) {
      if (isByTimer && error instanceof SyncBusyError) {
        return undefined;
      }
      throw error;
    }
  }

  async #runAll(
    connections: readonly CostConnection[],
    request: CostSyncRequest,
    facts: readonly CostScopeFacts[],
    signal: AbortSignal,
  ): Promise<readonly CostRunSummary[]> {
    const runs = connections.map((connection) => {
      const run: ScopeRun = new ScopeRun(connection, request, this.#deps, () =>
        this.#emit({ type: 'progress', progress: run.progress }),
      );
      return run;
    });
    this.#runs = runs;
    const summaries: CostRunSummary[] = [];
    try {
      for (const run of runs) {
        const summary = await run.execute(facts, signal);
        summaries.push(summary);
        this.#runs = this.#runs.filter((other) => other !== run);
        this.#emit({ type: 'finished', run: summary, connection: run.connection });
      }
      return summaries;
    } finally {
      this.#runs = [];
    }
  }

  #emit(event: CostSyncEvent): void {
    for (const listener of [...this.#listeners]) {
      listener(event);
    }
  }
}

/** Whether a batch under way does all that another request asks for. */
function covers(
  { scopes, isWhole }: Batch,
  connections: readonly CostConnection[],
  request: CostSyncRequest,
): boolean {
  return (isWhole || request.isWhole !== true) && connections.every(({ scope }) => scopes.has(scope));
}
