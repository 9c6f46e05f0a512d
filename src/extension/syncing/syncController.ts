import * as vscode from 'vscode';
import type { Instance } from '../../store/instances/instance';
import type { CallBudget, SyncCoordinatorApi, SyncPreview } from '../../sync/engine/coordinatorTypes';
import type { RunProgress, SyncRequest } from '../../sync/engine/syncTypes';
import { ActiveWork } from '../activeWork';
import type { Ownable } from '../disposables';
import type { NamedRun } from './outcome';

/** Starts and stops syncs and previews of this window, and waits for them at its end. */
export class SyncController implements vscode.Disposable {
  readonly #work = new ActiveWork();
  readonly #progress = new vscode.EventEmitter<RunProgress>();
  readonly #finished = new vscode.EventEmitter<readonly NamedRun[]>();
  readonly #subscription: Ownable;

  /** Each step of each run of this window. */
  readonly onProgress = this.#progress.event;
  /** The runs of a request of this window, when all of them have ended. */
  readonly onDidFinish = this.#finished.event;

  constructor(private readonly coordinator: SyncCoordinatorApi) {
    this.#subscription = coordinator.onEvent((event) => {
      if (event.type === 'progress') {
        this.#progress.fire(event.progress);
      }
    });
  }

  /**
   * Runs the instances; no results for the timer's requests while another window syncs.
   * @throws SyncBusyError when another window syncs and a person asked.
   */
  async run(
    instances: readonly Instance[],
    request: SyncRequest,
    signal?: AbortSignal,
  ): Promise<readonly NamedRun[]> {
    const runs = await this.#work.follow(this.coordinator.sync(instances, request, signal));
    const names = new Map(instances.map(({ id, name }) => [id, name]));
    const named = runs.map((run) => ({ run, name: names.get(run.instanceId) ?? '' }));
    this.#finished.fire(named);
    return named;
  }

  /** What such a sync would change; nothing is published. @throws the signal's reason when cancelled */
  preview(
    instances: readonly Instance[],
    request: SyncRequest,
    signal: AbortSignal,
  ): Promise<readonly SyncPreview[]> {
    const work = this.coordinator.preview(instances, request, AbortSignal.any([signal, this.#work.end]));
    return this.#work.follow(work);
  }

  /** What such a sync is thought to cost, without asking any server. */
  budget(instances: readonly Instance[], request: SyncRequest): Promise<readonly CallBudget[]> {
    return this.#work.follow(this.coordinator.budget(instances, request));
  }

  /** Cancels one instance's run or all; what another window runs is asked to stop. */
  cancel(instanceId?: number): Promise<void> {
    return this.coordinator.cancel(instanceId);
  }

  /** Aborts this window's runs and waits until they have written their end, at most `timeoutMs`. */
  async shutDown(timeoutMs: number): Promise<void> {
    await this.#work.shutDown(() => this.coordinator.cancel(), timeoutMs);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#progress.dispose();
    this.#finished.dispose();
  }
}
