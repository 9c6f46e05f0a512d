import * as vscode from 'vscode';
import type { Instance } from '../../store/instance';
import type { SyncCoordinatorApi } from '../../sync/engine/coordinatorTypes';
import type { RunProgress, SyncRequest } from '../../sync/engine/syncTypes';
import type { Ownable } from '../disposables';
import type { NamedRun } from './outcome';

/** Starts and stops syncs of this window, and waits for them at its end. */
export class SyncController implements vscode.Disposable {
  readonly #active = new Set<Promise<unknown>>();
  readonly #progress = new vscode.EventEmitter<RunProgress>();
  readonly #subscription: Ownable;

  /** Each step of each run of this window. */
  readonly onProgress = this.#progress.event;

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
    const work = this.coordinator.sync(instances, request, signal);
    this.#active.add(work);
    try {
      const runs = await work;
      const names = new Map(instances.map(({ id, name }) => [id, name]));
      return runs.map((run) => ({ run, name: names.get(run.instanceId) ?? '' }));
    } finally {
      this.#active.delete(work);
    }
  }

  /** Cancels one instance's run or all; what another window runs is asked to stop. */
  cancel(instanceId?: number): Promise<void> {
    return this.coordinator.cancel(instanceId);
  }

  /** Aborts this window's runs and waits until they have written their end, at most `timeoutMs`. */
  async shutDown(timeoutMs: number): Promise<void> {
    if (this.#active.size === 0) {
      return;
    }
    const late = new Promise<void>((resolve) => {
      setTimeout(resolve, timeoutMs).unref();
    });
    await Promise.race([late, Promise.allSettled([this.coordinator.cancel(), ...this.#active])]);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#progress.dispose();
  }
}
