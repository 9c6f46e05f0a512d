import * as vscode from 'vscode';
import type { InstanceList } from './instanceList';
import type { RunSummary } from '../../store/runs';
import type { MirrorState } from '../sources/dataSource';
import type { StoredCredential } from './credentialRecord';
import type { CredentialStore } from './secrets';
import { signInEnding, signInProblem } from './signInState';

/** Knows which instances cannot be signed in to, without asking the keyring each time somebody looks. */
export class SignInMonitor implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscriptions: vscode.Disposable;
  /** By instance id; an absent id was not looked up yet. */
  #stored: ReadonlyMap<number, StoredCredential | undefined> = new Map();
  /** The newest run at the time of the last change of a key, by instance id: its failure is settled. */
  readonly #settledRuns = new Map<number, string | undefined>();

  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly credentials: CredentialStore,
    private readonly instances: InstanceList,
    private readonly mirror: MirrorState,
  ) {
    this.#subscriptions = vscode.Disposable.from(
      credentials.onDidChange((id) => {
        this.#settledRuns.set(id, this.#lastRunOf(id)?.runId);
        void this.refresh();
      }),
      instances.onDidChange(() => void this.refresh()),
    );
  }

  /** Looks the keys up again. */
  async refresh(): Promise<void> {
    const entries = await Promise.all(
      this.instances
        .list()
        .map(async (instance) => [instance.id, await this.credentials.getStored(instance)] as const),
    );
    this.#stored = new Map(entries);
    this.#changed.fire(undefined);
  }

  /** The sentence for each instance whose credential is missing, over or rejected. */
  problems(): ReadonlyMap<number, string> {
    const now = Date.now();
    const entries = this.instances.list().flatMap((instance): [number, string][] => {
      if (!this.#stored.has(instance.id)) {
        return [];
      }
      const lastRun = this.#lastRunOf(instance.id);
      const problem = signInProblem({
        instance,
        stored: this.#stored.get(instance.id),
        lastRun: this.#settledRuns.get(instance.id) === lastRun?.runId ? undefined : lastRun,
        now,
      });
      return problem === undefined ? [] : [[instance.id, problem]];
    });
    return new Map(entries);
  }

  /** When sign-ins end (ms since 1970) that are about to and that nobody renews, by instance id. */
  endings(now = Date.now()): ReadonlyMap<number, number> {
    const entries = this.instances.list().flatMap(({ id }): [number, number][] => {
      const end = signInEnding(this.#stored.get(id), now);
      return end === undefined ? [] : [[id, end]];
    });
    return new Map(entries);
  }

  #lastRunOf(id: number): RunSummary | undefined {
    const status = this.mirror.status.instances.find(({ instanceId }) => instanceId === id);
    return status?.runs.find((run) => run.status !== 'running');
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }
}
