import { CostManagementClient } from '@azure/arm-costmanagement';
import {
  createHttpHeaders,
  createPipelineRequest,
  isRestError,
  type HttpClient,
} from '@azure/core-rest-pipeline';
import * as l10n from '@vscode/l10n';
import { FAILURES } from '../openwebui/failures';
import { networkFailure } from '../openwebui/networkFailures';
import { abortable } from '../abortable';
import type { AzureAnswer } from './answers';
import { AzureError, AzureThrottledError } from './azureErrors';
import type { AzureAccess } from './azureModule';
import { CLOUD_ADDRESSES } from './clouds';
import type { Pace } from './pace';
import { retryAfterMs } from './retryAfter';
import { keepToken } from './tokenKeeper';

/** Fixed and honest: without a name of its own a tool shares one quota with all other tools of the tenant. */
const CLIENT_TYPE = 'OpenWebUISync';
const ANSWER_TIMEOUT_MS = 120_000;
const DEFAULT_WAIT_BUDGET_MS = 300_000;
/** Waits for a throttled request, where no header says how long. */
const THROTTLED_WAITS_MS = [20_000, 45_000, 90_000, 180_000, 300_000] as const;
/** Waits after failures of the network or of Azure itself. */
const FAILED_WAITS_MS = [2_000, 8_000] as const;

export interface AzureRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** JSON */
  readonly body?: string | undefined;
}

/** What requests are counted by: one place waits for its own spacing, all wait for the tenant's throttling. */
export interface SenderPlace {
  readonly pace: Pace;
  readonly name: string;
  /** Least ms between the starts of two requests. */
  readonly spacingMs: number;
}

/** Why there was no answer. */
interface NoAnswer {
  readonly error: AzureError;
  readonly isRetried: boolean;
}

type Outcome = AzureAnswer | NoAnswer;

/**
 * Sends requests to Azure through its SDK, one at a time, and waits where Azure says so. The SDK's own retry is off: it
 * obeys one header of several, knows no clock of ours and cannot say that it waits.
 */
export class AzureSender {
  calls = 0;
  waitedMs = 0;
  readonly #client: CostManagementClient;
  readonly #access: AzureAccess;
  readonly #place: SenderPlace;

  constructor(access: AzureAccess, place: SenderPlace) {
    this.#access = access;
    this.#place = place;
    this.#client = openClient(access);
  }

  /**
   * What Azure answers, whatever the status; throttled requests are sent again.
   * @throws AzureThrottledError when it wants a longer wait than the budget, or throttles still after five waits
   * @throws AzureSignInError, AzureError without an answer, the signal's reason
   */
  async send(request: AzureRequest, signal: AbortSignal): Promise<AzureAnswer> {
    // Others of the tenant may hold the turn for minutes: an abort does not wait for it.
    return abortable(() => this.#place.pace.turns.run(() => this.#sendInTurn(request, signal)), signal);
  }

  async #sendInTurn(request: AzureRequest, signal: AbortSignal): Promise<AzureAnswer> {
    const { clock, waitBudgetMs = DEFAULT_WAIT_BUDGET_MS } = this.#access;
    let failed = 0;
    let throttled = 0;
    for (;;) {
      await this.#waitForPace(signal);
      const outcome = await this.#sendOnce(request, signal);
      const wait = throttledWait(outcome, throttled, clock.now());
      if (wait !== undefined) {
        const until = clock.now() + wait;
        this.#place.pace.throttle(wait, clock.now());
        throttled += 1;
        if (wait > waitBudgetMs || throttled > THROTTLED_WAITS_MS.length) {
          throw new AzureThrottledError(until);
        }
        continue;
      }
      const pause = canRecover(outcome) ? FAILED_WAITS_MS[failed] : undefined;
      if (pause === undefined) {
        return answerOf(outcome);
      }
      failed += 1;
      await this.#wait(clock.now() + pause, signal);
    }
  }

