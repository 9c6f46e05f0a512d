import { setMaxListeners } from 'node:events';
import { createFetch, type FetchResponse } from 'ofetch';
import type { EpochSeconds } from '../../store/records';
import type { Clock, Credential, Logger, RequestPolicy } from '../engine/syncTypes';
import { parseAddress } from './address';
import { readBody } from './bodyReader';
import { Breaker } from './breaker';
import { isFailure, OpenWebUiError, type FailureCode, type FailureDetails } from './failures';
import { failureOf, looksLikeHtml, titleOf } from './failedAnswers';
import { networkFailure } from './networkFailures';
import { Pacer } from './pacer';
import { redirectOf } from './redirects';
import { backoffMs, LONGEST_WAIT_MS, retryAfterMs } from './retryPolicy';
import { isReadable, pathForLog, SIGN_IN_PATH, VERSION_PATH, type Route } from './routes';
import { parseJsonBody } from './slicedJson';
import { accountNamedBy } from './tokenAccount';
import { Watchdog } from './watchdog';

export interface ClientOptions {
  /** Base URL as typed; its path is kept. */
  readonly url: string;
  readonly credential?: Credential | undefined;
  readonly policy: RequestPolicy;
  readonly clock: Clock;
  readonly log: Logger;
  /** Ends all requests; pending ones are rejected with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Default `globalThis.fetch`, looked up at each request. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** For the jitter of retries. */
  readonly random?: (() => number) | undefined;
}

/** What a run's requests have cost so far. */
export interface ClientStatistics {
  readonly requests: number;
  readonly retries: number;
  readonly bytesReceived: number;
  /** Server clock minus local clock, ms; from the first answer with a `Date`. */
  readonly skewMs?: number | undefined;
}

/** A body as it came, and the server's time when it came. */
export interface Answer {
  readonly body: Uint8Array;
  readonly serverNow: EpochSeconds;
}

interface Outgoing {
  readonly method: 'GET' | 'POST';
  readonly route: Route;
  readonly body?: Record<string, string>;
}

/**
 * Talks to one Open WebUI: GET requests of an allow-list and the sign-in, nothing else. Paces and retries them,
 * ends those that hang, stops asking when nobody answers any more, and turns every failure into an
 * {@link OpenWebUiError}. A cancelled request is rejected with the signal's reason.
 * Limits: 10 s to connect (those of Node's own `fetch`), `policy.timeoutMs` for the headers and for each silence
 * in a body, 10 min and 64 MB for a whole answer.
 */
export class OpenWebUiClient {
  readonly host: string;
  readonly #base: URL;
  readonly #options: ClientOptions;
  readonly #pacer: Pacer;
  readonly #breaker = new Breaker();
  readonly #signal: AbortSignal;
  readonly #fetch: ReturnType<typeof createFetch>;
  #requests = 0;
  #retries = 0;
  #bytes = 0;
  #skewMs: number | undefined;
  #unusableRows = 0;
  /** The credential was accepted at least once. */
  #isAdmitted = false;

