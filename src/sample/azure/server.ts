import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { FaultPlan, type Fault, type FaultMatcher } from '../faults';
import { close, listen, parseBody } from '../http/listening';
import type { Reply } from '../http/replies';
import { send, sendFaulty } from '../http/sending';
import { answerArm } from './armRoutes';
import { AZURE_FAULTS, type AzureFault, type AzureFaultName } from './azureFaults';
import type { AzureRequest } from './azureRequest';
import type { AzureWorld } from './azureWorld';
import { answerCost, type CostHabits } from './costRoute';
import { SampleAzureClient } from './httpClient';
import { QuotaBook, REAL_QUOTAS, type Quotas } from './quotas';
import { refusal, type AzureReply } from './replies';
import { admitToken, SampleCredential } from './tokens';

export interface SampleAzureOptions extends Partial<CostHabits> {
  readonly world: AzureWorld;
  /** Default: a free one. */
  readonly port?: number;
  /** Default: the real ones, by the clock of the world. */
  readonly quotas?: Quotas;
  /** Most items of a list of Azure Resource Manager. */
  readonly pageItems?: number;
  /** Added to each answer. */
  readonly latencyMs?: number;
}

/** The running service; it listens on 127.0.0.1 only. */
export interface SampleAzure {
  readonly url: string;
  readonly world: AzureWorld;
  /** Every request so far, oldest first. */
  readonly requests: readonly AzureRequest[];
  /** May be changed while it runs. */
  readonly habits: CostHabits;
  /** Reaches the service by Azure's own addresses: the SDK takes it as `httpClient`. */
  readonly httpClient: SampleAzureClient;
  /** Somebody signed in; default: to the first tenant. */
  credential(tenantId?: string): SampleCredential;
  setQuotas(quotas: Quotas): void;
  /** Lets the next matching requests go wrong. @returns takes the fault back */
  fail(matcher: FaultMatcher<AzureRequest>, fault: Fault, times?: number): () => void;
  /** The same by name, at the requests that it is known of or at others. */
  turn(
    name: AzureFaultName,
    aim?: { readonly times?: number; readonly at?: FaultMatcher<AzureRequest> },
  ): () => void;
  /** Forgets the requests so far. */
  clearRequests(): void;
  close(): Promise<void>;
}

const COST_PATH = /^\/(?<scope>.*)\/providers\/microsoft\.costmanagement\/query$/iu;
const DEFAULT_HABITS: CostHabits = { pageRows: Infinity, maxGroupings: 15, emptyAnswer: 'noRows' };
/** The address that the client asked; without one it is a client that came here directly. */
const CLIENTS_ORIGIN = 'x-sample-origin';

/** Starts a service that answers like Azure Resource Manager and Cost Management. */
export async function startSampleAzure(options: SampleAzureOptions): Promise<SampleAzure> {
  const site = new Site(options);
  const server = createServer((request, response) => {
    site.serve(request, response).catch((error: unknown) => {
      failLoudly(response, error);
    });
  });
  await listen(server, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const { world } = options;
  return {
    url,
    world,
    requests: site.requests,
    habits: site.habits,
    httpClient: new SampleAzureClient(url, CLIENTS_ORIGIN),
    credential: (tenantId = world.tenants[0]?.id ?? '') => new SampleCredential(tenantId, world.now),
    setQuotas: (quotas) => {
      site.quotas.quotas = quotas;
    },
    fail: (matcher, fault, times = 1) => site.faults.add(matcher, fault, times),
    turn: (name, { times = 1, at } = {}) => {
      const known: AzureFault = AZURE_FAULTS[name];
      return site.faults.add(at ?? known.at, known.fault(), times);
    },
    clearRequests: () => {
      site.requests.length = 0;
    },
    close: () => close(server),
  };
}

class Site {
  readonly requests: AzureRequest[] = [];
  readonly faults = new FaultPlan<AzureRequest>();
  readonly habits: CostHabits;
  readonly quotas: QuotaBook;
  readonly #world: AzureWorld;
  readonly #pageItems: number;
  readonly #latencyMs: number;

  constructor({
    world,
    quotas = REAL_QUOTAS,
    pageItems = 1_000,
    latencyMs = 0,
    ...options
  }: SampleAzureOptions) {
    this.#world = world;
    this.#pageItems = pageItems;
    this.#latencyMs = latencyMs;
    this.quotas = new QuotaBook(quotas, world.now);
    const { pageRows, maxGroupings, emptyAnswer } = options;
    this.habits = {
      pageRows: pageRows ?? DEFAULT_HABITS.pageRows,
      maxGroupings: maxGroupings ?? DEFAULT_HABITS.maxGroupings,
      emptyAnswer: emptyAnswer ?? DEFAULT_HABITS.emptyAnswer,
    };
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const headers = headersOf(request);
    // Joined as text: a path that begins with two slashes must not become a host.
    const url = new URL((headers[CLIENTS_ORIGIN] ?? 'https://management.azure.com') + (request.url ?? '/'));
    const gone = new AbortController();
    response.on('close', () => {
      gone.abort();
    });
    const body = parseBody(await text(request));
    const logged: AzureRequest = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.search,
      status: 0,
      body,
      headers,
    };
    this.requests.push(logged);
    if (this.#latencyMs > 0) {
      await sleep(this.#latencyMs);
    }
    response.setHeader('date', new Date(this.#world.now()).toUTCString());
    const fault = this.faults.take(logged);
    if (fault !== undefined && fault.kind !== 'meanwhile') {
      const answer = (): Reply => replyOf(this.#answer(logged, url));
      logged.status = await sendFaulty(response, fault, answer, gone.signal);
      return;
    }
    await fault?.act(logged);
    const reply = this.#answer(logged, url);
    logged.status = reply.status;
    response.setHeaders(new Map(Object.entries(reply.headers ?? {})));
    await send(response, replyOf(reply), false);
  }

  #answer({ method, path, body, headers }: AzureRequest, url: URL): AzureReply {
    const verdict = admitToken(headers['authorization'], this.#world.now());
    if ('refused' in verdict) {
      return verdict.refused;
    }
    if (!url.searchParams.has('api-version')) {
      return refusal(
        400,
        'MissingApiVersionParameter',
        'The api-version query parameter (?api-version=) is required for all requests.',
      );
    }
    const tenant = verdict.granted.tid;
    const scope = COST_PATH.exec(path)?.groups?.['scope'];
    if (scope === undefined) {
      const arm = method === 'GET' ? { path, url, tenant, pageItems: this.#pageItems } : undefined;
      const list = arm && answerArm(this.#world, arm);
      return list ?? refusal(404, 'NotFound', `There is nothing at '${path}'.`);
    }
    if (method !== 'POST') {
      return refusal(405, 'MethodNotAllowed', `The resource does not support http method '${method}'.`);
    }
    const parts = { world: this.#world, quotas: this.quotas, habits: this.habits };
    return answerCost(parts, { scope, url, body, tenant, clientType: headers['clienttype'] });
  }
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]),
  );
}

function replyOf({ status, body }: AzureReply): Reply {
  return body === undefined
    ? { kind: 'text', status, contentType: 'application/json', body: '' }
    : { kind: 'json', status, body };
}

/** A client that went away is no fault of ours; anything else is a mistake in the sample and must be seen. */
function failLoudly(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(
    `The sample service failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
}
