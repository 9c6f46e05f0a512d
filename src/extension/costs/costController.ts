import * as vscode from 'vscode';
import type { CostConnection } from '../../store/costs/costConnection';
import type { CostRunSummary } from '../../store/costs/costTypes';
import { AzureSignInError } from '../../sync/azure/azureErrors';
import type { AzureCredential } from '../../sync/azure/azureModule';
import type { CostRunProgress, CostSyncApi, CostSyncRequest } from '../../sync/costs/costSyncTypes';
import { ActiveWork } from '../activeWork';
import type { Ownable } from '../disposables';
import { sentenceOf } from '../errors';
import { throttle } from '../throttle';

const CHANGE_INTERVAL_MS = 250;

/** A cost run with what was asked. */
export interface NamedCostRun {
  readonly run: CostRunSummary;
  readonly connection: CostConnection;
}

/** Starts and stops cost syncs of this window, knows who has to sign in, and waits for the end of what runs. */
export class CostController implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #finished = new vscode.EventEmitter<readonly NamedCostRun[]>();
  readonly #notify = throttle(() => this.#changed.fire(), CHANGE_INTERVAL_MS);
  readonly #work = new ActiveWork();
  readonly #problems = new Map<string, string>();
  readonly #subscription: Ownable;

  /** Fires when a run moves on, and when somebody has to sign in or has done it. */
  readonly onDidChange = this.#changed.event;
  /** The runs of a request of this window, when all of them have ended. */
  readonly onDidFinish = this.#finished.event;

  constructor(private readonly costs: CostSyncApi) {
    this.#subscription = costs.onEvent(() => this.#notify());
  }

  /** Scopes that wait or are read in this window. */
  get running(): readonly CostRunProgress[] {
    return this.costs.running;
  }

  /** Why signing in fails, by the id of the connection. */
  problems(): ReadonlyMap<string, string> {
    return this.#problems;
  }

  /**
   * Reads costs; nothing for the timer's requests while another window reads.
   * @throws CostBusyError when another window reads and a person asked
   */
  async sync(
    connections: readonly CostConnection[],
    request: CostSyncRequest,
    signal?: AbortSignal,
  ): Promise<readonly NamedCostRun[]> {
    const signals = signal === undefined ? [this.#work.end] : [signal, this.#work.end];
    const named: NamedCostRun[] = [];
    const listening = this.costs.onEvent((event) => {
      if (event.type === 'finished' && connections.some(({ id }) => id === event.connection.id)) {
        named.push({ run: event.run, connection: event.connection });
      }
    });
    try {
      await this.#work.follow(this.costs.sync(connections, request, AbortSignal.any(signals)));
    } finally {
      listening.dispose();
      this.#notify();
    }
    this.#finished.fire(named);
    return named;
  }

  /** Cancels what this window reads; what was written stays. */
  cancel(): Promise<void> {
    return this.costs.cancel();
  }

  /** A credential of which is remembered whether somebody has to sign in. */
  async watched(
    { id }: Pick<CostConnection, 'id'>,
    open: () => Promise<AzureCredential>,
  ): Promise<AzureCredential> {
    const credential = await this.#watch(id, open());
    return {
      getToken: async (...asked) => {
        const token = await this.#watch(id, credential.getToken(...asked));
        this.setProblem(id, undefined);
        return token;
      },
    };
  }

  /** @param problem the sentence that says why signing in fails; undefined: it works */
  setProblem(connectionId: string, problem: string | undefined): void {
    if (this.#problems.get(connectionId) === problem) {
      return;
    }
    if (problem === undefined) {
      this.#problems.delete(connectionId);
    } else {
      this.#problems.set(connectionId, problem);
    }
    this.#changed.fire();
  }

  /** Aborts this window's runs and waits until they have written their end, at most `timeoutMs`. */
  async shutDown(timeoutMs: number): Promise<void> {
    await this.#work.shutDown(() => this.costs.cancel(), timeoutMs);
  }

  dispose(): void {
    this.#notify.cancel();
    this.#subscription.dispose();
    this.#changed.dispose();
    this.#finished.dispose();
  }

  async #watch<T>(connectionId: string, work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (error instanceof AzureSignInError) {
        this.setProblem(connectionId, sentenceOf(error));
      }
      throw error;
    }
  }
}
