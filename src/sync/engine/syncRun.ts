import type { Instance } from '../../store/instances/instance';
import { projectionOf } from '../../store/instances/projection';
import type { InstanceFacts, InstanceHealth, KnownProblem } from '../../store/mirrorFacts';
import type { MirrorWriter } from '../../store/mirrorWriter';
import { STREAMS, type StreamName } from '../../store/records';
import type { RunEnd, RunStart, RunSummary } from '../../store/runs';
import { readVersion } from '../openwebui/auth';
import type { ClientStatistics, OpenWebUiClient } from '../openwebui/client';
import { isFailure } from '../openwebui/failures';
import { LONGEST_WAIT_MS } from '../openwebui/retryPolicy';
import { healthAfter, isSameHealth } from './health';
import { identitiesOf } from './identitiesOf';
import { notesOf } from './notes';
import type { Outlet } from './publisher';
import { detailOf, problemOf, type Problem } from './problems';
import { RunLedger, statusOf } from './runLedger';
import type { StreamContext, StreamDefinition } from './runTypes';
import { StateBook } from './stateBook';
import { runStreams } from './streamRunner';
import { isWriterLost } from './writerLoss';
import {
  secondsOf,
  type Clock,
  type Logger,
  type RequestPolicy,
  type RunProgress,
  type SyncRequest,
} from './syncTypes';

const NOTHING_ASKED: ClientStatistics = { requests: 0, retries: 0, bytesReceived: 0 };

/** Everything one run of one instance needs. */
export interface RunSetup {
  readonly start: RunStart;
  readonly instance: Instance;
  /** With the kind and walk of `start`. */
  readonly request: SyncRequest;
  /** What was known when the run was planned. */
  readonly facts: InstanceFacts;
  readonly streams: readonly StreamDefinition[];
  readonly writer: MirrorWriter;
  readonly outlet: Outlet;
  /** Finds the credential and makes the client. @throws OpenWebUiError `keyMissing`, `badAddress` */
  readonly connect: () => Promise<OpenWebUiClient>;
  readonly salt: () => Promise<string>;
  readonly policy: RequestPolicy;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
  readonly onProgress: (
    change: Pick<RunProgress, 'phase' | 'done' | 'total' | 'requests' | 'counts'>,
  ) => void;
}

/**
 * One run of one instance, from its record to its publication. What goes wrong with the server is part of the
 * summary; a cancelled run keeps and publishes what it wrote.
 * @throws PublishConflictError and other errors of a writer that is lost (see `isWriterLost`)
 */
export async function runSync(setup: RunSetup): Promise<RunSummary> {
  return new SyncRun(setup).execute();
}

class SyncRun {
  readonly #setup: RunSetup;
  readonly #ledger = new RunLedger();
  readonly #startedAtMs: number;
  #phase: RunProgress['phase'] = 'connecting';
  #client: OpenWebUiClient | undefined;
  #serverVersion: string | undefined;
  #states: StateBook | undefined;
  /** Chats that this run passes over, since they could not be read before. */
  #chatsLeftOut: ReadonlySet<string> = new Set();
  /** Set when the server asked to stay away for longer than a run waits. */
  #retryAfterMs: number | undefined;

  constructor(setup: RunSetup) {
    this.#setup = setup;
    this.#startedAtMs = setup.clock.now();
  }

  async execute(): Promise<RunSummary> {
    const { start, instance, writer, outlet } = this.#setup;
    await writer.startRun(start, projectionOf(instance));
    this.#show('connecting', 0);
    const problem = await this.#attempt();
    const end = this.#end(problem);
    this.#show('publishing', 0);
    await this.#keepHealth(end);
    await writer.endRun(end);
    await outlet.finish();
    this.#logEnd(end);
    return { ...start, ...end, counts: this.#ledger.total };
  }

  /** @returns what stopped the run, if anything did */
  async #attempt(): Promise<Problem | undefined> {
    const { signal, log, instance } = this.#setup;
    try {
      return await this.#run();
    } catch (error) {
      if (isWriterLost(error)) {
        throw error;
      }
      if (signal.aborted) {
        return undefined;
      }
      this.#notePause(error);
      const problem = problemOf(error);
      log.error(`${instance.name}: ${problem.message}${isFailure(error) ? '' : detailOf(error)}`);
      return problem;
    }
  }

  async #run(): Promise<Problem | undefined> {
    const { start, writer, signal } = this.#setup;
    signal.throwIfAborted();
    const states = await StateBook.open(writer, start.runId);
    this.#states = states;
    const client = await this.#setup.connect();
    this.#client = client;
    const serverVersion = await readVersion(client);
    this.#serverVersion = serverVersion;
    if (start.kind === 'incremental') {
      this.#chatsLeftOut = new Set(await writer.quarantined(start.runId, this.#now));
    }
    const context = await this.#context(states, client, serverVersion);
    const stopped = await runStreams(this.#setup.streams, context, (phase) => this.#show(phase, 0));
    this.#notePause(stopped);
    return stopped === undefined ? undefined : problemOf(stopped);
  }

