import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { listen } from '../../../src/serve/listening/listen';

describe('A server that listens', () => {
  it('answers what is no request with a problem, as everything else', async () => {
    const wish = { host: '127.0.0.1', port: 0, allowsRemote: false };
    const listener = await listen(wish, () => new Response('asked'));
    try {
      const { hostname, port } = new URL(listener.url);
      const answerTo = async (target: string, host: string): Promise<string> => {
        const socket = connect(Number(port), hostname);
        socket.write(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
        return text(socket);
      };
      assert.match(await answerTo('/', hostname), /^HTTP\/1\.1 200 [\s\S]*asked/u);
      for (const [target, host] of [
        ['/', '127.0.0.1/elsewhere'],
        ['/', 'somebody@127.0.0.1'],
        ['*', '127.0.0.1'],
      ] as const) {
        assert.match(
          await answerTo(target, host),
          /^HTTP\/1\.1 400 [\s\S]*application\/problem\+json[\s\S]*"code":"bad_request"/u,
          `${target} ${host}`,
        );
      }
    } finally {
      await listener.close();
    }
  });
});
