import type { ListenWish } from './listening/listenRules';

/** What a server reads, and how it tells of itself. */
export interface ServerOptions {
  /** The data folder. It is only read. */
  readonly folder: string;
  /** The workers' bundles. */
  readonly workers: { readonly reader: string; readonly query: string };
  /** Version of the product. */
  readonly version: string;
  /** Gets sentences for the person who started it: no secrets of servers, no data. */
  readonly tell: (sentence: string) => void;
}

export interface ServeOptions extends ServerOptions {
  readonly listen: ListenWish;
  /** Longest that a statement or a report may take, in ms. Default 30,000. */
  readonly timeLimitMs?: number;
}

export interface McpOptions extends ServerOptions {
  /** Over HTTP; absent: over standard input and output. */
  readonly listen?: ListenWish;
}

/** A server at work. */
export interface RunningServer {
  /** Where it listens; absent over standard input and output. */
  readonly url?: string;
  /** Settles when the other side has gone; never while it listens. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

/** What `dist/servers.js` exports: the only bundle with servers in it, loaded by the command line when one is asked for. */
export interface ServersModule {
  /** @throws Error with the next step where it must not or cannot listen */
  readonly startServe: (options: ServeOptions) => Promise<RunningServer>;
  /** @throws as `startServe` does */
  readonly startMcp: (options: McpOptions) => Promise<RunningServer>;
}
