/** Lets the contract suite, a process of its own, restart the server that it tests. */
import { createServer } from 'node:http';

/**
 * Listens on loopback: a POST with a JSON object restarts the server with that environment, and is answered when it runs.
 * @param {(environment: Record<string, string>) => Promise<void>} restart
 * @returns {Promise<{ url: string, close: () => void }>}
 */
export async function startServerControl(restart) {
  const control = createServer((request, response) => {
    readBody(request)
      .then((body) => restart(JSON.parse(body)))
      .then(
        () => response.writeHead(204).end(),
        (error) => response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error)),
      );
  });
  await new Promise((resolve, reject) => {
    control.once('error', reject);
    control.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${control.address().port}/`,
    close: () => {
      control.close();
      control.closeAllConnections();
    },
  };
}

async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
