import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import * as l10n from '@vscode/l10n';
import type { Instance } from '../../store/instances/instance';
import type { MirrorWriter } from '../../store/mirrorWriter';
import { NO_CHANGES, type RunStart, type RunSummary } from '../../store/runs';
import { connect } from './connect';
import type { SyncCoordinatorDeps } from './coordinatorTypes';
import { planFor, type PlannedRun } from './plannedRun';
import { detailOf, problemOf } from './problems';
import type { RunSession } from './runSession';
import type { Slots } from './slots';
import { ALL_STREAMS } from './streams/allStreams';
import { runSync } from './syncRun';
import { secondsOf, type RunProgress, type SyncRequest } from './syncTypes';
import { isWriterLost } from './writerLoss';

/** How often a run starts over after its writer was lost. */
const MOST_STARTS = 3;

export interface InstanceRunParts {
  readonly deps: SyncCoordinatorDeps;
  readonly session: RunSession;
  readonly slots: Slots;
  readonly onProgress: (progress: RunProgress) => void;
}

/** One instance's run as the coordinator keeps it: queued, under way, to be cancelled. */
export class InstanceRun {
  readonly #parts: InstanceRunParts;
  readonly #abort = new AbortController();
  readonly instance: Instance;
  readonly #asked: SyncRequest;
  #plan: PlannedRun | undefined;
  #progress: RunProgress;

  constructor(instance: Instance, request: SyncRequest, parts: InstanceRunParts) {
    this.#parts = parts;
    this.instance = instance;
    this.#asked = request;
    // Every request that waits listens; Node would take more than ten for a leak.
    setMaxListeners(0, this.#abort.signal);
    this.#progress = {
      runId: randomUUID(),
      instanceId: instance.id,
      instanceName: instance.name,
      kind: request.kind,
      trigger: request.trigger,
      phase: 'queued',
      done: 0,
      requests: 0,
      counts: NO_CHANGES,
    };
  }

  get progress(): RunProgress {
    return this.#progress;
  }

  /** What it does: as asked for, and once it is planned as it came to. */
  get request(): SyncRequest {
    return this.#plan?.request ?? this.#asked;
  }

  /** Whether it was told to end: nobody who asks from now on is served by it. */
  get isCancelled(): boolean {
    return this.#abort.signal.aborted;
  }

  cancel(): void {
    this.#abort.abort(new DOMException('The sync was cancelled', 'AbortError'));
  }

  /** Waits for its turn, then syncs. Never rejects: what goes wrong is part of the summary. */
  async execute(): Promise<RunSummary> {
    this.#show({});
    const leave = await this.#parts.slots.take(this.#abort.signal);
    try {
      return await this.#withWriters();
    } finally {
      leave();
    }
  }

  async #withWriters(): Promise<RunSummary> {
    for (let starts = 1; ; starts += 1) {
      try {
        return await this.#once(starts < MOST_STARTS);
      } catch (error) {
        if (starts >= MOST_STARTS || !isWriterLost(error)) {
          return this.#unrecorded(error);
        }
        this.#parts.deps.log.warn(`${this.instance.name}: the sync starts over (${(error as Error).name})`);
      }
    }
  }

  async #once(mayRenew: boolean): Promise<RunSummary> {
    const { deps, session } = this.#parts;
    const { instance } = this;
    const signal = this.#abort.signal;
    const mirror = await session.mirror();
    try {
      const plan = await this.#planned(mirror.writer);
      return await runSync({
        ...plan,
        instance,
        streams: ALL_STREAMS,
        writer: mirror.writer,
        outlet: mirror.publisher,
        connect: () => connect(deps, instance, signal),
        salt: deps.salt,
        policy: deps.policy(instance),
        clock: deps.clock,
        log: deps.log,
        signal,
        onProgress: (change) => this.#show(change),
      });
    } catch (error) {
      if (isWriterLost(error) && mayRenew) {
        await session.renew(mirror);
      }
      throw error;
    }
  }

  /** Once per run: its record names one kind, however often it starts over. */
  async #planned(writer: MirrorWriter): Promise<PlannedRun> {
    const { runId } = this.#progress;
    const { instance } = this;
    this.#plan ??= await planFor(this.#parts.deps, writer, { runId, instance, request: this.#asked });
    const { kind, expectedRequests } = this.#plan.start;
    this.#show({ kind, expectedRequests });
    return this.#plan;
  }

  /** The summary of a run whose record could not be written. */
  #unrecorded(error: unknown): RunSummary {
    const start = this.#plan?.start ?? this.#unplanned();
    const { code, message } = isWriterLost(error)
      ? { code: 'writerLost', message: l10n.t('The database could not be written. Sync again.') }
      : problemOf(error);
    this.#parts.deps.log.error(`${this.instance.name}: ${message}${detailOf(error)}`);
    return {
      ...start,
      status: 'failed',
      finishedAt: secondsOf(this.#parts.deps.clock),
      errorCode: code,
      error: message,
      counts: this.#progress.counts,
      streams: [],
      notes: [],
    };
  }

  #unplanned(): RunStart {
    const { clock, clientVersion } = this.#parts.deps;
    const { runId, instanceId, kind, trigger } = this.#progress;
    const walk = kind === 'full' ? 'complete' : 'active';
    return { runId, instanceId, kind, walk, trigger, startedAt: secondsOf(clock), clientVersion };
  }

  #show(change: Partial<RunProgress>): void {
    this.#progress = { ...this.#progress, ...change };
    this.#parts.onProgress(this.#progress);
  }
}