  async #waitForPace(signal: AbortSignal): Promise<void> {
    const { clock, waitBudgetMs = DEFAULT_WAIT_BUDGET_MS } = this.#access;
    const { pace, name, spacingMs } = this.#place;
    signal.throwIfAborted();
    const readyAt = pace.readyAt(name, spacingMs, clock.now());
    if (readyAt - clock.now() > Math.max(waitBudgetMs, spacingMs)) {
      // Another scope of the tenant was told so.
      throw new AzureThrottledError(readyAt);
    }
    await this.#wait(readyAt, signal);
    pace.started(name, clock.now());
  }

  async #wait(until: number, signal: AbortSignal): Promise<void> {
    const { clock, onWait } = this.#access;
    const ms = until - clock.now();
    if (ms <= 0) {
      return;
    }
    onWait?.(until);
    await clock.wait(ms, signal);
    this.waitedMs += ms;
  }

  async #sendOnce(request: AzureRequest, signal: AbortSignal): Promise<Outcome> {
    const headers = createHttpHeaders({ Accept: 'application/json', ClientType: CLIENT_TYPE });
    if (request.body !== undefined) {
      headers.set('Content-Type', 'application/json; charset=utf-8');
    }
    this.calls += 1;
    try {
      const {
        status,
        headers: answered,
        bodyAsText,
      } = await this.#client.sendRequest(
        createPipelineRequest({
          url: request.url,
          method: request.method,
          headers,
          ...(request.body === undefined ? {} : { body: request.body }),
          abortSignal: signal,
          timeout: ANSWER_TIMEOUT_MS,
        }),
      );
      return { status, headers: answered, text: bodyAsText ?? '' };
    } catch (error) {
      signal.throwIfAborted();
      return unanswered(error, request.url);
    }
  }
}

function openClient(access: AzureAccess): CostManagementClient {
  const { endpoint, audience } = CLOUD_ADDRESSES[access.cloud];
  const client = new CostManagementClient(keepToken(access.credential, access.clock), {
    endpoint,
    credentialScopes: audience,
    userAgentOptions: { userAgentPrefix: `openwebui-sync/${access.clientVersion}` },
    retryOptions: { maxRetries: 0 },
    // Resource Manager redirects nobody: a redirect is a proxy's or a sign-in page.
    redirectOptions: { maxRetries: 0 },
    ...(access.httpClient === undefined ? {} : { httpClient: access.httpClient as HttpClient }),
  });
  // Texts are parsed where they are checked: the SDK takes a web page for an empty object.
  client.pipeline.removePolicy({ name: 'deserializationPolicy' });
  return client;
}

/** ms to wait before sending again; undefined: not throttled. @param before how often it was throttled before */
function throttledWait(outcome: Outcome, before: number, now: number): number | undefined {
  if ('error' in outcome) {
    return undefined;
  }
  const told = retryAfterMs(outcome.headers, now);
  if (outcome.status === 429) {
    return told ?? THROTTLED_WAITS_MS[before] ?? THROTTLED_WAITS_MS[THROTTLED_WAITS_MS.length - 1];
  }
  return outcome.status === 503 ? told : undefined;
}

/** Whether the same request may succeed in a moment. */
function canRecover(outcome: Outcome): boolean {
  return 'error' in outcome ? outcome.isRetried : outcome.status >= 500;
}

/** @throws AzureError */
function answerOf(outcome: Outcome): AzureAnswer {
  if ('error' in outcome) {
    throw outcome.error;
  }
  return outcome;
}

/** @throws what is no failure of the network: a failed sign-in, a bug */
function unanswered(error: unknown, url: string): NoAnswer {
  const { host } = new URL(url);
  if (error instanceof Error && error.name === 'AbortError') {
    return {
      isRetried: true,
      error: networkError(l10n.t('{0} did not answer in time. Try again.', host), error),
    };
  }
  if (!isRestError(error)) {
    throw error;
  }
  const { isRetried, message } = FAILURES[networkFailure(error, new URL(url))];
  return { isRetried, error: networkError(message({ host, path: '', title: '', wait: '' }), error) };
}

function networkError(message: string, cause: unknown): AzureError {
  return new AzureError('network', message, { cause });
}
