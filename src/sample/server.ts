import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { dialectOf } from './dialects';
import { FaultPlan, type Fault, type FaultMatcher, type LoggedRequest } from './faults';
import { Growth } from './growth';
import { admit, credentialOf } from './http/access';
import { DETAIL, failure, webApp, type Reply } from './http/replies';
import { close, listen, parseBody } from './http/listening';
import { Router, type Gates } from './http/routing';
import { send, sendFaulty } from './http/sending';
import { SessionBook } from './http/sessions';
import { ALL_ROUTES } from './routes/allRoutes';
import type { SampleVersion } from './versions';
import type { SampleWorld } from './world';

export interface SampleServerOptions {
  readonly world: SampleWorld;
  /** Default: the version of the world. */
  readonly version?: SampleVersion;
  /** Default: a free one. */
  readonly port?: number;
  /** The first administrator's key; default: the key he has, else a random one. */
  readonly apiKey?: string;
  /** What the operator switched off; default: nothing. */
  readonly gates?: Partial<Gates>;
  /** Grows the world a little on each visit. */
  readonly growth?: boolean | Growth;
  /** Added to each answer. */
  readonly latencyMs?: number;
}

/** A running sample server; it listens on 127.0.0.1 only. */
export interface SampleServer {
  readonly url: string;
  /** The first administrator's. */
  readonly apiKey: string;
  readonly world: SampleWorld;
  /** Every request so far, oldest first. */
  readonly requests: readonly LoggedRequest[];
  /** May be changed while the server runs. */
  readonly gates: Gates;
  readonly sessions: SessionBook;
  setGates(changes: Partial<Gates>): void;
  /** Lets the next matching requests go wrong. @returns takes the fault back */
  fail(matcher: FaultMatcher, fault: Fault, times?: number): () => void;
  /** Forgets the requests so far. */
  clearRequests(): void;
  close(): Promise<void>;
}

const ALL_OPEN: Gates = {
  adminChatAccess: true,
  adminExport: true,
  adminAnalytics: true,
  apiKeys: true,
  keyPaths: null,
};

/** Starts a server that answers like Open WebUI. The world needs an administrator. */
export async function startSampleServer(options: SampleServerOptions): Promise<SampleServer> {
  const site = new Site(options);
  const server = createServer((request, response) => {
    site.serve(request, response).catch((error: unknown) => {
      failLoudly(response, error);
    });
  });
  await listen(server, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    apiKey: site.apiKey,
    world: options.world,
    sessions: site.sessions,
    requests: site.requests,
    get gates(): Gates {
      return site.gates;
    },
    setGates: (changes) => {
      site.gates = { ...site.gates, ...changes };
    },
    fail: (matcher, fault, times = 1) => site.faults.add(matcher, fault, times),
    clearRequests: () => {
      site.requests.length = 0;
    },
    close: () => close(server),
  };
}

class Site {
  readonly apiKey: string;
  readonly requests: LoggedRequest[] = [];
  readonly faults = new FaultPlan();
  readonly sessions: SessionBook;
  gates: Gates;
  readonly #world: SampleWorld;
  readonly #router = new Router(ALL_ROUTES);
  readonly #growth: Growth | null;
  readonly #latencyMs: number;

  constructor(options: SampleServerOptions) {
    this.#world = options.world;
    this.#world.version = options.version ?? this.#world.version;
    const admin = this.#world.users.admin();
    this.apiKey = options.apiKey ?? admin.apiKey ?? `sk-${randomBytes(16).toString('hex')}`;
    admin.apiKey = this.apiKey;
    this.sessions = new SessionBook(this.#world);
    this.gates = { ...ALL_OPEN, ...options.gates };
    this.#growth = growthOf(options);
    this.#latencyMs = options.latencyMs ?? 0;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://sample');
    const logged: LoggedRequest = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.search,
      status: 0,
    };
    this.requests.push(logged);
    const gone = new AbortController();
    response.on('close', () => {
      gone.abort();
    });
    const body = await text(request);
    if (this.#latencyMs > 0) {
      await sleep(this.#latencyMs);
    }
    response.setHeader('date', new Date(this.#world.now() * 1000).toUTCString());
    const fault = this.faults.take(logged);
    if (fault?.kind === 'meanwhile') {
      await fault.act(logged);
    } else if (fault !== undefined) {
      const answer = (changes: Readonly<Record<string, string>> = {}): Reply =>
        this.#answer(request, withQuery(url, changes), body);
      logged.status = await sendFaulty(response, fault, answer, gone.signal);
      return;
    }
    const reply = this.#answer(request, url, body);
    logged.status = reply.status;
    this.#growth?.note(logged);
    const wantsGzip = /\bgzip\b/.test(request.headers['accept-encoding']?.toString() ?? '');
    await send(response, reply, wantsGzip && dialectOf(this.#world.version).gzip);
  }

  #answer(request: IncomingMessage, url: URL, body: string): Reply {
    const method = request.method ?? 'GET';
    if (method === 'GET' && url.pathname === '/api/version') {
      this.#growth?.visit();
    }
    const dialect = dialectOf(this.#world.version);
    const match = this.#router.match(method, url.pathname, dialect, this.gates);
    if (match === undefined) {
      return unmatched(method, url.pathname);
    }
    const base = {
      world: this.#world,
      dialect,
      gates: this.gates,
      sessions: this.sessions,
      params: match.params,
      query: url.searchParams,
      body: parseBody(body),
    };
    const { route } = match;
    const verdict = admit(base, route, url.pathname, credentialOf(request, dialect));
    if ('refused' in verdict) {
      return verdict.refused;
    }
    if (route.access === 'open') {
      return route.answer(base);
    }
    if (route.access === 'optional') {
      return route.answer({ ...base, caller: verdict.granted });
    }
    return verdict.granted === null
      ? failure(dialect.noCredentialStatus, DETAIL.notAuthenticated)
      : route.answer({ ...base, caller: verdict.granted });
  }
}

/** A client that went away is no fault of ours; anything else is a mistake in the sample and must be seen. */
function failLoudly(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(
    `The sample server failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
}

function withQuery(url: URL, changes: Readonly<Record<string, string>>): URL {
  const changed = new URL(url);
  for (const [name, value] of Object.entries(changes)) {
    changed.searchParams.set(name, value);
  }
  return changed;
}

function growthOf({ world, growth = false }: SampleServerOptions): Growth | null {
  if (growth instanceof Growth) {
    return growth;
  }
  return growth ? new Growth(world) : null;
}

/** No route: the web app for GET and HEAD, but not for a script; nothing else is allowed. */
function unmatched(method: string, path: string): Reply {
  if (method !== 'GET' && method !== 'HEAD') {
    return failure(405, DETAIL.noMethod);
  }
  return path.endsWith('.js') ? failure(404, 'Not Found') : webApp();
}