  /** @throws OpenWebUiError `badAddress` */
  constructor(options: ClientOptions) {
    this.#base = parseAddress(options.url);
    this.host = this.#base.host;
    this.#options = options;
    this.#pacer = new Pacer(options.policy, options.clock);
    this.#signal = options.signal ?? new AbortController().signal;
    // Every waiting request listens; Node would take more than ten for a leak.
    setMaxListeners(0, this.#signal);
    this.#fetch = createFetch({ fetch: (...args) => (options.fetch ?? globalThis.fetch)(...args) });
  }

  get statistics(): ClientStatistics {
    return {
      requests: this.#requests,
      retries: this.#retries,
      bytesReceived: this.#bytes,
      skewMs: this.#skewMs,
    };
  }

  /** The server's time, as far as its answers told; else the local one. */
  get serverNow(): EpochSeconds {
    return Math.floor((this.#options.clock.now() + (this.#skewMs ?? 0)) / 1000);
  }

  /** Rows of lists so far that had no usable id. */
  get unusableRows(): number {
    return this.#unusableRows;
  }

  noteUnusable(rows: number): void {
    this.#unusableRows += rows;
  }

  get hasCredential(): boolean {
    return this.#options.credential !== undefined;
  }

  /** The server's id of the user whom a token names; undefined: the credential names none. */
  get accountOfToken(): string | undefined {
    return accountNamedBy(this.#options.credential);
  }

  /** The parsed JSON of a GET. @throws OpenWebUiError */
  async getJson(route: Route): Promise<unknown> {
    return this.#withRetries({ method: 'GET', route }, (answer) => this.#parse(answer.body, route));
  }

  /** The unparsed body of a GET that is JSON by its header and first byte. @throws OpenWebUiError */
  async getBytes(route: Route): Promise<Answer> {
    return this.#withRetries({ method: 'GET', route }, (answer) => answer);
  }

  /** The one POST: the sign-in. Tried once, since servers count wrong passwords. @throws OpenWebUiError */
  async postSignIn(email: string, password: string): Promise<unknown> {
    const route: Route = { path: SIGN_IN_PATH };
    const answer = await this.#paced({ method: 'POST', route, body: { email, password } });
    return this.#parse(answer.body, route);
  }

  /** A failure that names this server. */
  failure(code: FailureCode, details: Omit<FailureDetails, 'host'> = {}): OpenWebUiError {
    return new OpenWebUiError(code, { host: this.host, ...details });
  }

  async #withRetries<T>(outgoing: Outgoing, read: (answer: Answer) => T | Promise<T>): Promise<T> {
    const { clock, policy, log, random = Math.random } = this.#options;
    for (let attempt = 0; ; attempt += 1) {
      try {
        const result = await read(await this.#paced(outgoing));
        this.#breaker.noteAnswer();
        return result;
      } catch (error) {
        const asked = isFailure(error) ? error.retryAfterMs : undefined;
        const isLast = attempt >= policy.retries || (asked ?? 0) > LONGEST_WAIT_MS || this.#breaker.isOpen;
        if (!isFailure(error) || !error.isRetried || isLast) {
          this.#breaker.noteFailure(error);
          throw error;
        }
        const wait = asked ?? backoffMs(attempt, random);
        this.#easeOff(error, wait);
        this.#retries += 1;
        log.debug(`${pathForLog(outgoing.route.path)}: ${error.code}, again in ${wait} ms`);
        await clock.sleep(wait, this.#signal);
      }
    }
  }

  /** An overloaded server gets fewer requests at once, and none while it asked us to wait. */
  #easeOff(error: OpenWebUiError, wait: number): void {
    if (error.code === 'rateLimited' || error.code === 'timeout' || error.status === 503) {
      this.#pacer.slowDown();
    }
    if (error.code === 'rateLimited') {
      this.#pacer.pause(wait);
    }
  }

  async #paced(outgoing: Outgoing): Promise<Answer> {
    const leave = await this.#pacer.enter(this.#signal);
    try {
      this.#breaker.check();
      const answer = await this.#attempt(outgoing);
      this.#pacer.noteSuccess();
      return answer;
    } finally {
      leave();
    }
  }

  async #attempt(outgoing: Outgoing): Promise<Answer> {
    const url = this.#urlOf(outgoing);
    const watchdog = new Watchdog(this.#options.clock, this.#signal);
    try {
      return await this.#exchange(url, outgoing, watchdog);
    } catch (error) {
      this.#signal.throwIfAborted();
      if (isFailure(error)) {
        throw error;
      }
      const code = watchdog.isTimedOut ? 'timeout' : networkFailure(error, url);
      throw this.failure(code, { path: outgoing.route.path, cause: error });
    } finally {
      watchdog.dispose();
    }
  }

  async #exchange(first: URL, outgoing: Outgoing, watchdog: Watchdog): Promise<Answer> {
    let url = first;
    for (let redirects = 0; ; redirects += 1) {
      const response = await this.#start(url, outgoing, watchdog);
      const next = redirectOf(response, this.#base, url, redirects);
      if (next === undefined) {
        return this.#receive(response, outgoing.route, watchdog);
      }
      await response.body?.cancel();
      url = next;
    }
  }

  async #start(
    url: URL,
    { method, route, body }: Outgoing,
    watchdog: Watchdog,
  ): Promise<FetchResponse<ReadableStream>> {
    const { credential, policy, clock, log } = this.#options;
    this.#requests += 1;
    const startedAt = clock.now();
    const response = await watchdog.within(
      policy.timeoutMs,
      this.#fetch.raw<ReadableStream, 'stream'>(url.href, {
        method,
        redirect: 'manual',
        retry: false,
        responseType: 'stream',
        ignoreResponseError: true,
        signal: watchdog.signal,
        headers: {
          accept: 'application/json',
          // Some servers refuse a key even where none is needed.
          ...(credential !== undefined &&
            method === 'GET' &&
            route.path !== VERSION_PATH && { authorization: `Bearer ${credential.value}` }),
        },
        ...(body !== undefined && { body }),
      }),
    );
    log.debug(`${method} ${pathForLog(url.pathname)} ${response.status} ${clock.now() - startedAt} ms`);
    this.#noteDate(response.headers.get('date'));
    return response;
  }

