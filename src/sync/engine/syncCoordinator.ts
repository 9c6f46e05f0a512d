import type { Instance } from '../../store/instances/instance';
import type { MirrorWriter } from '../../store/mirrorWriter';
import type { RunSummary } from '../../store/runs';
import { estimateCalls, minutesOf } from './budget';
import {
  SyncBusyError,
  type CallBudget,
  type HeldLock,
  type SyncCoordinatorApi,
  type SyncCoordinatorDeps,
  type SyncPreview,
} from './coordinatorTypes';
import { isByTimer, mayStart } from './health';
import { InstanceRun } from './instanceRun';
import { Mutex } from './mutex';
import { planRun } from './plan';
import { previewRun } from './preview';
import { RunSession } from './runSession';
import { Slots } from './slots';
import { secondsOf, type RunProgress, type SyncEvent, type SyncRequest } from './syncTypes';

/** Instances that are synced at once; the others wait in line. */
const INSTANCES_AT_ONCE = 2;

interface ActiveRun {
  readonly run: InstanceRun;
  readonly summary: Promise<RunSummary>;
}

/** Runs syncs for one data folder; see {@link SyncCoordinatorApi}. */
export class SyncCoordinator implements SyncCoordinatorApi {
  readonly #deps: SyncCoordinatorDeps;
  readonly #slots = new Slots(INSTANCES_AT_ONCE);
  readonly #active = new Map<number, ActiveRun>();
  readonly #listeners = new Set<(event: SyncEvent) => void>();
  /** Opening and closing the session happen one after the other. */
  readonly #gate = new Mutex();
  #session: OpenSession | undefined;
  /** Calls of `sync` that have not settled: the last one closes the session. */
  #calls = 0;

  constructor(deps: SyncCoordinatorDeps) {
    this.#deps = deps;
  }

