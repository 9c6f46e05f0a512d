import * as v from 'valibot';
import type { Instance } from '../../store/instance';
import type { MirrorWriter } from '../../store/mirrorWriter';
import type { RunEnd, RunStart, RunSummary } from '../../store/runs';
import { readVersion } from '../openwebui/auth';
import type { ClientStatistics, OpenWebUiClient } from '../openwebui/client';
import { isFailure } from '../openwebui/failures';
import { LONGEST_WAIT_MS } from '../openwebui/retryPolicy';
import type { Publisher } from './publisher';
import { detailOf, problemOf, type Problem } from './problems';
import { RunLedger, statusOf } from './runLedger';
import type { StreamContext, StreamDefinition } from './runTypes';
import { StateBook } from './stateBook';
import { runStreams } from './streamRunner';
import { isWriterLost } from './writerLoss';
import type { Clock, Logger, RequestPolicy, RunProgress, SyncRequest } from './syncTypes';

/** Noted at the users' stream when a server asked to come back later. */
const pause = v.object({ notBefore: v.number() });
const NOTHING_ASKED: ClientStatistics = { requests: 0, retries: 0, bytesReceived: 0 };

/** Everything one run of one instance needs. */
export interface RunSetup {
  readonly start: RunStart;
  readonly instance: Instance;
  readonly request: SyncRequest;
  readonly streams: readonly StreamDefinition[];
  readonly writer: MirrorWriter;
  readonly publisher: Publisher;
  /** Finds the credential and makes the client. @throws OpenWebUiError `keyMissing`, `badAddress` */
  readonly connect: () => Promise<OpenWebUiClient>;
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
  #isPutOff = false;

  constructor(setup: RunSetup) {
    this.#setup = setup;
    this.#startedAtMs = setup.clock.now();
  }

  async execute(): Promise<RunSummary> {
    const { start, instance, writer, publisher } = this.#setup;
    const { id, name, url, enabled } = instance;
    await writer.startRun(start, { id, name, url, enabled });
    this.#show('connecting', 0);
    const problem = await this.#attempt();
    const end = this.#end(problem);
    this.#show('publishing', 0);
    await writer.endRun(end);
    await publisher.publish();
    await writer.refreshCopies();
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
      const problem = problemOf(error);
      log.error(`${instance.name}: ${problem.message}${isFailure(error) ? '' : detailOf(error)}`);
      return problem;
    }
  }

  async #run(): Promise<Problem | undefined> {
    const { start, writer, signal } = this.#setup;
    signal.throwIfAborted();
    const states = await StateBook.open(writer, start.runId);
    if (this.#mustWait(states)) {
      this.#isPutOff = true;
      return {
        code: 'rateLimited',
        message: 'The server asked to come back later. Sync by hand to try now.',
      };
    }
    const client = await this.#setup.connect();
    this.#client = client;
    const serverVersion = await readVersion(client);
    this.#serverVersion = serverVersion;
    const context = this.#context(states, client, serverVersion);
    const stopped = await runStreams(this.#setup.streams, context, (phase) => this.#show(phase, 0));
    await this.#notePause(states, stopped);
    return stopped === undefined ? undefined : problemOf(stopped);
  }

  #context(states: StateBook, client: OpenWebUiClient, serverVersion: string): StreamContext {
    const { start, instance, request, writer, policy, clock, log, signal, publisher } = this.#setup;
    return {
      runId: start.runId,
      instance,
      request,
      client,
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
      checkpoint: () => publisher.checkpoint(),
    };
  }

  /** Whether the timer came back earlier than the server asked for. */
  #mustWait(states: StateBook): boolean {
    const { request, clock } = this.#setup;
    const noted = v.safeParse(pause, states.walk('users'));
    const isTimer = request.trigger === 'schedule' || request.trigger === 'startup';
    return isTimer && noted.success && clock.now() / 1000 < noted.output.notBefore;
  }

  async #notePause(states: StateBook, stopped: unknown): Promise<void> {
    const wait = isFailure(stopped, 'rateLimited') ? (stopped.retryAfterMs ?? 0) : 0;
    if (wait > LONGEST_WAIT_MS) {
      this.#isPutOff = true;
      const notBefore = Math.ceil((this.#setup.clock.now() + wait) / 1000);
      await states.change('users', { walkJson: JSON.stringify({ notBefore }) });
    } else if (states.get('users').walkJson !== undefined) {
      await states.change('users', { walkJson: undefined });
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
    };
  }

  #statusOf(streams: RunEnd['streams'], problem: Problem | undefined): RunEnd['status'] {
    if (this.#setup.signal.aborted) {
      return 'cancelled';
    }
    return this.#isPutOff ? 'deferred' : statusOf(streams, problem !== undefined);
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