  async #receive(response: Response, route: Route, watchdog: Watchdog): Promise<Answer> {
    const { policy, clock } = this.#options;
    const answer = await readBody(response, {
      clock,
      watchdog,
      idleMs: policy.timeoutMs,
      onTooLarge: () => this.failure('tooLarge', { path: route.path }),
      onBytes: (count) => (this.#bytes += count),
    });
    const { status, headers } = response;
    const isJson = /\bjson\b/i.test(headers.get('content-type') ?? '');
    const isHtml = looksLikeHtml(answer, headers.get('content-type'));
    if (status === 200 && isJson && !isHtml) {
      this.#isAdmitted ||= route.path !== VERSION_PATH;
      return { body: answer, serverNow: this.serverNow };
    }
    const retryAfter = retryAfterMs(headers.get('retry-after'), headers.get('date'), clock.now());
    const found = failureOf(response, { isJson, isHtml, body: answer }, route, this.#options.credential);
    // Up to 0.6.36 a path that keys may not use is answered like keys that are switched off.
    const code = found === 'apiKeysOff' && this.#isAdmitted ? 'endpointNotAllowed' : found;
    throw this.failure(code, { path: route.path, title: titleOf(answer), status, retryAfterMs: retryAfter });
  }

  async #parse(body: Uint8Array, route: Route): Promise<unknown> {
    try {
      return await parseJsonBody(body);
    } catch (error) {
      throw this.failure('malformedJson', { path: route.path, cause: error });
    }
  }

  #urlOf({ method, route }: Outgoing): URL {
    const isAllowed = method === 'GET' ? isReadable(route.path) : route.path === SIGN_IN_PATH;
    const url = new URL(this.#base.pathname.replace(/\/$/, '') + route.path, this.#base);
    if (!isAllowed || !url.pathname.endsWith(route.path)) {
      throw new Error(`${method} ${route.path} is not among the allowed requests`);
    }
    for (const [name, value] of Object.entries(route.query ?? {})) {
      url.searchParams.set(name, String(value));
    }
    return url;
  }

  #noteDate(date: string | null): void {
    if (this.#skewMs !== undefined || date === null) {
      return;
    }
    const server = Date.parse(date);
    if (!Number.isNaN(server)) {
      this.#skewMs = server - this.#options.clock.now();
    }
  }
}
