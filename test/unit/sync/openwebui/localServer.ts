import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../../../../src/sync/engine/systemClock';
import type { Clock, RequestPolicy } from '../../../../src/sync/engine/syncTypes';

export const POLICY: RequestPolicy = { timeoutMs: 300_000, delayMs: 0, retries: 3, concurrency: 4 };

/** Waits of retries pass at once and are noted; time-outs are longer than any test. */
export class RetryClock implements Clock {
  readonly waits: number[] = [];
  now = (): number => systemClock.now();
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (ms === POLICY.timeoutMs) {
      return systemClock.sleep(ms, signal);
    }
    this.waits.push(ms);
    signal?.throwIfAborted();
    return Promise.resolve();
  }
}

/** Starts servers of one test, which end after it. Call inside `describe`. @returns gives the server's address */
export function useLocalServers(): (listener: RequestListener) => Promise<string> {
  const servers: Server[] = [];
  afterEach(() => {
    servers.splice(0).forEach((server) => {
      server.close();
      server.closeAllConnections();
    });
  });
  return async (listener) => {
    // A slow machine must not find a connection closed that was quiet for some seconds.
    const server = createServer({ keepAliveTimeout: 120_000 }, listener);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
}

/** Text is sent as `text/plain`, anything else as JSON. */
export interface CannedAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers each request with the next of `answers`, the last one for ever. */
export function inTurn(...answers: readonly CannedAnswer[]): RequestListener & { seen: string[] } {
  const seen: string[] = [];
  const listener: RequestListener = (request, response) => {
    seen.push(`${request.method} ${request.url}`);
    const { status, body, headers } = answers[Math.min(seen.length, answers.length) - 1] ?? { status: 500 };
    const isText = typeof body === 'string';
    response.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json', ...headers });
    response.end(isText ? body : JSON.stringify(body ?? {}));
  };
  return Object.assign(listener, { seen });
}
