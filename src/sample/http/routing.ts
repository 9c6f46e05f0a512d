import type { Dialect } from '../dialects';
import type { SampleUser } from '../model';
import type { SampleWorld } from '../world';
import type { Reply } from './replies';
import type { Session, SessionBook } from './sessions';

/** What the operator of the server switched; all on by default, as upstream. */
export interface Gates {
  readonly adminChatAccess: boolean;
  readonly adminExport: boolean;
  readonly adminAnalytics: boolean;
  readonly apiKeys: boolean;
  /** Paths that an API key may use; null = no restriction. */
  readonly keyPaths: readonly string[] | null;
}

/** Who asks. `session` is null for an API key. */
export interface Caller {
  readonly user: SampleUser;
  readonly session: Session | null;
}

/** One request as a route sees it. */
export interface RouteRequest {
  readonly world: SampleWorld;
  readonly dialect: Dialect;
  readonly gates: Gates;
  readonly sessions: SessionBook;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The parsed JSON body, undefined when there was none. */
  readonly body: unknown;
}

export interface SignedInRequest extends RouteRequest {
  readonly caller: Caller;
}

interface RouteShape {
  readonly method: 'GET' | 'POST';
  /** `:name` takes one segment, `*name` any number. */
  readonly path: string;
  /** Whether this server has the route; else the next matching one answers, at last the web app. */
  readonly existsIf?: (dialect: Dialect, gates: Gates) => boolean;
}

/** A route and who may use it: `open` needs no credential, `person` none of a pending account, `admin` an administrator's. */
export type Route =
  | (RouteShape & { readonly access: 'open'; readonly answer: (request: RouteRequest) => Reply })
  | (RouteShape & {
      readonly access: 'optional';
      readonly answer: (request: RouteRequest & { caller: Caller | null }) => Reply;
    })
  | (RouteShape & {
      readonly access: 'session' | 'person' | 'admin';
      readonly answer: (request: SignedInRequest) => Reply;
    });

export interface RouteMatch {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the route of a request among compiled ones. */
export class Router {
  readonly #routes: readonly { readonly route: Route; readonly pattern: RegExp }[];

  constructor(routes: readonly Route[]) {
    this.#routes = routes.map((route) => ({ route, pattern: compile(route.path) }));
  }

  /** The first route that matches and exists on this server. */
  match(method: string, path: string, dialect: Dialect, gates: Gates): RouteMatch | undefined {
    for (const { route, pattern } of this.#routes) {
      const found = route.method === method ? pattern.exec(path) : null;
      if (found !== null && (route.existsIf?.(dialect, gates) ?? true)) {
        return { route, params: decodeAll(found.groups ?? {}) };
      }
    }
    return undefined;
  }
}

function compile(path: string): RegExp {
  const source = path
    .replaceAll(/[.+]/g, '\\$&')
    .replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')
    .replaceAll(/\*(\w+)/g, '(?<$1>.+)');
  return new RegExp(`^${source}$`);
}

function decodeAll(groups: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));
}
