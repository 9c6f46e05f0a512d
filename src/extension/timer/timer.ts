import * as vscode from 'vscode';
import type { Instance } from '../../store/instances/instance';
import type { InstanceList } from '../instances/instanceList';
import type { SyncTrigger } from '../../store/runs';
import type { Schedule } from '../../sync/schedule/schedule';
import { ScheduledSyncs } from '../../sync/schedule/scheduledSyncs';
import type { Ownable } from '../disposables';
import { isCancel } from '../errors';
import type { SignInMonitor } from '../instances/signInMonitor';
import type { Log } from '../log';
import type { ReloadableMirror } from '../mirrorState';
import { readSettings } from '../readSettings';
import { parseSchedule, SETTINGS_SECTION } from '../settings';

const TICK_MS = 30_000;
/** The editor's own start comes first. */
const FIRST_TICK_MS = 15_000;

/** What the timer works with. */
export interface TimerParts {
  readonly instances: InstanceList;
  readonly mirror: ReloadableMirror;
  readonly signIns: SignInMonitor;
  readonly log: Log;
  /** Syncs without asking anybody. */
  readonly sync: (instances: readonly Instance[], trigger: SyncTrigger) => Promise<void>;
}

/** {@link ScheduledSyncs} as the settings say, while a window is open. */
export class Timer implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #owned: Ownable[] = [this.#changed];
  readonly #syncs: ScheduledSyncs;
  #schedule: Schedule = parseSchedule(readSettings());

  /** Fires when the schedule was changed. */
  readonly onDidChange = this.#changed.event;

  constructor({ instances, mirror, signIns, log, sync }: TimerParts) {
    this.#syncs = new ScheduledSyncs({
      schedule: () => this.#schedule,
      instances: () => instances.list(),
      zone: () => instances.zone(),
      status: () => mirror.status,
      running: () => new Set(mirror.running.map(({ instanceId }) => instanceId)),
      signInProblems: () => signIns.problems(),
      reload: () => mirror.reload(),
      sync,
      onFailure: (error) => {
        if (!isCancel(error)) {
          log.error(`Timer: ${String(error)}`);
        }
      },
    });
    this.#owned.push(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`${SETTINGS_SECTION}.timer`)) {
          this.#schedule = parseSchedule(readSettings());
          this.#changed.fire(undefined);
        }
      }),
    );
  }

  get isOn(): boolean {
    return this.#schedule.kind !== 'off';
  }

  /** Starts ticking. */
  start(): void {
    const first = setTimeout(() => void this.tick(), FIRST_TICK_MS);
    const every = setInterval(() => void this.tick(), TICK_MS);
    this.#owned.push({
      dispose: () => {
        clearTimeout(first);
        clearInterval(every);
      },
    });
  }

  /** When each instance on the timer is due, ms since 1970; a past time means at once. */
  nextRuns(now = Date.now()): ReadonlyMap<number, number> {
    return this.#syncs.nextRuns(now);
  }

  /** One look at the clock; starts what is due. */
  tick(now = Date.now()): Promise<void> {
    return this.#syncs.tick(now);
  }

  /** Whether anything is due by the newest status on disk: asked again once the lock is ours. */
  isStillDue(ids: readonly number[]): Promise<boolean> {
    return this.#syncs.isStillDue(ids);
  }

  dispose(): void {
    for (const item of this.#owned.reverse()) {
      item.dispose();
    }
  }
}
