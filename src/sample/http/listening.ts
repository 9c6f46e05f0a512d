import type { Server } from 'node:http';

/** What a body says; undefined without one, and for one that is no JSON. */
export function parseBody(body: string): unknown {
  try {
    return body === '' ? undefined : (JSON.parse(body) as unknown);
  } catch {
    // A body that is no JSON is answered like a missing one.
    return undefined;
  }
}

/** Connections stay for so long, in ms: whoever pauses for some seconds, as a busy machine does, must not find his closed. */
const KEPT_MS = 120_000;

/** @param port 0: any that is free */
export async function listen(server: Server, port: number): Promise<void> {
  server.keepAliveTimeout = KEPT_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Ends connections that are open, too. */
export async function close(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
