import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { Instance } from '../../store/instance';
import { NO_CHANGES, type RunStart, type RunSummary } from '../../store/runs';
import { OpenWebUiClient } from '../openwebui/client';
import { OpenWebUiError } from '../openwebui/failures';
import type { SyncCoordinatorDeps } from './coordinatorTypes';
import { detailOf, problemOf } from './problems';
import type { RunSession } from './runSession';
import type { Slots } from './slots';
import { ALL_STREAMS } from './streams/allStreams';
import { runSync } from './syncRun';
import type { RunProgress, SyncRequest } from './syncTypes';
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
  readonly request: SyncRequest;
  #progress: RunProgress;

  constructor(instance: Instance, request: SyncRequest, parts: InstanceRunParts) {
    this.#parts = parts;
    this.instance = instance;
    this.request = request;
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

  cancel(): void {
    this.#abort.abort(new DOMException('The sync was cancelled', 'AbortError'));
  }

  /** Waits for its turn, then syncs. Never rejects: what goes wrong is part of the summary. */
  async execute(): Promise<RunSummary> {
    this.#show({});
    const leave = await this.#parts.slots.take(this.#abort.signal);
    try {
      return await this.#withWriters(this.#start());
    } finally {
      leave();
    }
  }

  async #withWriters(start: RunStart): Promise<RunSummary> {
    for (let starts = 1; ; starts += 1) {
      try {
        return await this.#once(start, starts < MOST_STARTS);
      } catch (error) {
        if (starts >= MOST_STARTS || !isWriterLost(error)) {
          return this.#unrecorded(start, error);
        }
        this.#parts.deps.log.warn(`${this.instance.name}: the sync starts over (${(error as Error).name})`);
      }
    }
  }

  async #once(start: RunStart, mayRenew: boolean): Promise<RunSummary> {
    const { deps, session } = this.#parts;
    const mirror = await session.mirror();
    try {
      return await runSync({
        start,
        instance: this.instance,
        request: this.request,
        streams: ALL_STREAMS,
        ...mirror,
        connect: () => this.#connect(),
        policy: deps.policy(this.instance),
        clock: deps.clock,
        log: deps.log,
        signal: this.#abort.signal,
        onProgress: (change) => this.#show(change),
      });
    } catch (error) {
      if (isWriterLost(error) && mayRenew) {
        await session.renew(mirror);
      }
      throw error;
    }
  }

  async #connect(): Promise<OpenWebUiClient> {
    const { credentials, policy, clock, log, fetch } = this.#parts.deps;
    const { instance } = this;
    const options = { url: instance.url, policy: policy(instance), clock, log, fetch };
    const client = new OpenWebUiClient({
      ...options,
      credential: await credentials.get(instance),
      signal: this.#abort.signal,
    });
    if (!client.hasCredential) {
      throw new OpenWebUiError('keyMissing', { host: client.host });
    }
    return client;
  }

  #start(): RunStart {
    const { clock, clientVersion } = this.#parts.deps;
    const { runId, instanceId, kind, trigger } = this.#progress;
    return { runId, instanceId, kind, trigger, startedAt: Math.floor(clock.now() / 1000), clientVersion };
  }

  /** The summary of a run whose record could not be written. */
  #unrecorded(start: RunStart, error: unknown): RunSummary {
    const { code, message } = isWriterLost(error)
      ? { code: 'writerLost', message: 'The database could not be written. Sync again.' }
      : problemOf(error);
    this.#parts.deps.log.error(`${this.instance.name}: ${message}${detailOf(error)}`);
    return {
      ...start,
      status: 'failed',
      finishedAt: Math.floor(this.#parts.deps.clock.now() / 1000),
      errorCode: code,
      error: message,
      counts: this.#progress.counts,
      streams: [],
    };
  }

  #show(change: Partial<RunProgress>): void {
    this.#progress = { ...this.#progress, ...change };
    this.#parts.onProgress(this.#progress);
  }
}
