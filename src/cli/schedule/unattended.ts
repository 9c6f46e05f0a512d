import type { Instance } from '../../store/instances/instance';
import { loadInstances } from '../../store/instances/instancesFile';
import type { MirrorStatus, RunSummary, SyncTrigger } from '../../store/runs';
import type { LockHolder } from '../../sync/engine/coordinatorTypes';
import { SyncCoordinator } from '../../sync/engine/syncCoordinator';
import type { Credential } from '../../sync/engine/syncTypes';
import type { Schedule } from '../../sync/schedule/schedule';
import { ScheduledSyncs } from '../../sync/schedule/scheduledSyncs';
import { formatDateTime } from '../../sync/words';
import { coordinatorDeps } from '../coordinatorDeps';
import { keyProblem, readCredential } from '../credentials';
import { openFileLog } from '../fileLog';
import { mirrorStatus } from '../mirrorStatus';
import { plainText } from '../plainText';
import { isComplete, runText } from '../runLine';
import type { Terminal } from '../terminal';

/** When syncs are due, and what their records name as the cause. */
export interface UnattendedTiming {
  readonly schedule: Schedule;
  /** Default: `startup` at the first look, then `schedule`. */
  readonly trigger?: 'schedule';
  /** What of earlier runs postpones a sync; default all. */
  readonly counted?: (status: MirrorStatus) => MirrorStatus;
}

/** Told what happens while nobody asks. */
export interface UnattendedEvents {
  readonly onRun: (run: RunSummary) => void;
  /** Another process syncs. */
  readonly onBusy: (holder: LockHolder) => void;
  /** Told of attempts that left no run behind. */
  readonly onFailure: (error: unknown) => void;
}

/** Syncs of a data folder for which nobody is there: keys, instances and the zone are read anew at each look. */
export class Unattended {
  readonly syncs: ScheduledSyncs;
  #instances: readonly Instance[] = [];
  #zone = 'UTC';
  #status: MirrorStatus = { version: 1, generation: 0, instances: [] };
  #problems: ReadonlyMap<number, string> = new Map();

  constructor(
    private readonly terminal: Terminal,
    private readonly folder: string,
    readonly timing: UnattendedTiming,
    private readonly events: UnattendedEvents,
  ) {
    this.syncs = new ScheduledSyncs({
      schedule: () => timing.schedule,
      instances: () => this.#instances,
      zone: () => this.#zone,
      status: () => timing.counted?.(this.#status) ?? this.#status,
      // Who else syncs, the lock tells.
      running: () => new Set(),
      signInProblems: () => this.#problems,
      reload: () => this.reload(),
      sync: (due, trigger) => this.#sync(due, trigger),
      onFailure: events.onFailure,
    });
  }

  get instances(): readonly Instance[] {
    return this.#instances;
  }

  get status(): MirrorStatus {
    return this.#status;
  }

  /** Instances whose key cannot be read, with the sentence that says why. */
  get problems(): ReadonlyMap<number, string> {
    return this.#problems;
  }

  get zone(): string {
    return this.#zone;
  }

  /** A line with the time before it; later ones of the same text are indented. */
  say(text: string, write: (line: string) => void = this.terminal.out): void {
    write(`${formatDateTime(Date.now(), this.#zone)} ${plainText(text).trimEnd()}\n`);
  }

  /** Reads instances, keys and status anew. */
  async reload(): Promise<void> {
    const [{ instances, zone }, status] = await Promise.all([
      loadInstances(this.folder),
      mirrorStatus(this.folder),
    ]);
    this.#instances = instances;
    this.#zone = zone;
    this.#status = status;
    const enabled = instances.filter((instance) => instance.enabled);
    this.#problems = new Map(
      enabled.flatMap((instance): [number, string][] => {
        const problem = keyProblem(instance, this.terminal.env);
        return problem === undefined ? [] : [[instance.id, problem]];
      }),
    );
  }

  async #sync(due: readonly Instance[], trigger: SyncTrigger): Promise<void> {
    const log = openFileLog(this.folder, this.#zone);
    const deps = coordinatorDeps({
      folder: this.folder,
      zone: this.#zone,
      log,
      tell: (sentence) => {
        log.warn(sentence);
        this.say(sentence, this.terminal.err);
      },
      credentials: {
        get: (instance) => Promise.resolve(this.#credential(instance, (secret) => log.protect(secret))),
      },
    });
    const coordinator = new SyncCoordinator({
      ...deps,
      locker: {
        ...deps.locker,
        tryAcquire: async (runId) => {
          const attempt = await deps.locker.tryAcquire(runId);
          if (!attempt.acquired) {
            this.events.onBusy(attempt.holder);
          }
          return attempt;
        },
      },
      isStillDue: (ids) => this.syncs.isStillDue(ids),
    });
    coordinator.onEvent((event) => {
      if (event.type === 'finished') {
        this.say(
          runText(event.run, event.instanceName),
          isComplete(event.run) ? undefined : this.terminal.err,
        );
        this.events.onRun(event.run);
      }
    });
    await coordinator.sync(
      due,
      { kind: 'incremental', trigger: this.timing.trigger ?? trigger },
      this.terminal.signal,
    );
  }

  #credential(instance: Instance, protect: (secret: string) => void): Credential | undefined {
    if (keyProblem(instance, this.terminal.env) !== undefined) {
      return undefined;
    }
    const credential = readCredential(instance, this.terminal.env);
    protect(credential.value);
    return credential;
  }
}
