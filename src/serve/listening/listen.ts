import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { ProblemError, problemResponse } from '../http/problem';
import { isLoopback, refusalOf, withoutBrackets, type ListenWish } from './listenRules';

/** Largest head of a request, in bytes. */
const MAX_HEAD = 16 * 1024;
/** Beyond it connections are cut without a word: so many that whoever asks too much is told so before. */
const MAX_CONNECTIONS = 1_000;
/** Until the head, and the whole of a request is there, in ms. */
const HEAD_MS = 10_000;
const REQUEST_MS = 30_000;
/** How often that is looked at, in ms. */
const CHECK_MS = 5_000;
/** What is answered when the server ends gets so long, in ms. */
const GRACE_MS = 2_000;

/** A server that listens. */
export interface Listener {
  /** Such as `http://127.0.0.1:8787`. */
  readonly url: string;
  /** Takes no more requests, lets answers end for a moment, then closes every connection. */
  close(): Promise<void>;
}

/**
 * Serves HTTP as a person allowed it. @param fetch answers one request
 * @throws Error with the next step where that is not allowed, or the port is taken
 */
export async function listen(
  wish: ListenWish,
  fetch: (request: Request) => Response | Promise<Response>,
): Promise<Listener> {
  const refusal = refusalOf(wish);
  if (refusal !== undefined) {
    throw new Error(refusal);
  }
  const server = createServer(
    {
      maxHeaderSize: MAX_HEAD,
      headersTimeout: HEAD_MS,
      requestTimeout: REQUEST_MS,
      connectionsCheckingInterval: CHECK_MS,
    },
    getListener(fetch, wish.host),
  );
  server.maxConnections = MAX_CONNECTIONS;
  const { address, port } = await started(server, wish);
  if (!wish.allowsRemote && !isLoopback(address)) {
    await closed(server);
    throw new Error(`${wish.host} is not an address of this machine alone: it is ${address}.`);
  }
  return {
    url: `http://${address.includes(':') ? `[${address}]` : address}:${port}`,
    close: () => closed(server),
  };
}

function getListener(fetch: (request: Request) => Response | Promise<Response>, hostname: string) {
  const answer = getRequestListener(fetch, {
    hostname,
    overrideGlobalObjects: false,
    // What is no request at all: an address or a name of a host that cannot be.
    errorHandler: () => problemResponse(new ProblemError('bad_request')),
  });
  return (...[incoming, outgoing]: Parameters<typeof answer>): void => {
    void answer(incoming, outgoing);
  };
}

function started(server: Server, { host, port }: ListenWish): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${port} is taken. Choose another one with --port.`, { cause: error })
          : new Error(`Cannot listen on ${host}, port ${port}: ${error.code ?? error.message}.`, {
              cause: error,
            }),
      ),
    );
    server.listen(port, withoutBrackets(host), () => {
      resolve(server.address() as AddressInfo);
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearTimeout(late);
      resolve();
    });
    server.closeIdleConnections();
  });
}
