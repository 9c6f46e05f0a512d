import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below what systems give to outgoing connections, so that nothing takes a port before a slow server listens on it. */
const ports = { first: 20_000, last: 29_999 };
const tries = 20;

/**
 * A free TCP port of this machine.
 * @param {number} [preferred] taken when it is free, so that a browser finds what it stored for that origin
 * @returns {Promise<number>}
 */
export async function findPort(preferred) {
  for (let count = 0; count < tries; count += 1) {
    const port = count === 0 && preferred !== undefined ? preferred : randomInt(ports.first, ports.last + 1);
    if (await isPortFree(port)) {
      return port;
    }
  }
  return listenOnce(0);
}

/**
 * Whether nobody listens on a port of this machine.
 * @param {number} port
 */
export async function isPortFree(port) {
  return listenOnce(port).then(
    () => true,
    () => false,
  );
}

function listenOnce(port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const { port: found } = server.address();
      server.close(() => resolve(found));
    });
  });
}

/**
 * Waits until an address answers with a success.
 * @param {string} url
 * @param {{ timeoutMs: number, isAlive: () => boolean }} options
 * @returns {Promise<boolean>} false when the time is over or the server has ended
 */
export async function waitForUrl(url, { timeoutMs, isAlive }) {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline && isAlive()) {
    const answered = await fetch(url, { signal: AbortSignal.timeout(2000) }).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}