  async sync(
    instances: readonly Instance[],
    request: SyncRequest,
    signal?: AbortSignal,
  ): Promise<readonly RunSummary[]> {
    if (instances.length === 0) {
      return [];
    }
    this.#calls += 1;
    try {
      const session = await this.#enter(instances, request);
      if (session === undefined) {
        return [];
      }
      const current = await this.#current(instances);
      const ready = isByTimer(request.trigger) ? await this.#allowed(current, request, session) : current;
      return await Promise.all(ready.map((instance) => this.#syncOne(instance, request, session, signal)));
    } finally {
      await this.#leave();
    }
  }

  async preview(
    instances: readonly Instance[],
    request: SyncRequest,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<readonly SyncPreview[]> {
    return this.#withDryWriter(async (writer) => {
      const previews: SyncPreview[] = [];
      for (const instance of instances) {
        signal.throwIfAborted();
        previews.push(await previewRun({ deps: this.#deps, writer, instance, request, signal }));
      }
      return previews;
    });
  }

  async budget(instances: readonly Instance[], request: SyncRequest): Promise<readonly CallBudget[]> {
    const { clock, reconcileHours, policy } = this.#deps;
    return this.#withDryWriter((writer) =>
      Promise.all(
        instances.map(async (instance): Promise<CallBudget> => {
          const facts = await writer.facts(instance.id);
          const plan = planRun(facts, request, secondsOf(clock), reconcileHours());
          const calls = estimateCalls(facts, plan);
          const minutes = calls === undefined ? undefined : minutesOf(calls, policy(instance));
          return { instanceId: instance.id, ...plan, calls, minutes };
        }),
      ),
    );
  }

  async cancel(instanceId?: number): Promise<void> {
    const mine = this.#matching(instanceId === undefined ? undefined : [instanceId]);
    if (mine.length === 0) {
      if (this.#calls === 0) {
        await this.#deps.locker.requestCancel(instanceId);
      }
      return;
    }
    const ended = this.#session?.ended;
    mine.forEach(({ run }) => run.cancel());
    await Promise.all(mine.map(({ summary }) => summary));
    if (this.#active.size === 0) {
      await ended;
    }
  }

  onEvent(listener: (event: SyncEvent) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  running(): readonly RunProgress[] {
    return [...this.#active.values()].map(({ run }) => run.progress);
  }

  async #current(asked: readonly Instance[]): Promise<readonly Instance[]> {
    const { instances } = this.#deps;
    if (instances === undefined) {
      return asked;
    }
    const current = new Map((await instances()).map((instance) => [instance.id, instance]));
    return asked.flatMap(({ id }) => current.get(id) ?? []);
  }

  /**
   * Those that the timer may ask. The others get no record: a server that is away for weeks would fill the history
   * with runs that did nothing; `nextAllowedEpoch` of their status tells.
   */
  async #allowed(
    instances: readonly Instance[],
    { trigger }: SyncRequest,
    session: RunSession,
  ): Promise<readonly Instance[]> {
    const now = secondsOf(this.#deps.clock);
    const { writer } = await session.mirror();
    const facts = await Promise.all(instances.map(({ id }) => writer.facts(id)));
    return instances.filter((_, index) => mayStart(facts[index] ?? {}, trigger, now));
  }

  async #withDryWriter<T>(work: (writer: MirrorWriter) => Promise<T>): Promise<T> {
    const writer = await this.#deps.openDryWriter();
    try {
      return await work(writer);
    } finally {
      await writer.close();
    }
  }

  async #syncOne(
    instance: Instance,
    request: SyncRequest,
    session: RunSession,
    signal: AbortSignal | undefined,
  ): Promise<RunSummary> {
    let active = this.#active.get(instance.id);
    while (active !== undefined && (active.run.isCancelled || !covers(active.run.request, request))) {
      await active.summary;
      active = this.#active.get(instance.id);
    }
    const { run, summary } = active ?? this.#begin(instance, request, session);
    const cancel = (): void => run.cancel();
    if (signal?.aborted === true) {
      cancel();
    }
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await summary;
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  #begin(instance: Instance, request: SyncRequest, session: RunSession): ActiveRun {
    const run = new InstanceRun(instance, request, {
      deps: this.#deps,
      session,
      slots: this.#slots,
      onProgress: (progress) => this.#emit({ type: 'progress', progress }),
    });
    // Registered before it starts, so that listeners already find it.
    const summary = Promise.resolve()
      .then(() => run.execute())
      .then((finished) => {
        this.#active.delete(instance.id);
        this.#emit({ type: 'finished', run: finished, instanceName: instance.name });
        return finished;
      });
    const active: ActiveRun = { run, summary };
    this.#active.set(instance.id, active);
    return active;
  }

  /** The session that this call shares with others; undefined when the timer's request is to be skipped. */
  #enter(instances: readonly Instance[], request: SyncRequest): Promise<RunSession | undefined> {
    return this.#gate.run(async () => {
      if (this.#session === undefined) {
        const session = await this.#open(instances, request);
        this.#session = session && openSession(session);
      }
      return this.#session?.session;
    });
  }

  async #open(instances: readonly Instance[], request: SyncRequest): Promise<RunSession | undefined> {
    const { locker, openWriter, clock, log } = this.#deps;
    const isTimer = isByTimer(request.trigger);
    const attempt = await locker.tryAcquire(request.trigger);
    if (!attempt.acquired) {
      if (isTimer) {
        return undefined;
      }
      throw new SyncBusyError(attempt.holder);
    }
    const { lock } = attempt;
    if (isTimer && !(await this.#isStillDue(instances, lock))) {
      await lock.release();
      return undefined;
    }
    lock.onCancelRequest((instanceIds) => this.#matching(instanceIds).forEach(({ run }) => run.cancel()));
    return RunSession.open({ lock, openWriter, clock, log });
  }

  /** Gives the lock back when nobody can tell. */
  async #isStillDue(instances: readonly Instance[], lock: HeldLock): Promise<boolean> {
    try {
      return (await this.#deps.isStillDue?.(instances.map(({ id }) => id))) ?? true;
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  /** The last call closes the session: nothing keeps the lock while nothing runs. */
  async #leave(): Promise<void> {
    this.#calls -= 1;
    if (this.#calls > 0) {
      return;
    }
    await this.#gate.run(async () => {
      const open = this.#session;
      // Another call may have come while this one waited for the gate.
      if (open === undefined || this.#calls > 0) {
        return;
      }
      this.#session = undefined;
      try {
        await open.session.close();
      } finally {
        open.end();
      }
    });
  }

  #matching(instanceIds: readonly number[] | undefined): readonly ActiveRun[] {
    return [...this.#active.values()].filter(
      ({ run }) => instanceIds === undefined || instanceIds.includes(run.instance.id),
    );
  }

  #emit(event: SyncEvent): void {
    for (const listener of [...this.#listeners]) {
      listener(event);
    }
  }
}

/** Whether a run does at least what another request asks for. */
function covers(running: SyncRequest, asked: SyncRequest): boolean {
  return (
    (running.kind === 'full' || running.kind === asked.kind) &&
    (running.kind === 'full' || running.walk === 'complete' || asked.walk !== 'complete') &&
    (running.acceptMassDeletion === true || asked.acceptMassDeletion !== true)
  );
}

interface OpenSession {
  readonly session: RunSession;
  /** Resolved once the lock is free again. */
  readonly ended: Promise<void>;
  readonly end: () => void;
}

function openSession(session: RunSession): OpenSession {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { session, ended, end };
}