  async #context(states: StateBook, client: OpenWebUiClient, serverVersion: string): Promise<StreamContext> {
    const { start, instance, request, facts, writer, policy, clock, log, signal, outlet, salt } = this.#setup;
    return {
      runId: start.runId,
      instance,
      request,
      walk: start.walk,
      versionBefore: facts.serverVersion,
      note: (note) => this.#ledger.remark(note),
      client,
      chatsLeftOut: this.#chatsLeftOut,
      identities: await identitiesOf(instance, { writer, runId: start.runId, salt }),
      writer,
      states,
      ledger: this.#ledger,
      policy,
      clock,
      log,
      signal,
      serverVersion,
      serverStart: client.serverNow,
      progress: (done, total) => this.#show(this.#phase, done, total),
      checkpoint: () => outlet.checkpoint(),
    };
  }

  #notePause(stopped: unknown): void {
    if (isFailure(stopped, 'rateLimited') && (stopped.retryAfterMs ?? 0) > LONGEST_WAIT_MS) {
      this.#retryAfterMs = stopped.retryAfterMs;
    }
  }

  async #keepHealth({ status, errorCode }: RunEnd): Promise<void> {
    const { start, writer, facts } = this.#setup;
    const before: InstanceHealth = { failures: facts.failures, nextAllowedAt: facts.nextAllowedAt };
    const after = healthAfter(before, { status, errorCode, retryAfterMs: this.#retryAfterMs }, this.#now);
    if (!isSameHealth(before, after)) {
      await writer.setHealth(start.runId, after);
    }
  }

  #end(problem: Problem | undefined): RunEnd {
    const { start, clock } = this.#setup;
    const { requests, retries, bytesReceived, skewMs } = this.#client?.statistics ?? NOTHING_ASKED;
    const streams = this.#ledger.results;
    const status = this.#statusOf(streams, problem);
    const told = status === 'ok' || status === 'cancelled' ? undefined : (problem ?? firstProblem(streams));
    const now = clock.now();
    return {
      runId: start.runId,
      status,
      finishedAt: Math.floor(now / 1000),
      durationMs: Math.max(0, now - this.#startedAtMs),
      requests,
      retries,
      bytesReceived,
      skewMs,
      serverVersion: this.#serverVersion,
      errorCode: told?.code,
      error: told?.message,
      streams,
      notes: [...this.#ledger.notes, ...this.#notes(skewMs)],
    };
  }

  #notes(skewMs: number | undefined): RunEnd['notes'] {
    const { start, facts } = this.#setup;
    return notesOf({
      startedAt: start.startedAt,
      now: this.#now,
      skewMs,
      serverVersion: this.#serverVersion,
      versionBefore: facts.serverVersion,
      problems: this.#knownProblems(),
      chatsSetAside: this.#ledger.results.find(({ stream }) => stream === 'chats')?.counts.quarantined ?? 0,
      chatsLeftOut: this.#chatsLeftOut.size,
    });
  }

  #knownProblems(): ReadonlyMap<StreamName, KnownProblem> {
    const problems = new Map<StreamName, KnownProblem>();
    for (const stream of STREAMS) {
      const problem = this.#states?.get(stream).problem;
      if (problem !== undefined) {
        problems.set(stream, problem);
      }
    }
    return problems;
  }

  get #now(): number {
    return secondsOf(this.#setup.clock);
  }

  #statusOf(streams: RunEnd['streams'], problem: Problem | undefined): RunEnd['status'] {
    if (this.#setup.signal.aborted) {
      return 'cancelled';
    }
    return this.#retryAfterMs !== undefined ? 'deferred' : statusOf(streams, problem !== undefined);
  }

  #show(phase: RunProgress['phase'], done: number, total?: number): void {
    this.#phase = phase;
    this.#setup.onProgress({
      phase,
      done,
      total,
      requests: this.#client?.statistics.requests ?? 0,
      counts: this.#ledger.total,
    });
  }

  #logEnd({ status, durationMs, requests, retries }: RunEnd): void {
    const { log, instance, request } = this.#setup;
    const { inserted, updated, deleted } = this.#ledger.total;
    log.info(
      `${instance.name}: ${request.kind} sync ${status} in ${durationMs} ms; ${requests} requests, ${retries} retries; ` +
        `${inserted} new, ${updated} changed, ${deleted} deleted`,
    );
  }
}

function firstProblem(streams: RunEnd['streams']): Problem | undefined {
  const failed = streams.find(({ errorCode, status }) => errorCode !== undefined && status !== 'unsupported');
  return failed && { code: failed.errorCode ?? '', message: failed.error ?? '' };
}
